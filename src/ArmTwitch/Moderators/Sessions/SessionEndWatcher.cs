using Microsoft.AspNetCore.SignalR;

namespace ArmTwitch.Moderators.Sessions;

/// <summary>
/// Ends what would outlive its session: a download, or the connection of a browser that has not gone to the sign-in by itself.
/// </summary>
internal sealed class SessionEndWatcher(SessionStore sessions, TimeProvider clock) : IHubFilter
{
    /// <summary>Longer for connections, so that a page has time to go to the sign-in by itself, which says why.</summary>
    private static readonly TimeSpan DownloadInterval = TimeSpan.FromSeconds(1), ConnectionInterval = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Watches GET requests and marked downloads. Others, such as signing out, may end their own session and still have to be answered.
    /// </summary>
    public async Task WatchAsync(HttpContext http, RequestDelegate next)
    {
        var isWatched = (HttpMethods.IsGet(http.Request.Method) && !http.Request.Path.StartsWithSegments("/_blazor"))
            || http.GetEndpoint()?.Metadata.GetMetadata<EndsWithSessionAttribute>() is not null;
        if (!isWatched || SessionStore.HashOf(http.User) is not { } session)
        {
            await next(http);
            return;
        }

        using var answered = new CancellationTokenSource();
        var answer = next(http);
        if (!answer.IsCompleted)
            _ = WatchAsync(session, DownloadInterval, DownloadInterval, http.Abort, answered.Token);
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
            _ = WatchAsync(session, TimeSpan.Zero, ConnectionInterval, connection.Abort, connection.ConnectionAborted);
        return next(context);
    }

    private async Task WatchAsync(byte[] session, TimeSpan first, TimeSpan interval, Action abort, CancellationToken ended)
    {
        try
        {
            await Task.Delay(first, clock, ended);
            while (await sessions.IsAliveAsync(session, ended))
                await Task.Delay(interval, clock, ended);
            abort();
        }
        catch (OperationCanceledException)
        {
            // It ended by itself.
        }
    }
}
