using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Comments.Flags;
using ArmTwitch.Comments.TextCleaning;
using Microsoft.AspNetCore.Components;

namespace ArmTwitch.Comments.Posting;

/// <summary>Whom to call, before everything else on the page that answers a form.</summary>
internal static class DangerCard
{
    /// <param name="request">The form, whose address names the country that the reader chose.</param>
    /// <param name="typed">As it was typed.</param>
    /// <returns>The card of a crisis, else that of danger in the body; null when the words are of neither.</returns>
    public static RenderFragment? For(ContentSnapshot content, SiteNavigation navigation, HttpRequest request, string typed)
    {
        var text = CommentTextCleaner.Clean(typed);
        return FlagRules.IsCrisis("", text) ? CrisisCard.First(content, request, typed)
            : FlagRules.IsRedFlag(text) ? RedFlagCard.First(content, navigation, request)
            : null;
    }
}
