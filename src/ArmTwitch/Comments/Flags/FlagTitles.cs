using ArmTwitch.Comments.Posting;

namespace ArmTwitch.Comments.Flags;

/// <summary>The names of rules as people read them. Addresses, exports and stored flags have the ids.</summary>
public static class FlagTitles
{
    private static readonly (string Id, string Title)[] OfForm =
    [
        (HoneypotRule.Id, "Hidden field filled in"), (CommentFlagger.ConfirmedPersonalData, "Private details kept"),
        (CommentBatchWriter.SentAgain, "Sent again"), (Flag.CouldNotCheck, "A rule could not check"),
    ];

    /// <summary>Every rule of which a comment may have a flag, the most urgent first.</summary>
    public static IReadOnlyList<(string Id, string Title)> All { get; } =
        [.. FlagRules.All.Select(rule => (rule.Id, rule.Title)), .. OfForm];

    /// <summary>The title of a rule, also of one that is no more.</summary>
    public static string Of(string rule)
    {
        var title = All.FirstOrDefault(one => one.Id == rule).Title ?? rule.Replace('-', ' ');
        return title.Length is 0 ? title : $"{char.ToUpperInvariant(title[0])}{title[1..]}";
    }
}
