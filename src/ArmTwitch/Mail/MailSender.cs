using ArmTwitch.Data;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Mail;

/// <summary>
/// Sends what is due over several connections. While they are busy, this writes down what became of the mails before and takes the
/// next ones, many in one transaction, so that no connection waits for the database. Any number of programs may do so at once.
/// </summary>
public sealed partial class MailSender(
    Outbox outbox, Mailings mailings, MailMessages messages, MailSignature signature, IMailTransport transport, MailRoute route, IEnumerable<IMailOutcomes> listeners, IOptions<MailOptions> options,
    TimeProvider clock, ILogger<MailSender> logger)
{
    /// <summary>How many mails of each connection may be marked as being on their way: as many are in doubt if the program dies now.</summary>
    public const int InFlightForEachConnection = 16;

    private const int WriteTries = 5, ListenerTries = 10, WorthWriting = 2;

    private const string NoAnswer = "no answer";

    private static readonly TimeSpan WritePause = TimeSpan.FromSeconds(1), Linger = TimeSpan.FromMilliseconds(10), TidyEvery = TimeSpan.FromMinutes(1);

    private readonly TokenBucket bucket = new(options.Value.PerSecond, clock);

    private int Window => options.Value.Connections * InFlightForEachConnection;

    /// <summary>Sends everything that is due, and what becomes due meanwhile.</summary>
    /// <param name="stopping">Ends the taking of mails; one that is on its way is still finished.</param>
    public async Task SendAllAsync(CancellationToken stopping = default)
    {
        await RecoverAsync(stopping);
        // After trouble of the connection also when nothing is due, or the trouble would be told long after it is over.
        if (!route.IsShut && (route is { Trouble: not null, IsRefusing: false } || await outbox.IsAnyDueAsync(stopping)))
        {
            await using var crew = new MailCrew(transport, route, messages, signature, options.Value, clock, logger, stopping);
            if (await crew.OpenAsync())
                await FeedAsync(crew, stopping);
        }
        else if (route is { IsShut: false, IsRefusing: true } && !await outbox.IsAnyWaitingAsync(stopping) && route.Open())
        {
            LogNoneWaits();
        }

        await mailings.FinishAsync(CancellationToken.None);
    }

    private async Task FeedAsync(MailCrew crew, CancellationToken stopping)
    {
        try
        {
            if (!await FeedUntilNothingIsDueAsync(crew, stopping) && !route.IsRefusing && route.Open())
                LogReachable();
        }
        finally
        {
            // Whatever ended the feeding: what became of the mails on their way is known here and nowhere else.
            while (crew.InHand > 0)
            {
                await AwaitResultsAsync(crew);
                var results = crew.TakeResults();
                Tell(results, (await WriteAsync(results, [], 0, stopping)).Late);
            }
        }
    }

    /// <returns>False when there was nothing to send.</returns>
    private async Task<bool> FeedUntilNothingIsDueAsync(MailCrew crew, CancellationToken stopping)
    {
        // Claimed mails that wait for room, so that a transaction both marks these and claims the next.
        var (stock, texts) = (new Queue<OutgoingMail>(), new Dictionary<Guid, Mailing?>());
        var (tidiedAt, hasTaken) = (clock.GetTimestamp(), false);
        while (true)
        {
            var mayTake = !stopping.IsCancellationRequested && !route.IsShut;
            var results = crew.TakeResults();
            if (!mayTake)
                results = [.. results, .. TakeOut(stock, stock.Count).Select(mail => new MailResult(mail, new MailAnswer(MailVerdict.NotBegun, "")))];
            var ready = TakeOut(stock, Window - crew.InHand);
            var wanted = mayTake ? bucket.Take(Window - stock.Count) : 0;
            var turn = await WriteAsync(results, ready, wanted, stopping);
            bucket.Return(wanted - turn.Taken);
            hasTaken |= turn.Taken > 0;
            Tell(results, turn.Late);
            // Those that the server has answered before go last: a mail that is refused for good reason then holds up none of the others.
            foreach (var mail in turn.Submitted.OrderBy(mail => mail.Answer is not null))
                crew.HandIn(mail, mail.MailingId is { } mailing ? texts[mailing] : null, turn.At);
            await ReadTextsAsync(turn.Claimed, texts);
            foreach (var mail in turn.Claimed)
                stock.Enqueue(mail);
            if (stock.Count > 0 && crew.InHand < Window)
                continue;
            if (crew.InHand > 0)
                await AwaitResultsAsync(crew);
            else if (!mayTake || (wanted > 0 && turn.Taken is 0))
                return hasTaken || !mayTake;
            else if (wanted is 0)
                await RestAsync(bucket.Wait, stopping);
            if (clock.GetElapsedTime(tidiedAt) < TidyEvery)
                continue;
            await RecoverAsync(CancellationToken.None);
            await mailings.FinishAsync(CancellationToken.None);
            tidiedAt = clock.GetTimestamp();
        }
    }

    private static List<OutgoingMail> TakeOut(Queue<OutgoingMail> stock, int most)
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
    private async Task AwaitResultsAsync(MailCrew crew)
    {
        await crew.AwaitResultAsync(bucket.Wait > TimeSpan.Zero ? bucket.Wait : TimeSpan.FromSeconds(options.Value.PollSeconds));
        if (crew.Results > 0)
            await crew.AwaitResultsAsync(Math.Min(Window / WorthWriting, crew.InHand), Linger);
    }

    private async Task RestAsync(TimeSpan time, CancellationToken stopping) =>
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
    private async Task<MailTurn> WriteAsync(IReadOnlyList<MailResult> results, IReadOnlyCollection<OutgoingMail> ready, int most, CancellationToken stopping)
    {
        var (left, listenerTries, isTold) = (WriteTries, ListenerTries, false);
        while (true)
        {
            try
            {
                var turn = await outbox.TurnAsync(results, ready, most, listenerTries > 0 ? listeners : [], CancellationToken.None);
                if (isTold)
                    LogWritten();
                return turn;
            }
            catch (MailListenerException failed)
            {
                if (--listenerTries is 0)
                    LogWithoutListeners(failed.InnerException!.GetType().Name);
                await Task.Delay(DatabaseFailure.Is(failed.InnerException) ? WritePause : Linger, CancellationToken.None);
            }
            catch (Exception failed) when (DatabaseFailure.Is(failed) && !stopping.IsCancellationRequested)
            {
                if (!isTold && results.Count > 0)
                    LogUnwritten(results.Count, DatabaseFailure.CodeOf(failed));
                else if (!isTold)
                    LogNoneTaken(DatabaseFailure.CodeOf(failed));
                isTold = true;
                await Task.Delay(WritePause, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception failed) when (--left > 0 && failed is not OutOfMemoryException)
            {
                await Task.Delay(Linger, CancellationToken.None);
            }
        }
    }

    private void Tell(IReadOnlyList<MailResult> results, IReadOnlyList<Guid> late)
    {
        foreach (var mail in late)
            LogLate(mail);
        foreach (var (mail, answer) in results)
        {
            switch (answer.Verdict)
            {
                case MailVerdict.Accepted:
                    LogSent(mail.Id);
                    break;
                case MailVerdict.NotNow:
                    LogNotNow(mail.Id, mail.Attempts, answer.Code ?? NoAnswer);
                    break;
                case MailVerdict.Never:
                    LogDead(mail.Id, answer.Code ?? NoAnswer);
                    break;
                case MailVerdict.Unknown:
                    LogInDoubt(mail.Id);
                    break;
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Mail {MailId} is sent")]
    private partial void LogSent(Guid mailId);

    [LoggerMessage(LogLevel.Warning, "Mail {MailId} was not taken at try {Attempt} ({Code})")]
    private partial void LogNotNow(Guid mailId, int attempt, string code);

    [LoggerMessage(LogLevel.Warning, "Mail {MailId} is dead ({Code}): 'mail list --state dead' tells why")]
    private partial void LogDead(Guid mailId, string code);

    [LoggerMessage(LogLevel.Warning, "Mail {MailId} is in doubt: the link broke before the server's answer")]
    private partial void LogInDoubt(Guid mailId);

    [LoggerMessage(LogLevel.Warning, "{Count} mails are in doubt: a program ended while it was handing them over")]
    private partial void LogInDoubtFound(int count);

    [LoggerMessage(LogLevel.Warning, "What became of mail {MailId} came too late: somebody else had settled it")]
    private partial void LogLate(Guid mailId);

    [LoggerMessage(LogLevel.Error, "What became of some mails is written down without telling the newsletter or whoever else listens: they failed ({Kind})")]
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
