using ArmTwitch.Data.Availability;
using ArmTwitch.Mail.Messages;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Mail.Transports;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Mail.Sending;

/// <summary>
/// Sends what is due over several connections. While they are busy, it records earlier results and claims the next mails, many in one
/// transaction, so that no connection waits for the database. Any number of programs may do so at the same time.
/// </summary>
public sealed partial class MailSender(
    Outbox outbox, OutboxRecovery recovery, MailingService mailings, MimeMessageFactory messages, DkimMailSigner signer,
    IMailTransport transport, MailCircuitBreaker breaker, IEnumerable<IMailOutcomeHandler> handlers, MailResultLog log,
    IOptions<MailOptions> options, TimeProvider clock, ILogger<MailSender> logger)
{
    /// <summary>How many mails for each connection may be marked as on their way. So many are unknown if the program is killed.</summary>
    public const int InFlightForEachConnection = 16;

    private const int WriteTries = 5, HandlerTries = 10, ResultsWorthWriting = 2;

    private static readonly TimeSpan WritePause = TimeSpan.FromSeconds(1),
        Linger = TimeSpan.FromMilliseconds(10),
        RecoveryPeriod = TimeSpan.FromMinutes(1);

    private readonly TokenBucket bucket = new(options.Value.PerSecond, clock);

    private int MostInFlight => options.Value.Connections * InFlightForEachConnection;

    /// <summary>Sends everything that is due, and what becomes due meanwhile.</summary>
    /// <param name="stopping">Ends the claiming; a mail that is on its way is still finished.</param>
    public async Task SendAllAsync(CancellationToken stopping = default)
    {
        await RecoverAsync(stopping);
        // After a fault of the connection also when nothing is due: otherwise it would be reported long after it is over.
        if (!breaker.IsOpen && (breaker is { Fault: not null, IsRefusing: false } || await outbox.IsAnyDueAsync(stopping)))
        {
            await using var pool = new MailConnectionPool(transport, breaker, messages, signer, options.Value, clock, logger, stopping);
            if (await pool.OpenAsync())
                await DispatchAsync(pool, stopping);
        }
        else if (breaker is { IsOpen: false, IsRefusing: true } && !await outbox.IsAnyWaitingAsync(stopping) && breaker.Reset())
        {
            LogNoneWaits();
        }

        await mailings.FinishAsync(CancellationToken.None);
    }

    private async Task DispatchAsync(MailConnectionPool pool, CancellationToken stopping)
    {
        try
        {
            if (!await DispatchUntilIdleAsync(pool, stopping) && !breaker.IsRefusing && breaker.Reset())
                LogReachable();
        }
        finally
        {
            // Also after an exception: nobody else knows the results of the mails on their way.
            while (pool.Results.PendingCount > 0)
            {
                await WaitForResultsAsync(pool.Results);
                var results = pool.Results.TakeAll();
                log.Record(results, (await WriteAsync(results, [], 0, stopping)).Late);
            }
        }
    }

    /// <returns>False when there was nothing to send.</returns>
    private async Task<bool> DispatchUntilIdleAsync(MailConnectionPool pool, CancellationToken stopping)
    {
        // Claimed mails that wait until fewer are on their way: one transaction can then mark them and claim the next.
        var (stock, texts) = (new Queue<OutgoingMail>(), new Dictionary<Guid, Mailing?>());
        var (recoveredAt, hasClaimed) = (clock.GetTimestamp(), false);
        while (true)
        {
            var mayClaim = !stopping.IsCancellationRequested && !breaker.IsOpen;
            var results = pool.Results.TakeAll();
            if (!mayClaim)
                results = [
                    .. results,
                    .. DequeueUpTo(stock, stock.Count).Select(mail => new MailSendResult(mail, new SendResult(SendVerdict.NotBegun, "")))];
            var ready = DequeueUpTo(stock, MostInFlight - pool.Results.PendingCount);
            var wanted = mayClaim ? bucket.Take(MostInFlight - stock.Count) : 0;
            var batch = await WriteAsync(results, ready, wanted, stopping);
            bucket.Return(wanted - batch.Taken);
            hasClaimed |= batch.Taken > 0;
            log.Record(results, batch.Late);
            // Mails that the server has answered before go last: one that is refused again then holds up none of the others.
            foreach (var mail in batch.Submitted.OrderBy(mail => mail.Answer is not null))
                pool.Enqueue(mail, mail.MailingId is { } mailing ? texts[mailing] : null, batch.At);
            await ReadTextsAsync(batch.Claimed, texts);
            foreach (var mail in batch.Claimed)
                stock.Enqueue(mail);
            if (stock.Count > 0 && pool.Results.PendingCount < MostInFlight)
                continue;
            if (pool.Results.PendingCount > 0)
                await WaitForResultsAsync(pool.Results);
            else if (!mayClaim || (wanted > 0 && batch.Taken is 0))
                return hasClaimed || !mayClaim;
            else if (wanted is 0)
                await Task.Delay(bucket.Wait, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (clock.GetElapsedTime(recoveredAt) < RecoveryPeriod)
                continue;
            await RecoverAsync(CancellationToken.None);
            await mailings.FinishAsync(CancellationToken.None);
            recoveredAt = clock.GetTimestamp();
        }
    }

    private static List<OutgoingMail> DequeueUpTo(Queue<OutgoingMail> stock, int most)
    {
        var taken = new List<OutgoingMail>();
        while (taken.Count < most && stock.TryDequeue(out var mail))
            taken.Add(mail);
        return taken;
    }

    private async Task RecoverAsync(CancellationToken cancellationToken)
    {
        if (await recovery.RecoverAsync(cancellationToken) is var found and > 0)
            LogUnknownFound(found);
    }

    /// <summary>
    /// Waits until there are enough results to be worth a transaction, or <see cref="Linger"/> after the first; but while a server is slow
    /// not longer than until it is time to look for other mails.
    /// </summary>
    private async Task WaitForResultsAsync(MailResultQueue results)
    {
        await results.WaitForAnyAsync(bucket.Wait > TimeSpan.Zero ? bucket.Wait : TimeSpan.FromSeconds(options.Value.PollSeconds));
        if (results.Count > 0)
            await results.WaitForAsync(Math.Min(MostInFlight / ResultsWorthWriting, results.PendingCount), Linger);
    }

    /// <summary>Reads the texts of mailings, once for all their copies, and before any copy is marked as on its way.</summary>
    private async Task ReadTextsAsync(IEnumerable<OutgoingMail> claimed, Dictionary<Guid, Mailing?> texts)
    {
        foreach (var id in claimed.Select(mail => mail.MailingId).OfType<Guid>().Distinct().Where(id => !texts.ContainsKey(id)))
            texts[id] = await mailings.FindAsync(id);
    }

    /// <summary>
    /// Results are known only here, so this waits for a database that is down until the program is told to stop. Handlers that fail
    /// <see cref="HandlerTries"/> times are left out.
    /// </summary>
    private async Task<OutboxBatch> WriteAsync(
        IReadOnlyList<MailSendResult> results, IReadOnlyCollection<OutgoingMail> ready, int most, CancellationToken stopping)
    {
        var (triesLeft, handlerTriesLeft, isLogged) = (WriteTries, HandlerTries, false);
        while (true)
        {
            try
            {
                var batch = await outbox.RecordAndClaimAsync(
                    results, ready, most, handlerTriesLeft > 0 ? handlers : [], CancellationToken.None);
                if (isLogged)
                    LogWritten();
                return batch;
            }
            catch (MailOutcomeHandlerException failed)
            {
                if (--handlerTriesLeft is 0)
                    LogWithoutHandlers(failed.InnerException!.GetType().Name);
                await Task.Delay(DatabaseFailureClassifier.IsOutage(failed.InnerException) ? WritePause : Linger, CancellationToken.None);
            }
            catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed) && !stopping.IsCancellationRequested)
            {
                if (!isLogged && results.Count > 0)
                    LogUnwritten(results.Count, DatabaseFailureClassifier.CodeOf(failed));
                else if (!isLogged)
                    LogNoneTaken(DatabaseFailureClassifier.CodeOf(failed));
                isLogged = true;
                await Task.Delay(WritePause, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception failed) when (--triesLeft > 0 && failed is not OutOfMemoryException)
            {
                await Task.Delay(Linger, CancellationToken.None);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Count} mails are unknown: a program ended while it was handing them over")]
    private partial void LogUnknownFound(int count);

    [LoggerMessage(
        LogLevel.Error,
        "What became of some mails is written down without telling the newsletter or whoever else listens: they failed ({Kind})")]
    private partial void LogWithoutHandlers(string kind);

    [LoggerMessage(LogLevel.Error, "What became of {Count} mails cannot be written down, and no mail leaves until it can: the database "
        + "fails ({Kind}). Trying again every second")]
    private partial void LogUnwritten(int count, string kind);

    [LoggerMessage(LogLevel.Error, "No mail leaves: the database fails ({Kind}). Trying again every second")]
    private partial void LogNoneTaken(string kind);

    [LoggerMessage(LogLevel.Information, "The database is back: what became of the mails is written down, and mails leave again")]
    private partial void LogWritten();

    [LoggerMessage(LogLevel.Information, "The mail server can be reached again; no mail waits")]
    private partial void LogReachable();

    [LoggerMessage(LogLevel.Information, "No mail waits any more; whether the mail server takes mails again is not known")]
    private partial void LogNoneWaits();
}
