using Microsoft.AspNetCore.SignalR;

namespace ArmTwitch.Moderators.Sessions;

/// <summary>
/// Cuts off what runs on after its session has ended: a download, or the connection of a browser that did not leave by itself.
/// </summary>
internal sealed class EndedSessionHubFilter(SessionStore sessions, TimeProvider clock) : IHubFilter
{
    /// <summary>A screen leaves for the sign-in by itself, and says why; its connection is cut when it has not.</summary>
    private static readonly TimeSpan EveryDownload = TimeSpan.FromSeconds(1), EveryConnection = TimeSpan.FromSeconds(20);

    /// <summary>For requests. Signing out, for instance, ends the session of its own request, which has to be answered.</summary>
    public async Task WatchAsync(HttpContext http, RequestDelegate next)
    {
        var isWatched = HttpMethods.IsGet(http.Request.Method) && !http.Request.Path.StartsWithSegments("/_blazor");
        if (!isWatched || SessionStore.HashOf(http.User) is not { } session)
        {
            await next(http);
            return;
        }

        using var answered = new CancellationTokenSource();
        var answer = next(http);
        if (!answer.IsCompleted)
            _ = WatchAsync(session, EveryDownload, EveryDownload, http.Abort, answered.Token);
        try
        {
            await answer;
        }
        finally
        {
            await answered.CancelAsync();
        }
    }

    public Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        var connection = context.Context;
        if (SessionStore.HashOf(connection.User) is { } session)
            _ = WatchAsync(session, TimeSpan.Zero, EveryConnection, connection.Abort, connection.ConnectionAborted);
        return next(context);
    }

    private async Task WatchAsync(byte[] session, TimeSpan first, TimeSpan every, Action cut, CancellationToken over)
    {
        try
        {
            await Task.Delay(first, clock, over);
            while (await sessions.IsAliveAsync(session, over))
                await Task.Delay(every, clock, over);
            cut();
        }
        catch (OperationCanceledException)
        {
            // It ended by itself.
        }
    }
}
