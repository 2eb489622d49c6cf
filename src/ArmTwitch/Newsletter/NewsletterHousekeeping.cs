using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Newsletter;

/// <summary>Deletes what was promised not to be kept: subscriptions that were never confirmed, old forms, old links.</summary>
public sealed partial class NewsletterHousekeeping(IDbContextFactory<ArmTwitchDb> databases, WriteGate gate, BounceFolder bounces, TimeProvider clock, ILogger<NewsletterHousekeeping> logger)
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(10), FormLife = TimeSpan.FromDays(1), LinkLife = TimeSpan.FromDays(8);

    private DateTimeOffset lastAt;

    public async Task TidyIfDueAsync(CancellationToken cancellationToken = default)
    {
        if (clock.GetUtcNow() - lastAt < Period)
            return;
        await TidyAsync(cancellationToken);
        lastAt = clock.GetUtcNow();
    }

    public async Task TidyAsync(CancellationToken cancellationToken = default)
    {
        bounces.Tidy();
        var now = clock.GetUtcNow();
        var (unconfirmed, oldForm, oldLink) = (now - Subscriptions.ConfirmLife, now - FormLife, now - LinkLife);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        using var turn = await gate.EnterAsync(cancellationToken);
        var gone = await db.Set<Subscriber>().Where(one => one.State == SubscriberState.Pending && one.AskedAt <= unconfirmed).ExecuteDeleteAsync(cancellationToken);
        await db.Set<Intake>().Where(one => one.HandledAt != null && one.At <= oldForm).ExecuteDeleteAsync(cancellationToken);
        await db.Set<CodeTry>().Where(one => one.At <= oldForm).ExecuteDeleteAsync(cancellationToken);
        // A used link is kept a little longer than it works, so that whoever presses twice is told why.
        await db.Set<SubscriberToken>().Where(one => one.ExpiresAt <= now && one.MadeAt <= oldLink).ExecuteDeleteAsync(cancellationToken);
        if (gone > 0)
            LogGone(gone);
    }

    [LoggerMessage(LogLevel.Information, "{Count} subscriptions were never confirmed and are deleted")]
    private partial void LogGone(int count);
}
