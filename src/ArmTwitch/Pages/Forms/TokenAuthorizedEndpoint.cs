namespace ArmTwitch.Pages.Forms;

/// <summary>
/// Marks an endpoint that is authorized by a secret token in the address or the form, which another site does not have.
/// </summary>
internal static class TokenAuthorizedEndpoint
{
    private static readonly TokenAuthorizedMetadata Instance = new();

    /// <summary>Says that the token alone authorizes the request.</summary>
    public static RouteHandlerBuilder AuthorizedByToken(this RouteHandlerBuilder route) => route.WithMetadata(Instance);

    /// <summary>Whether the request goes to such an endpoint.</summary>
    public static bool IsAuthorizedByToken(HttpRequest request) =>
        request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<TokenAuthorizedMetadata>() is not null;

    private sealed class TokenAuthorizedMetadata;
}
