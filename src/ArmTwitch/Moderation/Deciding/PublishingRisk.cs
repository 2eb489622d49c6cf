using ArmTwitch.Comments;
using ArmTwitch.Comments.Flags;
using ArmTwitch.Comments.TextCleaning;

namespace ArmTwitch.Moderation.Deciding;

/// <summary>Why a comment is not published by one press.</summary>
[Flags]
public enum PublishingRiskKinds
{
    None = 0,

    /// <summary>A rule found that the author may harm themselves, or could not check.</summary>
    Crisis = 1,

    /// <summary>Its text or name identifies a person.</summary>
    PersonalData = 2,
}

/// <summary>Why a comment needs a confirmation before it is published. The confirmation names the reasons.</summary>
/// <param name="Although">The rest of the sentence "Publish this although …".</param>
public sealed record PublishingRisk(PublishingRiskKinds Kinds, string Although)
{
    /// <param name="flags">Those of the version that would be published.</param>
    /// <param name="published">The text as readers would see it, without what is taken out.</param>
    /// <returns>Null when there is no risk.</returns>
    internal static PublishingRisk? Of(Comment comment, IReadOnlyList<CommentFlag> flags, string published)
    {
        var reasons = new List<string>();
        var kinds = PublishingRiskKinds.None;
        if (comment.Level is FlagLevel.Crisis || flags.Any(flag => flag.Level is FlagLevel.Crisis))
        {
            kinds |= PublishingRiskKinds.Crisis;
            var crisis = flags.Where(flag => flag.Level is FlagLevel.Crisis).ToList();
            reasons.Add(crisis.Count > 0 && crisis.All(flag => flag.Rule is Flag.CouldNotCheck)
                ? "it could not be checked whether it speaks of ending life"
                : "it speaks of ending life");
        }

        if (PersonalDataIn(comment.Author, published) is { Count: > 0 } found)
        {
            kinds |= PublishingRiskKinds.PersonalData;
            reasons.Add($"it holds {string.Join(" and ", found)}");
        }

        return kinds is PublishingRiskKinds.None ? null : new(kinds, string.Join(" and ", reasons));
    }

    /// <summary>Runs the rules again, because the stored flags also cover what was taken out.</summary>
    private static List<string> PersonalDataIn(string author, string text)
    {
        var found = PersonalDataDetector.Find(text).Select(part => part.Label)
            .Concat(PersonalDataDetector.Find(author).Select(part => $"{part.Label} in the name")).Distinct().ToList();
        return found.Count is 0 && FlagRules.FindFlags(author, text, [ConductRules.Identifiers]).Count > 0
            ? ["a number by which a person can be found"]
            : found;
    }
}

internal static class PublishingRiskLabels
{
    /// <summary>For the audit log, behind the reason code.</summary>
    public static string Label(this PublishingRiskKinds kinds) => kinds switch
    {
        PublishingRiskKinds.Crisis => "despite crisis",
        PublishingRiskKinds.PersonalData => "despite personal data",
        PublishingRiskKinds.Crisis | PublishingRiskKinds.PersonalData => "despite crisis and personal data",
        _ => throw new ArgumentOutOfRangeException(nameof(kinds), kinds, null),
    };
}
