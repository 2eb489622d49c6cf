namespace ArmTwitch.Pages;

/// <summary>Marks an endpoint that acts for whoever sends a secret token, in the address or the form. Another site does not have it.</summary>
internal static class TokenRight
{
    private static readonly Mark Instance = new();

    /// <summary>Says that the token alone is the right to do what the endpoint does.</summary>
    public static RouteHandlerBuilder ActsByToken(this RouteHandlerBuilder route) => route.WithMetadata(Instance);

    /// <summary>Whether the request goes to such an endpoint.</summary>
    public static bool Suffices(HttpRequest request) => request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<Mark>() is not null;

    private sealed class Mark;
}
