using Microsoft.JSInterop;

namespace ArmTwitch.Moderation.DecisionForms;

/// <summary>Reads and deletes drafts in the browser. Without storage there are no drafts, and everything else works.</summary>
internal static class BrowserDraftStore
{
    public static Task<BrowserDraft?> ReadDraftAsync(this IJSRuntime script, string key) =>
        IgnoreScriptErrorsAsync(() => script.InvokeAsync<BrowserDraft?>("drafts.read", key));

    /// <summary>What this moderator typed last; the drafts of others are deleted.</summary>
    public static Task<BrowserDraft?> LastDraftAsync(this IJSRuntime script, Guid moderator) =>
        IgnoreScriptErrorsAsync(() => script.InvokeAsync<BrowserDraft?>("drafts.last", BrowserDraft.PrefixOf(moderator)));

    public static Task ForgetDraftAsync(this IJSRuntime script, string key) =>
        IgnoreScriptErrorsAsync(() => script.InvokeAsync<BrowserDraft?>("drafts.forget", key));

    private static async Task<BrowserDraft?> IgnoreScriptErrorsAsync(Func<ValueTask<BrowserDraft?>> ask)
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
