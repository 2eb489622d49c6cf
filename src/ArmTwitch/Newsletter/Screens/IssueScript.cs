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

    /// <summary>Keeps what is typed in the fields below an element from now on.</summary>
    /// <param name="editor">
    /// Its method <see cref="IssueEditor.RestoreAsync"/> gets what was kept when it may not have heard it: after the connection was lost,
    /// when other words have replaced it on the screen, and when it is not saved some seconds later.
    /// </param>
    /// <returns>What was typed in this tab and not saved; null when nothing was.</returns>
    public Task<KeptIssueFields?> KeepAsync(
        ElementReference root, string key, Guid moderator, IssueEditingSession session, DotNetObjectReference<IssueEditor> editor) =>
        AskAsync<KeptIssueFields>("keep", root, key, PrefixOf(moderator), KeptIssueFields.Of(session.Basis.Draft), editor);

    /// <summary>Says what the database has. What is typed from the screen of that version on is a change of it.</summary>
    public Task SaveAsync(string key, IssueEditingSession session) =>
        AskAsync<object>("saved", key, KeptIssueFields.Of(session.Basis.Draft), session.Version, session.FieldsSavedHere);

    public Task ForgetAsync(string key) => AskAsync<object>("forget", key);

    /// <summary>Shows a page in a frame inside a box.</summary>
    /// <returns>False when the script is missing.</returns>
    public async Task<bool> ShowAsync(ElementReference box, string address, string title)
    {
        await AskAsync<object>("show", box, address, title);
        return module is not null;
    }

    /// <summary>Marks the part that is looked at in the bar that leads to the parts of the page.</summary>
    public Task FollowPartsAsync() => AskAsync<object>("followParts");

    /// <summary>Shows a part of the page from its heading on, which gets the focus.</summary>
    public Task GoAsync(string id) => AskAsync<object>("go", id);

    public Task FocusAsync(string id) => AskAsync<object>("focus", id);

    /// <summary>Moves the focus to the field that a page opens at, unless somebody is in another one already.</summary>
    public Task BeginAsync(string id) => AskAsync<object>("begin", id);

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
/// <param name="Words">The fields that were typed in, by their names.</param>
/// <param name="Basis">What was saved of each of them when the typing began; of one that it lacks, nothing is known.</param>
public sealed record KeptIssueFields(
    [property: JsonPropertyName("words")] Dictionary<string, string> Words,
    [property: JsonPropertyName("basis")] Dictionary<string, string>? Basis = null)
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

    /// <summary>The fields that were typed in between two drafts.</summary>
    /// <param name="basis">What was saved of them when the typing began.</param>
    public static KeptIssueFields Changed(IssueDraft before, IssueDraft after, IssueDraft basis)
    {
        var had = Of(before);
        return new(
            Of(after).Where(field => had.TryGetValue(field.Key, out var words) && words != field.Value).ToDictionary(), Of(basis).ToDictionary());
    }

    /// <summary>Puts the fields into a draft. A note of an article that is not in its list any more is dropped.</summary>
    public IssueDraft ReadInto(IssueDraft draft) => ReadInto(draft, Words);

    /// <summary>Puts what the fields are a change of into a draft.</summary>
    /// <param name="followed">Fields that are a change of what the draft has.</param>
    public IssueDraft ReadBasisInto(IssueDraft draft, IEnumerable<string> followed) =>
        ReadInto(draft, Words.Keys.Except(followed).ToDictionary(name => name, name => Basis?.GetValueOrDefault(name) ?? ""));

    private static IssueDraft ReadInto(IssueDraft draft, Dictionary<string, string> words) =>
        new IssueDraft(
            words.GetValueOrDefault("subject", draft.Subject), words.GetValueOrDefault("preheader", draft.Preheader),
            words.GetValueOrDefault("introduction", draft.Introduction), draft.Articles)
        .With(draft.Entries.Select(one => one with { Note = words.GetValueOrDefault(NoteOf(one.Slug), one.Note) })).Fit();
}
