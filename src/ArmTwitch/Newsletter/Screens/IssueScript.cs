using System.Text.Json.Serialization;
using ArmTwitch.Articles;
using ArmTwitch.Moderators.Layout;
using ArmTwitch.Newsletter.Drafting;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ArmTwitch.Newsletter.Screens;

/// <summary>The script of the screen of an issue. Without it everything works but what the browser alone can do.</summary>
public sealed class IssueScript(IJSRuntime browser)
{
    private IJSObjectReference? module;

    /// <summary>Loads the script.</summary>
    public async Task LoadAsync() =>
        module ??= await TryAsync(() => browser.InvokeAsync<IJSObjectReference>("import", ModerationAssets.Address("issues.js")));

    /// <returns>The time zone of the browser; null when it is not known.</returns>
    public async Task<TimeZoneInfo?> ZoneAsync() =>
        await AskAsync<string>("zone") is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : null;

    /// <summary>Keeps the fields below an element from now on.</summary>
    /// <param name="editor">Its method <see cref="IssueEditor.RestoreAsync"/> gets what was kept after the connection was lost.</param>
    /// <returns>What was typed in this tab and not saved; null when nothing was.</returns>
    public Task<KeptIssueFields?> KeepAsync(
        ElementReference root, string key, Guid moderator, DotNetObjectReference<IssueEditor> editor) =>
        AskAsync<KeptIssueFields>("keep", root, key, PrefixOf(moderator), editor);

    /// <summary>Says what is saved and need not be kept.</summary>
    public Task SaveAsync(string key, IReadOnlyDictionary<string, string> words, int version) => AskAsync<object>("saved", key, words, version);

    public Task ForgetAsync(string key) => AskAsync<object>("forget", key);

    /// <summary>Shows a page in a frame inside a box.</summary>
    /// <returns>False when the script is missing.</returns>
    public async Task<bool> ShowAsync(ElementReference box, string address, string title)
    {
        await AskAsync<object>("show", box, address, title);
        return module is not null;
    }

    public Task FocusAsync(string id) => AskAsync<object>("focus", id);

    /// <summary>The prefix of the keys of one editor. drafts.js deletes them when the editor signs out.</summary>
    public static string PrefixOf(Guid editor) => $"issue-draft/{editor}/";

    private async Task<T?> AskAsync<T>(string name, params object?[] arguments) where T : class =>
        module is null ? null : await TryAsync(() => module.InvokeAsync<T?>(name, arguments));

    private static async Task<T?> TryAsync<T>(Func<ValueTask<T>> ask) where T : class?
    {
        try
        {
            return await ask();
        }
        catch (Exception failed) when (failed is JSException or JSDisconnectedException or OperationCanceledException)
        {
            return null;
        }
    }
}

/// <summary>What the browser kept of an issue that was being written.</summary>
/// <param name="Version">The version on which it was typed.</param>
/// <param name="Words">The fields by their names.</param>
public sealed record KeptIssueFields(
    [property: JsonPropertyName("version")] int Version, [property: JsonPropertyName("words")] Dictionary<string, string> Words)
{
    private const string Note = "note/";

    /// <summary>The name of the field of an article's note.</summary>
    public static string NoteOf(Slug article) => Note + article;

    /// <summary>The fields of a draft.</summary>
    public static IReadOnlyDictionary<string, string> Of(IssueDraft draft)
    {
        var words = new Dictionary<string, string>
        {
            ["subject"] = draft.Subject,
            ["preheader"] = draft.Preheader,
            ["introduction"] = draft.Introduction,
        };
        foreach (var entry in draft.Entries)
            words[NoteOf(entry.Slug)] = entry.Note;
        return words;
    }

    /// <summary>Puts the fields into a draft. A note of an article that is not in its list any more is dropped.</summary>
    public IssueDraft ReadInto(IssueDraft draft) =>
        new IssueDraft(
            Words.GetValueOrDefault("subject", draft.Subject), Words.GetValueOrDefault("preheader", draft.Preheader),
            Words.GetValueOrDefault("introduction", draft.Introduction), draft.Articles)
        .With(draft.Entries.Select(one => one with { Note = Words.GetValueOrDefault(NoteOf(one.Slug), one.Note) })).Fit();
}
