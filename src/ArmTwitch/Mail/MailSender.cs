using System.Data.Common;
using Microsoft.EntityFrameworkCore;
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

    private const int WriteTries = 20, WorthWriting = 2;

    private static readonly TimeSpan WritePause = TimeSpan.FromSeconds(1), Linger = TimeSpan.FromMilliseconds(10), TidyEvery = TimeSpan.FromMinutes(1);

    private readonly TokenBucket bucket = new(options.Value.PerSecond, clock);

    private int Window => options.Value.Connections * InFlightForEachConnection;

    /// <summary>Sends everything that is due, and what becomes due meanwhile.</summary>
    /// <param name="stopping">Ends the taking of mails; one that is on its way is still finished.</param>
    public async Task SendAllAsync(CancellationToken stopping = default)
    {
        await RecoverAsync(stopping);
        if (!route.IsShut && await outbox.IsAnyDueAsync(stopping))
        {
            await using var crew = new MailCrew(transport, route, messages, signature, options.Value, clock, logger, stopping);
            if (await crew.OpenAsync())
                await FeedAsync(crew, stopping);
        }

        await mailings.FinishAsync(CancellationToken.None);
    }

    private async Task FeedAsync(MailCrew crew, CancellationToken stopping)
    {
        // Claimed mails that wait for room, so that a transaction both marks these and claims the next.
        var (stock, texts) = (new Queue<OutgoingMail>(), new Dictionary<Guid, Mailing?>());
        var tidiedAt = clock.GetTimestamp();
        while (true)
        {
            var mayTake = !stopping.IsCancellationRequested && !route.IsShut;
            var results = crew.TakeResults();
            if (!mayTake)
                results = [.. results, .. TakeOut(stock, stock.Count).Select(mail => new MailResult(mail, new MailAnswer(MailVerdict.NotBegun, "")))];
            var ready = TakeOut(stock, Window - crew.InHand);
            var wanted = mayTake ? bucket.Take(Window - stock.Count) : 0;
            var turn = await WriteAsync(results, ready, wanted);
            bucket.Return(wanted - turn.Taken);
            Tell(results, turn.Late);
            foreach (var mail in turn.Submitted)
                crew.HandIn(mail, mail.MailingId is { } mailing ? texts[mailing] : null);
            await ReadTextsAsync(turn.Claimed, texts);
            foreach (var mail in turn.Claimed)
                stock.Enqueue(mail);
            if (stock.Count > 0 && crew.InHand < Window)
                continue;
            if (crew.InHand > 0)
                await AwaitResultsAsync(crew);
            else if (!mayTake || (wanted > 0 && turn.Taken is 0))
                return;
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
    /// What became of a mail is known once and nowhere else: a database that is away for a moment is waited for, and a listener that
    /// fails again and again is left out.
    /// </summary>
    private async Task<MailTurn> WriteAsync(IReadOnlyList<MailResult> results, IReadOnlyCollection<OutgoingMail> ready, int most)
    {
        for (var left = WriteTries; ; left--)
        {
            try
            {
                return await outbox.TurnAsync(results, ready, most, left > WriteTries / 2 ? listeners : [], CancellationToken.None);
            }
            catch (Exception failed) when (left > 1 && failed is not OutOfMemoryException)
            {
                if (left == (WriteTries / 2) + 1)
                    LogWithoutListeners(failed.GetType().Name);
                await Task.Delay(failed is DbException or DbUpdateException or TimeoutException ? WritePause : Linger);
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
                    if (route.Open())
                        LogOpen();
                    LogSent(mail.Id);
                    break;
                case MailVerdict.NotNow:
                    LogNotNow(mail.Id, mail.Attempts);
                    break;
                case MailVerdict.Never:
                    LogDead(mail.Id);
                    break;
                case MailVerdict.Unknown:
                    LogInDoubt(mail.Id);
                    break;
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Mail {MailId} is sent")]
    private partial void LogSent(Guid mailId);

    [LoggerMessage(LogLevel.Warning, "Mail {MailId} was not taken at try {Attempt}")]
    private partial void LogNotNow(Guid mailId, int attempt);

    [LoggerMessage(LogLevel.Warning, "Mail {MailId} is dead: 'mail list --state dead' tells why")]
    private partial void LogDead(Guid mailId);

    [LoggerMessage(LogLevel.Warning, "Mail {MailId} is in doubt: the link broke before the server's answer")]
    private partial void LogInDoubt(Guid mailId);

    [LoggerMessage(LogLevel.Warning, "{Count} mails are in doubt: a program ended while it was handing them over")]
    private partial void LogInDoubtFound(int count);

    [LoggerMessage(LogLevel.Warning, "What became of mail {MailId} came too late: somebody else had settled it")]
    private partial void LogLate(Guid mailId);

    [LoggerMessage(LogLevel.Error, "What became of some mails is written down without telling the newsletter or whoever else listens: they failed ({Kind})")]
    private partial void LogWithoutListeners(string kind);

    [LoggerMessage(LogLevel.Information, "Mails leave again")]
    private partial void LogOpen();
}
