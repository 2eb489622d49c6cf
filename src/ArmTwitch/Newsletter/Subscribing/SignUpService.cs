using System.Net;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Limits;
using ArmTwitch.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Newsletter.Subscribing;

/// <summary>What became of a form that was sent.</summary>
public enum SignUpOutcome
{
    /// <summary>It is on disk; a worker decides what to send.</summary>
    Taken,

    /// <summary>Too many came from there, or wait altogether.</summary>
    TooMany,

    /// <summary>The database does not take it now.</summary>
    Unavailable,
}

/// <param name="RetryAfter">When it is worth trying again; zero when it was taken.</param>
public readonly record struct SignUpResult(SignUpOutcome Outcome, TimeSpan RetryAfter = default);

/// <summary>A form about the newsletter, as it was sent.</summary>
/// <param name="Page">The page that the form stood on, as the form says; what is no address on this site is not kept.</param>
/// <param name="From">Where the sender is.</param>
public sealed record SignUpSubmission(SubscriptionRequestKind Kind, EmailAddress Address, string Page, IPAddress? From);

/// <summary>Takes in what readers ask of the newsletter. It does the same for every address, and looks none up.</summary>
public sealed partial class SignUpService(
    IDbContextFactory<ArmTwitchDb> databases, DatabaseInitializer database, SqliteWriteLock writeLock, ClientNetworkHasher networkHasher,
    RateLimiter limiter, IOptions<SignUpLimitOptions> limits, TimeProvider clock, ILogger<SignUpService> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10),
        Later = TimeSpan.FromSeconds(30),
        WhenLess = TimeSpan.FromMinutes(10);

    private readonly RateLimit forms = new("newsletter forms", new RateWindow(limits.Value.SignUpsInAnHour, TimeSpan.FromHours(1)));

    public async Task<SignUpResult> SubmitAsync(SignUpSubmission form, CancellationToken cancellationToken = default)
    {
        try
        {
            await database.WhenReadyAsync(Patience, cancellationToken);
            return await StoreAsync(form, await networkHasher.HashAsync(form.From, cancellationToken), cancellationToken);
        }
        catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed))
        {
            LogNotStored(failed.GetType().Name);
            return new(SignUpOutcome.Unavailable, Later);
        }
    }

    private static string PageOf(string page) =>
        page is ['/', not '/', ..] or "/" && page.Length <= ConsentRecord.MaxPageLength
        && page.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '-')
            ? page
            : "/newsletter";

    private async Task<SignUpResult> StoreAsync(SignUpSubmission form, ClientNetwork network, CancellationToken cancellationToken)
    {
        var counted = forms.For(network);
        if (limiter.FindRefusal(counted) is { } known)
            return new(SignUpOutcome.TooMany, known);
        using var turn = await writeLock.AcquireAsync(Patience, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await limiter.TakeAsync(db, counted, cancellationToken) is { } wait)
            return new(SignUpOutcome.TooMany, wait);
        if (!await IsWithinBacklogLimitAsync(db, network, cancellationToken))
            return new(SignUpOutcome.TooMany, WhenLess);
        db.Add(new Intake
        {
            Kind = form.Kind,
            Email = form.Address.Text,
            Page = PageOf(form.Page),
            Wording = ConsentWording.Version,
            Network = network.Widest.Today,
            At = clock.GetUtcNow(),
        });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new(SignUpOutcome.Taken);
    }

    /// <summary>
    /// A queue that some have filled still takes one form from each network that has none in it, until it is twice as long.
    /// </summary>
    private async Task<bool> IsWithinBacklogLimitAsync(ArmTwitchDb db, ClientNetwork network, CancellationToken cancellationToken)
    {
        var (most, hashes) = (limits.Value.SignUpsWaiting, network.Widest.All);
        var waiting = db.Set<Intake>().Where(intake => intake.HandledAt == null);
        var count = await waiting.CountAsync(cancellationToken);
        return count < most || (count < 2L * most && !await waiting.AnyAsync(intake => hashes.Contains(intake.Network), cancellationToken));
    }

    [LoggerMessage(LogLevel.Error, "A sign-up could not be stored ({Failure}); its sender has been asked to try again")]
    private partial void LogNotStored(string failure);
}
