using Microsoft.AspNetCore.Http.HttpResults;

namespace ArmTwitch.Moderators.Sessions;

/// <summary>The endpoints of session.js.</summary>
internal static class SessionEndpoints
{
    /// <summary>A request to it is no activity: a page makes it by itself.</summary>
    public const string Left = "/moderation/session/left";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var sessions = routes.MapGroup("").RequireAuthorization(ModeratorPolicies.Moderator);
        // A request to it is activity, like any other request.
        sessions.MapGet("/moderation/session", TypedResults.NoContent);
        sessions.MapGet(Left, ReadTimeLeft);
    }

    private static JsonHttpResult<TimeLeft> ReadTimeLeft(HttpContext http)
    {
        var session = SessionCookieConfiguration.Of(http)!;
        return TypedResults.Json(new TimeLeft((int)session.Left.TotalSeconds, session.EndsAnyway));
    }

    /// <inheritdoc cref="SessionState"/>
    internal sealed record TimeLeft(int Seconds, bool EndsAnyway);
}
