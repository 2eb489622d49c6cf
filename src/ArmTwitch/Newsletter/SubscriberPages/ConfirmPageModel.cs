namespace ArmTwitch.Newsletter.SubscriberPages;

/// <param name="Token">What the button sends.</param>
/// <param name="Address">For whom the button confirms; null when the link does not work.</param>
/// <param name="Error">Why the button changed nothing; null before it was pressed.</param>
public sealed record ConfirmPageModel(string? Token, string? Address, string? Error = null);
