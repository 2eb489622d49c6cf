namespace ArmTwitch.Pages.Forms;

/// <summary>
/// Marks an endpoint that acts for whoever sends a secret token, in the address or the form. Another site does not have it.
/// </summary>
internal static class TokenAuthorizedEndpoint
{
    private static readonly TokenAuthorizedMetadata Instance = new();

    /// <summary>Says that the token alone is the right to do what the endpoint does.</summary>
    public static RouteHandlerBuilder AuthorizedByToken(this RouteHandlerBuilder route) => route.WithMetadata(Instance);

    /// <summary>Whether the request goes to such an endpoint.</summary>
    public static bool IsAuthorizedByToken(HttpRequest request) =>
        request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<TokenAuthorizedMetadata>() is not null;

    private sealed class TokenAuthorizedMetadata;
}
