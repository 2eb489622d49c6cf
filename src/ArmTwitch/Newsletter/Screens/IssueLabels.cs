using System.Globalization;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Moderators.LocalTimes;
using ArmTwitch.Newsletter.Issues;

namespace ArmTwitch.Newsletter.Screens;

/// <summary>The words for states, times and numbers on the screens.</summary>
internal static class IssueLabels
{
    public static string Label(IssueState state) => KebabCase.Of(state).Replace('-', ' ');

    /// <summary>The state in a word or two, or what is wrong with it.</summary>
    public static string Badge(IssueOverview view, DateTimeOffset now) =>
        view.IsLate ? "missed its time" : view.Obstacle is not null ? "will not go out" : view.IsLeavingAt(now) ? "sending" : Label(view.State);

    /// <summary>The heading of the part that sends: of an issue that is over, only a test can be sent.</summary>
    public static string SendHeading(IssueState state) => IsOver(state) ? "Test" : "Send";

    public static bool IsOver(IssueState state) => state is IssueState.Sent or IssueState.SentWithProblems or IssueState.Cancelled;

    /// <summary>The class of the badge of a state.</summary>
    public static string? Tone(IssueOverview view) => view switch
    {
        { IsLate: true } or { Obstacle: not null } or { State: IssueState.PrepareFailed } => "bad",
        { State: IssueState.Paused or IssueState.SentWithProblems } => "warn",
        { State: IssueState.Sent } => "good",
        { State: IssueState.Scheduled or IssueState.Preparing or IssueState.Sending } => "info",
        _ => null,
    };

    /// <summary>What has become of the mails, such as "1,932 delivered, 12 refused, 3 unknown, 5 left meanwhile".</summary>
    public static string Progress(MailingCount count) => string.Join(
        ", ",
        new[]
        {
            (count.Sent, "delivered"), (count.Dead, "refused"), (count.InDoubt, "unknown"), (count.Suppressed, "left meanwhile"),
            (count.Cancelled, "not sent"), (count.Waiting, "waiting"),
        }.Where(part => part.Item1 > 0 || part.Item2 is "delivered").Select(part => $"{Plural.Number(part.Item1)} {part.Item2}"));

    /// <summary>The state of an issue as a sentence, which is true as long as it is in this state.</summary>
    /// <param name="mailTrouble">Why no mail leaves now; null when mails leave.</param>
    public static string Status(IssueOverview view, DateTimeOffset now, LocalClock zone, string? mailTrouble = null) => view.State switch
    {
        IssueState.Draft => "A draft. Nothing is sent until you say so.",
        IssueState.Scheduled when view.IsLate => "It missed its time and waits for you.",
        IssueState.Scheduled when view.Obstacle is not null => $"It is scheduled for {zone.Say(view.ScheduledFor)}, and as it stands it will not go out.",
        IssueState.Scheduled when view.ScheduledFor <= now => "It begins within seconds. This page follows.",
        IssueState.Scheduled => $"It goes out on {zone.Say(view.ScheduledFor)}.",
        IssueState.Preparing => "The words and the audience are being fixed. The first mails leave in a moment.",
        IssueState.Sending when mailTrouble is not null => $"It is being sent, but mails wait. {mailTrouble} It goes on by itself.",
        IssueState.Sending => "It is being sent. This page follows.",
        IssueState.Paused => $"Paused. {view.Trouble}",
        IssueState.Sent => $"Sent to {People(view.Count?.Sent ?? 0)}, the last copy on {zone.Say(view.DoneAt)}.",
        IssueState.SentWithProblems when view.Count is { Waiting: > 0 } count =>
            $"Sent to {People(count.Sent)}; {Plural.Number(count.Waiting)} {(count.Waiting is 1 ? "is" : "are")} tried again.",
        IssueState.SentWithProblems => $"Sent to {People(view.Count?.Sent ?? 0)} by {zone.Say(view.DoneAt)}; {Problems(view.Count)}.",
        IssueState.Cancelled when view.Count is { Waiting: > 0 } => "Cancelled. What is on its way is being finished.",
        IssueState.Cancelled when view.Count is { Sent: > 0 } count =>
            $"Cancelled. {People(count.Sent)} had got it before; nobody else will.",
        IssueState.Cancelled => "Cancelled. Nobody got it.",
        IssueState.PrepareFailed => "It could not be prepared. Nothing was sent.",
        _ => throw new ArgumentOutOfRangeException(nameof(view), view.State, "No such state"),
    };

    /// <summary>What was done, as the rest of a sentence that begins with a name.</summary>
    public static string Label(IssueAuditEntry step, LocalClock zone) => step.Act switch
    {
        IssueAuditAction.Scheduled => $"scheduled it for {zone.Say(step.ScheduledFor)}.",
        IssueAuditAction.Unscheduled => "took it back from its schedule.",
        IssueAuditAction.SentNow => "sent it.",
        IssueAuditAction.Paused => step.Reason is { } reason ? $"paused it. {reason}" : "paused it.",
        IssueAuditAction.Resumed => "resumed it.",
        IssueAuditAction.Cancelled => "cancelled it.",
        IssueAuditAction.CopiesSettled => $"noted {step.Reason} as arrived.",
        IssueAuditAction.CopiesRepeated => $"sent {step.Reason} again.",
        _ => throw new ArgumentOutOfRangeException(nameof(step), step.Act, "No such act"),
    };

    public static string People(int count) => count is 1 ? "1 person" : $"{Plural.Number(count)} people";

    public static string Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture) ?? "";

    private static string Problems(MailingCount? count) =>
        count is { Dead: > 0, InDoubt: > 0 } ? $"{Plural.Number(count.Dead)} refused, {Plural.Number(count.InDoubt)} unknown"
        : count is { Dead: > 0 } ? $"{Plural.Number(count.Dead)} refused"
        : count is { InDoubt: > 0 } ? $"{Plural.Number(count.InDoubt)} unknown"
        : count is { AddsUp: false } ? "the numbers do not add up"
        : "no problem is left";
}
