using Microsoft.JSInterop;

namespace ArmTwitch.Moderation;

/// <summary>
/// Words that a moderator typed and did not send. The browser keeps them in the session storage of the tab, so that they outlive a lost
/// connection, the end of a session and a restart of the program, and reach nobody else (drafts.js).
/// </summary>
/// <param name="Panel">The form that they were typed in.</param>
/// <param name="Id">The id that was made with the form; null of a form that makes none.</param>
public sealed record KeptDraft(Guid Comment, QueuePanel Panel, string Words, Guid? Id)
{
    /// <summary>The name under which the browser keeps it.</summary>
    public static string KeyOf(Guid moderator, Guid comment, QueuePanel panel) => $"{PrefixOf(moderator)}{comment}/{panel}";

    /// <summary>How the names of one moderator's drafts begin.</summary>
    public static string PrefixOf(Guid moderator) => $"draft/{moderator}/";
}

/// <summary>Asks the browser for drafts. Where it keeps none, nothing is lost but the convenience.</summary>
internal static class KeptDrafts
{
    public static Task<KeptDraft?> ReadDraftAsync(this IJSRuntime script, string key) => QuietlyAsync(() => script.InvokeAsync<KeptDraft?>("drafts.read", key));

    /// <summary>What this moderator typed last; the browser forgets those of others.</summary>
    public static Task<KeptDraft?> LastDraftAsync(this IJSRuntime script, Guid moderator) =>
        QuietlyAsync(() => script.InvokeAsync<KeptDraft?>("drafts.last", KeptDraft.PrefixOf(moderator)));

    public static Task ForgetDraftAsync(this IJSRuntime script, string key) => QuietlyAsync(() => script.InvokeAsync<KeptDraft?>("drafts.forget", key));

    private static async Task<KeptDraft?> QuietlyAsync(Func<ValueTask<KeptDraft?>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception failed) when (failed is JSException or JSDisconnectedException or TaskCanceledException)
        {
            return null;
        }
    }
}
