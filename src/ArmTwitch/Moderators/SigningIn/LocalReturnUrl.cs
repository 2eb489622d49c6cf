namespace ArmTwitch.Moderators.SigningIn;

/// <summary>Where to go after the sign-in. A link of a stranger must not lead to another site.</summary>
public static class LocalReturnUrl
{
    public const string Home = "/moderation";

    /// <returns>The address if it is a moderation page, else that of the queue.</returns>
    public static string Safe(string? wanted) =>
        wanted is not null
        && (wanted == Home || wanted.StartsWith("/moderation/", StringComparison.Ordinal)
                || wanted.StartsWith("/moderation?", StringComparison.Ordinal))
        && !wanted.Any(letter => letter == '\\' || char.IsControl(letter))
        && !wanted.Contains("..", StringComparison.Ordinal)
            ? wanted
            : Home;

    public static string SignIn(string? wanted) =>
        Safe(wanted) is var safe && safe == Home
            ? "/moderation/sign-in?returnUrl=%2Fmoderation"
            : $"/moderation/sign-in?returnUrl={Uri.EscapeDataString(safe)}";
}
