using ArmTwitch.Comments;
using ArmTwitch.Comments.Flags;
using ArmTwitch.Comments.TextCleaning;

namespace ArmTwitch.Moderation.Deciding;

/// <summary>Why a decision is not carried out by one press.</summary>
[Flags]
public enum DecisionRiskKinds
{
    None = 0,

    /// <summary>A rule found that the author may harm themselves, or could not check.</summary>
    Crisis = 1,

    /// <summary>Its text or name identifies a person.</summary>
    PersonalData = 2,
}

/// <summary>Why a decision needs a confirmation. The confirmation names the reasons.</summary>
/// <param name="Decision">What was decided.</param>
/// <param name="Although">The rest of the sentence "Publish this although …".</param>
public sealed record DecisionRisk(DecisionKind Decision, DecisionRiskKinds Kinds, string Although)
{
    /// <summary>
    /// A crisis is a risk in every decision that leaves its author without help: readers may harm themselves too, or nobody looks at it
    /// again. Personal data is a risk only where it is published.
    /// </summary>
    /// <param name="flags">Those of the version that is decided on.</param>
    /// <param name="published">The text as readers would see it, without what is taken out.</param>
    /// <returns>Null when there is no risk.</returns>
    internal static DecisionRisk? Of(Decision decision, Comment comment, IReadOnlyList<CommentFlag> flags, string? published)
    {
        var reasons = new List<string>();
        var kinds = DecisionRiskKinds.None;
        if (!decision.HelpsAuthor && (comment.Level is FlagLevel.Crisis || flags.Any(flag => flag.Level is FlagLevel.Crisis)))
        {
            kinds |= DecisionRiskKinds.Crisis;
            var crisis = flags.Where(flag => flag.Level is FlagLevel.Crisis).ToList();
            reasons.Add(crisis.Count > 0 && crisis.All(flag => flag.Rule is Flag.CouldNotCheck)
                ? "it could not be checked whether it speaks of ending life"
                : "it speaks of ending life");
        }

        if (decision.IsApproval && PersonalDataIn(comment.Author, published!) is { Count: > 0 } found)
        {
            kinds |= DecisionRiskKinds.PersonalData;
            reasons.Add($"it holds {string.Join(" and ", found)}");
        }

        return kinds is DecisionRiskKinds.None ? null : new(decision.Kind, kinds, string.Join(" and ", reasons));
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

internal static class DecisionRiskLabels
{
    /// <summary>For the audit log, behind the reason code.</summary>
    public static string Label(this DecisionRiskKinds kinds) => kinds switch
    {
        DecisionRiskKinds.Crisis => "despite crisis",
        DecisionRiskKinds.PersonalData => "despite personal data",
        DecisionRiskKinds.Crisis | DecisionRiskKinds.PersonalData => "despite crisis and personal data",
        _ => throw new ArgumentOutOfRangeException(nameof(kinds), kinds, null),
    };

    /// <summary>What has not been done yet, behind "Not".</summary>
    public static string NotDone(this DecisionRisk risk) => risk.Decision switch
    {
        DecisionKind.Approve or DecisionKind.ApproveRedacted => "published",
        DecisionKind.Reject => "refused",
        DecisionKind.Spam => "marked as spam",
        DecisionKind.Remove => "taken off the page",
        _ => throw new ArgumentOutOfRangeException(nameof(risk), risk.Decision, null),
    };

    /// <summary>What the button does, as the first words of a sentence.</summary>
    public static string Act(this DecisionRisk risk) => risk.Decision switch
    {
        DecisionKind.Approve or DecisionKind.ApproveRedacted => "Publish this",
        DecisionKind.Reject => "Refuse it",
        DecisionKind.Spam => "Mark it as spam",
        DecisionKind.Remove => "Take it off the page",
        _ => throw new ArgumentOutOfRangeException(nameof(risk), risk.Decision, null),
    };
}
