using ArmTwitch.Pages.Forms;

namespace ArmTwitch.Newsletter;

/// <summary>The newsletter's own page, also when a form could not be taken.</summary>
/// <param name="Sent">The issues so far, the newest first.</param>
/// <param name="Typed">What was typed last time.</param>
/// <param name="Page">Where the form stood that could not be taken.</param>
/// <param name="Error">What is wrong with what was typed; null on a first visit.</param>
/// <param name="Field">The field that can mend it; empty when none can.</param>
public sealed record NewsletterPageModel(IReadOnlyList<ArchiveEntry> Sent, string Typed = "", string Page = "/newsletter", string? Error = null, string Field = "signup-email");

/// <summary>Where to look after a form was taken.</summary>
/// <param name="LikelyDomain">A domain that was perhaps meant; null when the typed one looks right.</param>
/// <param name="Email">What was typed beside a code that did not fit.</param>
/// <param name="Errors">What is wrong with code and address.</param>
public sealed record CheckInboxModel(bool IsForManaging, string? LikelyDomain = null, string Email = "", string Code = "", FormErrors? Errors = null);

/// <param name="Token">What the button sends; null when the link confirms nothing.</param>
/// <param name="Error">Why the button changed nothing; null before it was pressed.</param>
public sealed record ConfirmPageModel(string? Token, string? Error = null);

/// <param name="Address">Where the forms of the page go, which is the page itself.</param>
public sealed record UnsubscribePageModel(string Address, bool IsDone = false, bool ReasonTold = false);

public sealed record ManageAskModel(string Typed = "", string? Error = null, string Field = "email");

/// <param name="Address">Where the forms of the page go, which is the page itself.</param>
/// <param name="File">Null when the link is over.</param>
public sealed record ManagePageModel(string Address, SubscriberFile? File);
