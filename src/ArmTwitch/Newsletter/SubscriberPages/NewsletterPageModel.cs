using ArmTwitch.Newsletter.Issues;
using ArmTwitch.Newsletter.Subscribing;

namespace ArmTwitch.Newsletter.SubscriberPages;

/// <summary>The newsletter's own page, also when a form was refused.</summary>
/// <param name="Sent">The issues so far, the newest first; null while they cannot be read.</param>
public sealed record NewsletterPageModel(IReadOnlyList<ArchivedIssue>? Sent, SignUpDraft Draft);
