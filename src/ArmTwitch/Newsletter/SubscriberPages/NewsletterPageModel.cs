using ArmTwitch.Newsletter.Issues;

namespace ArmTwitch.Newsletter.SubscriberPages;

/// <summary>The newsletter's own page, also when a form could not be taken.</summary>
/// <param name="Sent">The issues so far, the newest first.</param>
/// <param name="Typed">What was typed last time.</param>
/// <param name="Page">Where the form stood that could not be taken.</param>
/// <param name="Error">What is wrong with what was typed; null on a first visit.</param>
/// <param name="Field">The field that can mend it; empty when none can.</param>
public sealed record NewsletterPageModel(
    IReadOnlyList<ArchivedIssue> Sent, string Typed = "", string Page = "/newsletter", string? Error = null, string Field = "signup-email");

/// <param name="Address">Where the forms of the page go, which is the page itself.</param>
public sealed record UnsubscribePageModel(string Address, bool IsDone = false, bool ReasonTold = false);
