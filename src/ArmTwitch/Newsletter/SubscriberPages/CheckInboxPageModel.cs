using ArmTwitch.Pages.Forms;

namespace ArmTwitch.Newsletter.SubscriberPages;

/// <summary>The page after a form was stored, or a code was refused.</summary>
/// <param name="LikelyDomain">A domain that was perhaps meant; null when the typed one looks right.</param>
/// <param name="Email">What was typed beside a refused code.</param>
/// <param name="Errors">What is wrong with code and address.</param>
public sealed record CheckInboxPageModel(
    bool IsForManaging, string? LikelyDomain = null, string Email = "", string Code = "", FormErrors? Errors = null);
