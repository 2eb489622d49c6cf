using ArmTwitch.Pages.Forms;

namespace ArmTwitch.Newsletter.SubscriberPages;

/// <summary>Where to look after a form was taken.</summary>
/// <param name="LikelyDomain">A domain that was perhaps meant; null when the typed one looks right.</param>
/// <param name="Email">What was typed beside a code that did not fit.</param>
/// <param name="Errors">What is wrong with code and address.</param>
public sealed record CheckInboxPageModel(
    bool IsForManaging, string? LikelyDomain = null, string Email = "", string Code = "", FormErrors? Errors = null);
