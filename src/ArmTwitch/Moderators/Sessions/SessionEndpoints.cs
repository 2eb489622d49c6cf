namespace ArmTwitch.Moderators.Sessions;

/// <summary>What the script of a screen asks about its session.</summary>
internal static class SessionEndpoints
{
    /// <summary>Being asked is no sign of life: a screen asks by itself.</summary>
    public const string Left = "/moderation/session/left";

    public static void Map(IEndpointRouteBuilder routes)
    {
        // Coming here is a sign of life like any other request.
        routes.MapGet("/moderation/session", () => Results.NoContent()).RequireAuthorization(ModeratorPolicies.Moderator);
        routes.MapGet(Left, (HttpContext http) => DescribeSession(SessionCookieConfiguration.Of(http)!))
            .RequireAuthorization(ModeratorPolicies.Moderator);
    }

    private static IResult DescribeSession(SessionState session) =>
        Results.Json(new { Seconds = (int)session.Left.TotalSeconds, session.EndsAnyway });
}
