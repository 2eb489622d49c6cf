using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Moderators;

/// <summary>
/// When the person of each session last did something: opened a page, pressed a key, pointed at something. What a screen does by
/// itself, such as showing a comment that has just arrived, is none.
/// </summary>
internal sealed class SignsOfLife(IOptions<ModeratorsOptions> options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Sign> signs = new();

    /// <summary>Whether somebody has asked for this, and not a screen, which connects and fetches its files by itself.</summary>
    public static bool IsOne(HttpRequest request) => !request.Path.StartsWithSegments("/_blazor") && !ScreenFiles.Are(request.Path);

    public void Note(ClaimsPrincipal session) => Keep(session, isLast: false);

    /// <summary>Ends the session on every screen it has open.</summary>
    public void End(ClaimsPrincipal session) => Keep(session, isLast: true);

    /// <param name="openedAt">When the screen that asks was opened: itself a sign of life.</param>
    public bool IsAlive(ClaimsPrincipal session, DateTimeOffset openedAt)
    {
        var sign = KeyOf(session) is { } key && signs.TryGetValue(key, out var known) ? known : new Sign(openedAt, IsLast: false);
        return !sign.IsLast && clock.GetUtcNow() - sign.At < TimeSpan.FromMinutes(options.Value.IdleMinutes);
    }

    private void Keep(ClaimsPrincipal session, bool isLast)
    {
        if (KeyOf(session) is not { } key)
            return;
        var now = clock.GetUtcNow();
        signs[key] = new Sign(now, isLast);
        foreach (var old in signs.Where(one => now - one.Value.At >= TimeSpan.FromHours(options.Value.SessionHours)))
            signs.TryRemove(old);
    }

    private static string? KeyOf(ClaimsPrincipal session) =>
        session.FindFirstValue(ClaimTypes.NameIdentifier) is { } person ? $"{person} {session.FindFirstValue(ModeratorClaims.SignedInAt)}" : null;

    private sealed record Sign(DateTimeOffset At, bool IsLast);
}
