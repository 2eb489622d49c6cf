using System.Net;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Limits;
using ArmTwitch.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Newsletter.Subscribing;

public enum SignUpOutcome
{
    /// <summary>It is stored; the background service decides what to send.</summary>
    Taken,

    /// <summary>Too many came from that network, or too many wait altogether.</summary>
    TooMany,

    /// <summary>The database cannot store it now.</summary>
    Unavailable,
}

/// <param name="RetryAfter">When it is worth trying again; zero when it was stored.</param>
public readonly record struct SignUpResult(SignUpOutcome Outcome, TimeSpan RetryAfter = default);

/// <summary>Stores what readers ask of the newsletter. It does the same for every address, and looks none up.</summary>
public sealed partial class SignUpService(
    DatabaseInitializer database, WriteTransactionFactory writing, ClientNetworkHasher networkHasher, RateLimiter limiter,
    IOptions<SignUpLimitOptions> limits, TimeProvider clock, ILogger<SignUpService> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10),
        WhenQueueIsFull = TimeSpan.FromMinutes(10);

    private readonly RateLimit forms = new("newsletter forms", new RateWindow(limits.Value.SignUpsInAnHour, TimeSpan.FromHours(1)));

    /// <param name="from">Where the request comes from.</param>
    public async Task<SignUpResult> SubmitAsync(
        SubscriptionRequestKind kind, SignUpDraft draft, EmailAddress address, IPAddress? from,
        CancellationToken cancellationToken = default)
    {
        try
        {
            await database.WhenReadyAsync(Patience, cancellationToken);
            return await StoreAsync(kind, draft, address, await networkHasher.HashAsync(from, cancellationToken), cancellationToken);
        }
        catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed))
        {
            LogNotStored(DatabaseFailureClassifier.CodeOf(failed));
            return new(SignUpOutcome.Unavailable);
        }
    }

    private async Task<SignUpResult> StoreAsync(
        SubscriptionRequestKind kind, SignUpDraft draft, EmailAddress address, ClientNetwork network, CancellationToken cancellationToken)
    {
        var counted = forms.For(network);
        if (limiter.FindRefusal(counted) is { } known)
            return new(SignUpOutcome.TooMany, known);
        await using var write = await writing.BeginAsync(Patience, cancellationToken);
        if (await limiter.TakeAsync(write.Db, counted, cancellationToken) is { } wait)
            return new(SignUpOutcome.TooMany, wait);
        if (!await IsWithinBacklogLimitAsync(write.Db, network, cancellationToken))
            return new(SignUpOutcome.TooMany, WhenQueueIsFull);
        write.Db.Add(draft.ToForm(kind, address, network, clock.GetUtcNow()));
        await write.CommitAsync(cancellationToken);
        return new(SignUpOutcome.Taken);
    }

    /// <summary>A full queue still takes one form from each network that has none in it, until it is twice as long.</summary>
    private async Task<bool> IsWithinBacklogLimitAsync(ArmTwitchDb db, ClientNetwork network, CancellationToken cancellationToken)
    {
        var (most, hashes) = (limits.Value.SignUpsWaiting, network.Widest.All);
        var waiting = db.Set<SubscriptionRequest>().Where(form => form.HandledAt == null);
        var count = await waiting.CountAsync(cancellationToken);
        return count < most || (count < 2L * most && !await waiting.AnyAsync(form => hashes.Contains(form.Network), cancellationToken));
    }

    [LoggerMessage(LogLevel.Error, "A sign-up could not be stored ({Failure}); its sender has been asked to try again")]
    private partial void LogNotStored(string failure);
}
