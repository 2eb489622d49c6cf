using System.Collections.Concurrent;
using System.Threading.Channels;
using ArmTwitch.Mail.Messages;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Mail.Transports;
using MimeKit;

namespace ArmTwitch.Mail.Sending;

/// <summary>
/// The connections of one round. Each mail that is handed in is a task of its own: it waits for a place, takes the connection that is
/// there or makes one, and ends with a result whatever happens. No worker has to be alive for that, so none can be missing.
/// </summary>
internal sealed partial class MailConnectionPool(
    IMailTransport transport, MailCircuitBreaker breaker, MimeMessageFactory messages, DkimMailSigner signature, MailOptions options,
    TimeProvider clock, ILogger logger, CancellationToken stopping) : IAsyncDisposable
{
    /// <summary>How long a mail that is being handed over may go on when the program is told to stop.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(25);

    /// <summary>How long a place stays empty when a server takes fewer connections than we may open.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    /// <summary>So many new connections in a row that end with their first mail in doubt are no accident.</summary>
    private const int MostDoubts = 3;

    private readonly Channel<MailSendResult> results = Channel.CreateUnbounded<MailSendResult>();
    private readonly SemaphoreSlim places = new(options.Connections);
    private readonly ConcurrentStack<PooledConnection> idle = [];
    private readonly CancellationTokenSource end = new(), over = new();
    private CancellationTokenRegistration stop;
    private int connected;
    private volatile ResultWaiter? awaited;

    /// <summary>How many mails were handed in whose results have not been taken.</summary>
    public int PendingCount { get; private set; }

    /// <summary>How many results can be taken.</summary>
    public int Results => results.Reader.Count;

    /// <summary>Opens the first connection, so that no mail is touched while there is no way.</summary>
    /// <returns>False when there is none; the route is shut then.</returns>
    public async Task<bool> OpenAsync()
    {
        stop = stopping.Register(() => end.CancelAfter(Grace));
        var (line, trouble) = await ConnectAsync();
        if (line is null)
            OpenCircuit(trouble);
        else
            idle.Push(line);
        return line is not null;
    }

    /// <summary>Takes over a mail that is marked as being on its way. Who is handed in first gets the first place that is free.</summary>
    /// <param name="mailing">What it is a copy of, if it is one.</param>
    /// <param name="leasedAt">When its lease began, as a timestamp of the clock.</param>
    public void Enqueue(OutgoingMail mail, Mailing? mailing, long leasedAt)
    {
        PendingCount++;
        // Not in the task: tasks begin in any order.
        var place = places.WaitAsync();
        _ = Task.Run(() => DeliverAsync(new SendJob(mail, mailing, leasedAt), place), CancellationToken.None);
    }

    /// <summary>Takes the results that are there.</summary>
    public IReadOnlyList<MailSendResult> TakeResults()
    {
        var taken = new List<MailSendResult>();
        while (results.Reader.TryRead(out var result))
            taken.Add(result);
        PendingCount -= taken.Count;
        return taken;
    }

    /// <summary>Waits until there is a result, or for so long.</summary>
    public async Task AwaitResultAsync(TimeSpan patience)
    {
        using var enough = new CancellationTokenSource(patience, clock);
        Task result = results.Reader.WaitToReadAsync(enough.Token).AsTask();
        await result.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Waits until there are so many results, or for so long.</summary>
    public async Task AwaitResultsAsync(int count, TimeSpan patience)
    {
        var all = awaited = new ResultWaiter(count, new(TaskCreationOptions.RunContinuationsAsynchronously));
        if (Results < count)
            await all.Are.Task.WaitAsync(patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        awaited = null;
    }

    /// <summary>Closes the connections. All results must have been taken.</summary>
    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await Task.WhenAll(idle.Select(CloseAsync));
        await stop.DisposeAsync();
        end.Dispose();
        over.Dispose();
        places.Dispose();
    }

    private async Task DeliverAsync(SendJob delivery, Task place)
    {
        SendResult answer;
        try
        {
            answer = await SendAsync(delivery, place);
        }
        catch (Exception failed)
        {
            answer = new(SendVerdict.Unknown, $"The program failed while it was handing the mail over ({failed.GetType().Name}).");
        }

        results.Writer.TryWrite(new MailSendResult(delivery.Mail, answer));
        if (awaited is { } some && Results >= some.Count)
            some.Are.TrySetResult();
    }

    private async Task<SendResult> SendAsync(SendJob delivery, Task firstPlace)
    {
        for (var place = firstPlace; ; place = places.WaitAsync())
        {
            await place;
            var rests = false;
            try
            {
                if (!MayBegin(delivery))
                    return new(SendVerdict.NotBegun, "");
                var (line, trouble) = idle.TryPop(out var open) ? (open, "") : await ConnectAsync();
                if (line is not null && !MayBegin(delivery))
                {
                    // The connection took long to come.
                    idle.Push(line);
                    return new(SendVerdict.NotBegun, "");
                }

                if (line is not null && await TrySendAsync(line, delivery) is { } answer)
                    return answer;
                if (line is not null)
                    continue;
                // Who has a connection has a place, too: there is always one left for this mail to wait for.
                rests = Volatile.Read(ref connected) > 0 && !stopping.IsCancellationRequested;
                if (!rests)
                {
                    OpenCircuit(trouble);
                    return new(SendVerdict.NotBegun, "");
                }

                LogFewer(trouble);
            }
            finally
            {
                if (rests)
                    _ = FreeSlotLaterAsync();
                else
                    places.Release();
            }
        }
    }

    /// <returns>
    /// Null when the connection, which had served other mails before, has ended without an answer to this one: a new connection tells
    /// whether that was the mail's doing.
    /// </returns>
    private async Task<SendResult?> TrySendAsync(PooledConnection line, SendJob delivery)
    {
        using var message = BuildMessage(delivery, out var fault);
        var trips = breaker.Trips;
        SendResult answer;
        try
        {
            answer = message is null ? fault : await line.Connection.SendAsync(message, end.Token);
        }
        catch
        {
            await CloseAsync(line);
            throw;
        }

        var (hasServed, isClosing) = (line.HasSent, answer.Verdict is SendVerdict.RouteClosed || !line.Connection.IsOpen);
        line.HasSent |= answer.Verdict is SendVerdict.Accepted;
        if (isClosing)
            await CloseAsync(line);
        else
            idle.Push(line);
        switch (answer)
        {
            case { Verdict: SendVerdict.Accepted }:
                if (breaker.Accept(trips))
                    LogOpen();
                return answer;
            case { IsConnectionFault: true } when hasServed && isClosing:
                return null;
            // It was told the same before, and another mail was taken since: the server takes others, and this mail grows old.
            case { Verdict: SendVerdict.RouteClosed } when answer.IsAsBefore(delivery.Mail.Answer) && breaker.HasTaken:
                return answer with { Verdict = SendVerdict.NotNow };
            case { Verdict: SendVerdict.Unknown }
                when isClosing && !hasServed && !stopping.IsCancellationRequested && breaker.Doubt(line.Number) >= MostDoubts:
                answer = answer with { RouteFault = new SmtpErrorDescriber(options).OfDoubt(MostDoubts) };
                OpenCircuit(answer.RouteFault, isRefusal: true);
                return answer;
            case { Verdict: SendVerdict.RouteClosed }:
                OpenCircuit(answer.RouteFault ?? "The mail server takes no mail just now.", isRefusal: true);
                return answer;
            default:
                return answer;
        }
    }

    /// <returns>Null when no mail can be made of the row; the fault says why.</returns>
    private MimeMessage? BuildMessage(SendJob delivery, out SendResult fault)
    {
        fault = default;
        try
        {
            var message = messages.Create(delivery.Mail, delivery.Mailing);
            signature.Sign(message);
            return message;
        }
        catch (Exception failed)
        {
            fault = failed is FormatException or ArgumentException or InvalidOperationException
                ? new(SendVerdict.Never, $"No mail can be made of it: {failed.Message}") { Failure = DeliveryFailure.MessageRefused }
                : new(SendVerdict.NotNow, $"The program failed while it was making the mail ({failed.GetType().Name}).")
                {
                    Failure = DeliveryFailure.MessageRefused
                };
            return null;
        }
    }

    /// <summary>Whether there is a way, nobody wants to stop, and the mail belongs to this program for long enough.</summary>
    private bool MayBegin(SendJob delivery) =>
        !stopping.IsCancellationRequested && !breaker.IsOpen && clock.GetElapsedTime(delivery.LeasedAt) + options.Timeout < options.Lease;

    private async Task<(PooledConnection? Line, string Trouble)> ConnectAsync()
    {
        try
        {
            var line = new PooledConnection(await transport.ConnectAsync(stopping), breaker.NumberConnection());
            Interlocked.Increment(ref connected);
            return (line, "");
        }
        catch (MailServerUnavailableException closed)
        {
            return (null, closed.Message);
        }
        catch (Exception failed)
        {
            return (null, $"No connection can be made ({failed.GetType().Name}).");
        }
    }

    private async Task CloseAsync(PooledConnection line)
    {
        // First: who still counts has a place that others may wait for.
        Interlocked.Decrement(ref connected);
        try
        {
            await line.Connection.DisposeAsync();
        }
        catch (Exception)
        {
            // It is gone, which is all that was wanted; the answer to the mail counts.
        }
    }

    /// <summary>Keeps a place empty for a while.</summary>
    private async Task FreeSlotLaterAsync()
    {
        await Task.Delay(Rest, clock, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!over.IsCancellationRequested)
            places.Release();
    }

    private void OpenCircuit(string trouble, bool isRefusal = false)
    {
        if (!stopping.IsCancellationRequested && !breaker.IsOpen)
            LogShut(trouble, breaker.Trip(trouble, isRefusal).TotalSeconds);
    }

    [LoggerMessage(LogLevel.Warning, "A further connection cannot be had. {Trouble} The others go on")]
    private partial void LogFewer(string trouble);

    [LoggerMessage(LogLevel.Warning, "Mails wait. {Trouble} Trying again in {Seconds} seconds")]
    private partial void LogShut(string trouble, double seconds);

    [LoggerMessage(LogLevel.Information, "Mails leave again")]
    private partial void LogOpen();

    private sealed record ResultWaiter(int Count, TaskCompletionSource Are);

    private readonly record struct SendJob(OutgoingMail Mail, Mailing? Mailing, long LeasedAt);

    private sealed class PooledConnection(IMailConnection connection, int number)
    {
        public int Number { get; } = number;

        public IMailConnection Connection => connection;

        /// <summary>Whether it has taken a mail: it works, and when it ends that need not be the fault of the mail that meets it.</summary>
        public bool HasSent { get; set; }
    }
}
