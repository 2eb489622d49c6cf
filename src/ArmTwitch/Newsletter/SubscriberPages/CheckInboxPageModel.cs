using ArmTwitch.Pages.Forms;

namespace ArmTwitch.Newsletter.SubscriberPages;

/// <summary>The page after a form was stored, or a code was refused.</summary>
/// <param name="LikelyDomain">A domain that was perhaps meant; null when the typed one looks right.</param>
/// <param name="Email">Where the mail goes, as it was typed; empty when it is not known.</param>
/// <param name="Page">The page from which the reader came, on this site.</param>
/// <param name="Errors">What is wrong with code and address.</param>
public sealed record CheckInboxPageModel(
    bool IsForManaging, string? LikelyDomain = null, string Email = "", string Page = "/newsletter", string Code = "",
    FormErrors? Errors = null);
