using System.Globalization;
using ArmTwitch.Comments;

namespace ArmTwitch.Moderation.Statistics;

/// <summary>What the figures show, in a sentence for each chart.</summary>
internal static class StatisticsFindings
{
    /// <summary>Of fewer decisions the share says little about a rule.</summary>
    public const int FewestDecisions = 5;

    public static string Flow(ModerationSummary summary) => (summary.Received, summary.Decided) switch
    {
        (0, 0) => "Nothing came in and nothing was decided in the last four weeks.",
        var (received, decided) => $"In the last four weeks {Plural.Number(received)} came in and {Plural.Number(decided)} {(decided is 1 ? "was" : "were")} decided"
            + (received > decided ? $": {Plural.Number(received - decided)} more came than were decided." : ": no more came than were decided."),
    };

    public static string Waiting(WaitingAges waiting) => (waiting.Total, waiting.OverADay) switch
    {
        (0, _) => "Nothing waits.",
        (1, 0) => "The one comment that waits came within the last day.",
        (1, _) => "The one comment that waits has waited for more than a day.",
        (var all, 0) => $"None of the {Plural.Number(all)} comments that wait has waited for more than a day.",
        var (all, old) when all == old => $"All {Plural.Number(all)} comments that wait have waited for more than a day.",
        (var all, 1) => $"One of the {Plural.Number(all)} comments that wait has waited for more than a day.",
        var (all, old) => $"{Plural.Number(old)} of the {Plural.Number(all)} comments that wait have waited for more than a day.",
    };

    public static string Weekdays(ModerationSummary summary)
    {
        if (summary.Received is 0)
            return "Nothing came in during the last four weeks.";
        var (days, received) = (summary.ByWeekday, summary.ByWeekday.MaxBy(day => day.Received)!);
        var most = $"Most comments come on {received.Day}s ({Average(received.Received)} a day)";
        return summary.Decided is 0 || days.MaxBy(day => day.Decided) is not { } decided
            ? $"{most}."
            : $"{most}; most are decided on {decided.Day}s ({Average(decided.Decided)}).";
    }

    public static string Kinds(ModerationSummary summary) => summary.Decided is 0
        ? "Nothing was decided in the last four weeks."
        : $"{Share(summary.Of(DecisionKind.Approve), summary.Decided)} of {Plural.Number(summary.Decided)} decisions published a comment as it stood.";

    public static string Rules(IReadOnlyList<RuleAccuracy> rules)
    {
        var enough = rules.Where(rule => rule.Decided >= FewestDecisions).ToList();
        if (rules.Count is 0)
            return "No comment in which a rule saw something was decided in the last four weeks.";
        if (enough.Count < 2)
            return "There are too few decisions yet to compare the rules: each bar stands for a handful of comments.";
        var (best, worst) = (enough.MaxBy(rule => rule.Precision)!, enough.MinBy(rule => rule.Precision)!);
        return best.Precision == worst.Precision
            ? $"All rules were right equally often, in {Share(best.Precision)} of the comments."
            : $"The rule that was right most often is “{best.Title}” ({Share(best.Precision)}), "
                + $"least often “{worst.Title}” ({Share(worst.Precision)}).";
    }

    /// <summary>With a decimal where it tells something.</summary>
    public static string Average(double number) => number.ToString(number < 10 ? "0.#" : "N0", CultureInfo.InvariantCulture);

    public static string Share(double share) => share.ToString("0%", CultureInfo.InvariantCulture);

    public static string Share(int part, int all) => Share((double)part / all);
}
