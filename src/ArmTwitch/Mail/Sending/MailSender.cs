using ArmTwitch.Data.Availability;
using ArmTwitch.Mail.Messages;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Mail.Transports;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Mail.Sending;

/// <summary>
/// Sends what is due over several connections. While they are busy, this writes down what became of the mails before and takes the
/// next ones, many in one transaction, so that no connection waits for the database. Any number of programs may do so at once.
/// </summary>
public sealed partial class MailSender(
    Outbox outbox, MailingService mailings, MimeMessageFactory messages, DkimMailSigner signature, IMailTransport transport,
    MailCircuitBreaker breaker, IEnumerable<IMailOutcomeHandler> listeners, IOptions<MailOptions> options, TimeProvider clock,
    ILogger<MailSender> logger)
{
    /// <summary>
    /// How many mails of each connection may be marked as being on their way: as many are in doubt if the program dies now.
    /// </summary>
    public const int InFlightForEachConnection = 16;

    private const int WriteTries = 5, ListenerTries = 10, WorthWriting = 2;

    private const string NoAnswer = "no answer";

    private static readonly TimeSpan WritePause = TimeSpan.FromSeconds(1),
        Linger = TimeSpan.FromMilliseconds(10),
        TidyEvery = TimeSpan.FromMinutes(1);

    private readonly TokenBucket bucket = new(options.Value.PerSecond, clock);

    private int Window => options.Value.Connections * InFlightForEachConnection;

    /// <summary>Sends everything that is due, and what becomes due meanwhile.</summary>
    /// <param name="stopping">Ends the taking of mails; one that is on its way is still finished.</param>
    public async Task SendAllAsync(CancellationToken stopping = default)
    {
        await RecoverAsync(stopping);
        // After trouble of the connection also when nothing is due, or the trouble would be told long after it is over.
        if (!breaker.IsOpen && (breaker is { Trouble: not null, IsRefusing: false } || await outbox.IsAnyDueAsync(stopping)))
        {
            await using var pool = new MailConnectionPool(transport, breaker, messages, signature, options.Value, clock, logger, stopping);
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
            // Whatever ended the feeding: what became of the mails on their way is known here and nowhere else.
            while (pool.PendingCount > 0)
            {
                await AwaitResultsAsync(pool);
                var results = pool.TakeResults();
                LogResults(results, (await WriteAsync(results, [], 0, stopping)).Late);
            }
        }
    }

    /// <returns>False when there was nothing to send.</returns>
    private async Task<bool> DispatchUntilIdleAsync(MailConnectionPool pool, CancellationToken stopping)
    {
        // Claimed mails that wait for room, so that a transaction both marks these and claims the next.
        var (stock, texts) = (new Queue<OutgoingMail>(), new Dictionary<Guid, Mailing?>());
        var (tidiedAt, hasTaken) = (clock.GetTimestamp(), false);
        while (true)
        {
            var mayTake = !stopping.IsCancellationRequested && !breaker.IsOpen;
            var results = pool.TakeResults();
            if (!mayTake)
                results = [
                    .. results,
                    .. DequeueUpTo(stock, stock.Count).Select(mail => new MailSendResult(mail, new SendResult(SendVerdict.NotBegun, "")))];
            var ready = DequeueUpTo(stock, Window - pool.PendingCount);
            var wanted = mayTake ? bucket.Take(Window - stock.Count) : 0;
            var turn = await WriteAsync(results, ready, wanted, stopping);
            bucket.Return(wanted - turn.Taken);
            hasTaken |= turn.Taken > 0;
            LogResults(results, turn.Late);
            // Those that the server has answered before go last: a mail that is refused for good reason then holds up none of the others.
            foreach (var mail in turn.Submitted.OrderBy(mail => mail.Answer is not null))
                pool.Enqueue(mail, mail.MailingId is { } mailing ? texts[mailing] : null, turn.At);
            await ReadTextsAsync(turn.Claimed, texts);
            foreach (var mail in turn.Claimed)
                stock.Enqueue(mail);
            if (stock.Count > 0 && pool.PendingCount < Window)
                continue;
            if (pool.PendingCount > 0)
                await AwaitResultsAsync(pool);
            else if (!mayTake || (wanted > 0 && turn.Taken is 0))
                return hasTaken || !mayTake;
            else if (wanted is 0)
                await DelayAsync(bucket.Wait, stopping);
            if (clock.GetElapsedTime(tidiedAt) < TidyEvery)
                continue;
            await RecoverAsync(CancellationToken.None);
            await mailings.FinishAsync(CancellationToken.None);
            tidiedAt = clock.GetTimestamp();
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
        if (await outbox.RecoverAsync(cancellationToken) is var found and > 0)
            LogInDoubtFound(found);
    }

    /// <summary>
    /// Waits until so many results are there that writing them down is worth a transaction, or one has been there for a moment; or until
    /// it is time to look for other mails, while a slow server keeps one waiting.
    /// </summary>
    private async Task AwaitResultsAsync(MailConnectionPool pool)
    {
        await pool.AwaitResultAsync(bucket.Wait > TimeSpan.Zero ? bucket.Wait : TimeSpan.FromSeconds(options.Value.PollSeconds));
        if (pool.Results > 0)
            await pool.AwaitResultsAsync(Math.Min(Window / WorthWriting, pool.PendingCount), Linger);
    }

    private async Task DelayAsync(TimeSpan time, CancellationToken stopping) =>
        await Task.Delay(time, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Reads what the mails are copies of, once for all copies, and before any is marked as being on its way.</summary>
    private async Task ReadTextsAsync(IEnumerable<OutgoingMail> claimed, Dictionary<Guid, Mailing?> texts)
    {
        foreach (var id in claimed.Select(mail => mail.MailingId).OfType<Guid>().Distinct().Where(id => !texts.ContainsKey(id)))
            texts[id] = await mailings.FindAsync(id);
    }

    /// <summary>
    /// What became of a mail is known once and nowhere else: a database that is away is waited for, until the program is told to stop. A
    /// listener that fails again and again is left out.
    /// </summary>
    private async Task<OutboxBatch> WriteAsync(
        IReadOnlyList<MailSendResult> results, IReadOnlyCollection<OutgoingMail> ready, int most, CancellationToken stopping)
    {
        var (left, listenerTries, isTold) = (WriteTries, ListenerTries, false);
        while (true)
        {
            try
            {
                var turn = await outbox.RecordAndClaimAsync(
                    results, ready, most, listenerTries > 0 ? listeners : [], CancellationToken.None);
                if (isTold)
                    LogWritten();
                return turn;
            }
            catch (MailOutcomeHandlerException failed)
            {
                if (--listenerTries is 0)
                    LogWithoutListeners(failed.InnerException!.GetType().Name);
                await Task.Delay(DatabaseFailureClassifier.IsOutage(failed.InnerException) ? WritePause : Linger, CancellationToken.None);
            }
            catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed) && !stopping.IsCancellationRequested)
            {
                if (!isTold && results.Count > 0)
                    LogUnwritten(results.Count, DatabaseFailureClassifier.CodeOf(failed));
                else if (!isTold)
                    LogNoneTaken(DatabaseFailureClassifier.CodeOf(failed));
                isTold = true;
                await Task.Delay(WritePause, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception failed) when (--left > 0 && failed is not OutOfMemoryException)
            {
                await Task.Delay(Linger, CancellationToken.None);
            }
        }
    }

    private void LogResults(IReadOnlyList<MailSendResult> results, IReadOnlyList<Guid> late)
    {
        foreach (var mail in late)
            LogLate(mail);
        foreach (var (mail, answer) in results)
        {
            switch (answer.Verdict)
            {
                case SendVerdict.Accepted:
                    LogSent(mail.Id);
                    break;
                case SendVerdict.NotNow:
                    LogNotNow(mail.Id, mail.Attempts, answer.Code ?? NoAnswer);
                    break;
                case SendVerdict.Never:
                    LogDead(mail.Id, answer.Code ?? NoAnswer);
                    break;
                case SendVerdict.Unknown:
                    LogInDoubt(mail.Id);
                    break;
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Mail {MailId} is sent")]
    private partial void LogSent(Guid mailId);

    [LoggerMessage(LogLevel.Warning, "Mail {MailId} was not taken at try {Attempt} ({Code})")]
    private partial void LogNotNow(Guid mailId, int attempt, string code);

    [LoggerMessage(LogLevel.Warning, "Mail {MailId} is refused ({Code}): 'mail list --state dead' tells why")]
    private partial void LogDead(Guid mailId, string code);

    [LoggerMessage(LogLevel.Warning, "Mail {MailId} is unknown: the link broke before the server's answer")]
    private partial void LogInDoubt(Guid mailId);

    [LoggerMessage(LogLevel.Warning, "{Count} mails are unknown: a program ended while it was handing them over")]
    private partial void LogInDoubtFound(int count);

    [LoggerMessage(LogLevel.Warning, "What became of mail {MailId} came too late: somebody else had settled it")]
    private partial void LogLate(Guid mailId);

    [LoggerMessage(
        LogLevel.Error,
        "What became of some mails is written down without telling the newsletter or whoever else listens: they failed ({Kind})")]
    private partial void LogWithoutListeners(string kind);

    [LoggerMessage(LogLevel.Error, "What became of {Count} mails cannot be written down, and no mail leaves until it can: the database fails ({Kind}). Trying again every second")]
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
