using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Newsletter;

/// <summary>What became of a form that was sent.</summary>
public enum TakeOutcome
{
    /// <summary>It is on disk; a worker decides what to send.</summary>
    Taken,

    /// <summary>Too many came from there, or wait altogether.</summary>
    TooMany,

    /// <summary>The database does not take it now.</summary>
    Unavailable,
}

/// <param name="RetryAfter">When it is worth trying again; zero when it was taken.</param>
public readonly record struct TakeAnswer(TakeOutcome Outcome, TimeSpan RetryAfter = default);

/// <summary>Takes in what readers ask of the newsletter. It does the same for every address, and looks none up.</summary>
public sealed partial class SignUps(
    IDbContextFactory<ArmTwitchDb> databases, Database database, WriteGate gate, Network networks, IOptions<SignUpLimits> limits, TimeProvider clock, ILogger<SignUps> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10), Hour = TimeSpan.FromHours(1), Later = TimeSpan.FromSeconds(30), WhenLess = TimeSpan.FromMinutes(10);

    /// <param name="page">The page that the form stood on, as the form says; what is no address on this site is not kept.</param>
    public async Task<TakeAnswer> TakeAsync(IntakeKind kind, EmailAddress address, string page, System.Net.IPAddress? from, CancellationToken cancellationToken = default)
    {
        try
        {
            await database.WhenReadyAsync(Patience, cancellationToken);
            return await StoreAsync(kind, address, PageOf(page), await networks.HashAsync(from, cancellationToken), cancellationToken);
        }
        catch (Exception failed) when (DatabaseFailure.Is(failed))
        {
            LogNotStored(failed.GetType().Name);
            return new(TakeOutcome.Unavailable, Later);
        }
    }

    private static string PageOf(string page) =>
        page is ['/', not '/', ..] or "/" && page.Length <= ConsentRecord.MaxPageLength && page.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '-') ? page : "/newsletter";

    private async Task<TakeAnswer> StoreAsync(IntakeKind kind, EmailAddress address, string page, byte[] network, CancellationToken cancellationToken)
    {
        var limit = limits.Value;
        using var turn = await gate.EnterAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await Network.AwaitTurnsAsync(db, [network], cancellationToken);
        var now = clock.GetUtcNow();
        var anHourAgo = now - Hour;
        if (limit.Enabled)
        {
            var nth = await db.Set<Intake>().Where(intake => intake.Network == network && intake.At > anHourAgo).OrderByDescending(intake => intake.At)
                .Skip(limit.SignUpsInAnHour - 1).Select(intake => (DateTimeOffset?)intake.At).FirstOrDefaultAsync(cancellationToken);
            if (nth is { } oldest)
                return new(TakeOutcome.TooMany, oldest + Hour - now);
        }

        if (await db.Set<Intake>().CountAsync(intake => intake.HandledAt == null, cancellationToken) >= limit.SignUpsWaiting)
            return new(TakeOutcome.TooMany, WhenLess);
        db.Add(new Intake { Kind = kind, Email = address.Text, Page = page, Wording = ConsentWording.Version, Network = network, At = now });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new(TakeOutcome.Taken);
    }

    [LoggerMessage(LogLevel.Error, "A sign-up could not be stored ({Failure}); its sender has been asked to try again")]
    private partial void LogNotStored(string failure);
}
