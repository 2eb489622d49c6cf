using System.Collections.Concurrent;
using System.Threading.Channels;
using MimeKit;

namespace ArmTwitch.Mail;

/// <summary>
/// The connections of one round. Each mail that is handed in is a task of its own: it waits for a place, takes the connection that is
/// there or makes one, and ends with a result whatever happens. No worker has to be alive for that, so none can be missing.
/// </summary>
internal sealed partial class MailCrew(
    IMailTransport transport, MailRoute route, MailMessages messages, MailSignature signature, MailOptions options, TimeProvider clock, ILogger logger, CancellationToken stopping) : IAsyncDisposable
{
    /// <summary>How long a mail that is being handed over may go on when the program is told to stop.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(25);

    /// <summary>How long a place stays empty when a server takes fewer connections than we may open.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    /// <summary>So many new connections in a row that end with their first mail in doubt are no accident.</summary>
    private const int MostDoubts = 3;

    private readonly Channel<MailResult> results = Channel.CreateUnbounded<MailResult>();
    private readonly SemaphoreSlim places = new(options.Connections);
    private readonly ConcurrentStack<Line> idle = [];
    private readonly CancellationTokenSource end = new(), over = new();
    private CancellationTokenRegistration stop;
    private int connected;
    private volatile Awaited? awaited;

    /// <summary>How many mails were handed in whose results have not been taken.</summary>
    public int InHand { get; private set; }

    /// <summary>How many results can be taken.</summary>
    public int Results => results.Reader.Count;

    /// <summary>Opens the first connection, so that no mail is touched while there is no way.</summary>
    /// <returns>False when there is none; the route is shut then.</returns>
    public async Task<bool> OpenAsync()
    {
        stop = stopping.Register(() => end.CancelAfter(Grace));
        var (line, trouble) = await ConnectAsync();
        if (line is null)
            Shut(trouble);
        else
            idle.Push(line);
        return line is not null;
    }

    /// <summary>Takes over a mail that is marked as being on its way. Who is handed in first gets the first place that is free.</summary>
    /// <param name="mailing">What it is a copy of, if it is one.</param>
    /// <param name="leasedAt">When its lease began, as a timestamp of the clock.</param>
    public void HandIn(OutgoingMail mail, Mailing? mailing, long leasedAt)
    {
        InHand++;
        // Not in the task: tasks begin in any order.
        var place = places.WaitAsync();
        _ = Task.Run(() => DeliverAsync(new Delivery(mail, mailing, leasedAt), place), CancellationToken.None);
    }

    /// <summary>Takes the results that are there.</summary>
    public IReadOnlyList<MailResult> TakeResults()
    {
        var taken = new List<MailResult>();
        while (results.Reader.TryRead(out var result))
            taken.Add(result);
        InHand -= taken.Count;
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
        var all = awaited = new Awaited(count, new(TaskCreationOptions.RunContinuationsAsynchronously));
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

    private async Task DeliverAsync(Delivery delivery, Task place)
    {
        MailAnswer answer;
        try
        {
            answer = await HandOverAsync(delivery, place);
        }
        catch (Exception failed)
        {
            answer = new(MailVerdict.Unknown, $"The program failed while it was handing the mail over ({failed.GetType().Name}).");
        }

        results.Writer.TryWrite(new MailResult(delivery.Mail, answer));
        if (awaited is { } some && Results >= some.Count)
            some.Are.TrySetResult();
    }

    private async Task<MailAnswer> HandOverAsync(Delivery delivery, Task firstPlace)
    {
        for (var place = firstPlace; ; place = places.WaitAsync())
        {
            await place;
            var rests = false;
            try
            {
                if (!MayBegin(delivery))
                    return new(MailVerdict.NotBegun, "");
                var (line, trouble) = idle.TryPop(out var open) ? (open, "") : await ConnectAsync();
                if (line is not null && !MayBegin(delivery))
                {
                    // The connection took long to come.
                    idle.Push(line);
                    return new(MailVerdict.NotBegun, "");
                }

                if (line is not null && await TrySendAsync(line, delivery) is { } answer)
                    return answer;
                if (line is not null)
                    continue;
                // Who has a connection has a place, too: there is always one left for this mail to wait for.
                rests = Volatile.Read(ref connected) > 0 && !stopping.IsCancellationRequested;
                if (!rests)
                {
                    Shut(trouble);
                    return new(MailVerdict.NotBegun, "");
                }

                LogFewer(trouble);
            }
            finally
            {
                if (rests)
                    _ = RestAsync();
                else
                    places.Release();
            }
        }
    }

    /// <returns>
    /// Null when the connection, which had served other mails before, has ended without an answer to this one: a new connection tells
    /// whether that was the mail's doing.
    /// </returns>
    private async Task<MailAnswer?> TrySendAsync(Line line, Delivery delivery)
    {
        using var message = Make(delivery, out var fault);
        MailAnswer answer;
        try
        {
            answer = message is null ? fault : await line.Connection.SendAsync(message, end.Token);
        }
        catch
        {
            await CloseAsync(line);
            throw;
        }

        var (hasServed, isClosing) = (line.HasServed, answer.Verdict is MailVerdict.RouteClosed || !line.Connection.IsOpen);
        line.HasServed |= answer.Verdict is MailVerdict.Accepted;
        if (isClosing)
            await CloseAsync(line);
        else
            idle.Push(line);
        switch (answer)
        {
            case { Verdict: MailVerdict.Accepted }:
                if (route.Accept())
                    LogOpen();
                return answer;
            case { IsOfConnection: true } when hasServed && isClosing:
                return null;
            // It was told the same before, and another mail was taken since: the server takes others, and this mail grows old.
            case { Verdict: MailVerdict.RouteClosed } when answer.IsAsBefore(delivery.Mail.Answer) && route.HasTaken:
                return answer with { Verdict = MailVerdict.NotNow };
            case { Verdict: MailVerdict.Unknown }
                when isClosing && !hasServed && !stopping.IsCancellationRequested && route.Doubt() >= MostDoubts:
                answer = answer with { Trouble = new SmtpTrouble(options).OfDoubt(MostDoubts) };
                Shut(answer.Trouble, isRefusal: true);
                return answer;
            case { Verdict: MailVerdict.RouteClosed }:
                Shut(answer.Trouble ?? "The mail server takes no mail just now.", isRefusal: true);
                return answer;
            default:
                return answer;
        }
    }

    /// <returns>Null when no mail can be made of the row; the fault says why.</returns>
    private MimeMessage? Make(Delivery delivery, out MailAnswer fault)
    {
        fault = default;
        try
        {
            var message = messages.Make(delivery.Mail, delivery.Mailing);
            signature.Sign(message);
            return message;
        }
        catch (Exception failed)
        {
            fault = failed is FormatException or ArgumentException or InvalidOperationException
                ? new(MailVerdict.Never, $"No mail can be made of it: {failed.Message}") { Failure = DeliveryFailure.MessageRefused }
                : new(MailVerdict.NotNow, $"The program failed while it was making the mail ({failed.GetType().Name}).") { Failure = DeliveryFailure.MessageRefused };
            return null;
        }
    }

    /// <summary>Whether there is a way, nobody wants to stop, and the mail belongs to this program for long enough.</summary>
    private bool MayBegin(Delivery delivery) =>
        !stopping.IsCancellationRequested && !route.IsShut && clock.GetElapsedTime(delivery.LeasedAt) + options.Timeout < options.Lease;

    private async Task<(Line? Line, string Trouble)> ConnectAsync()
    {
        try
        {
            var line = new Line(await transport.ConnectAsync(stopping));
            Interlocked.Increment(ref connected);
            return (line, "");
        }
        catch (MailRouteException closed)
        {
            return (null, closed.Message);
        }
        catch (Exception failed)
        {
            return (null, $"No connection can be made ({failed.GetType().Name}).");
        }
    }

    private async Task CloseAsync(Line line)
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
    private async Task RestAsync()
    {
        await Task.Delay(Rest, clock, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!over.IsCancellationRequested)
            places.Release();
    }

    private void Shut(string trouble, bool isRefusal = false)
    {
        if (!stopping.IsCancellationRequested && !route.IsShut)
            LogShut(trouble, route.Shut(trouble, isRefusal).TotalSeconds);
    }

    [LoggerMessage(LogLevel.Warning, "A further connection cannot be had. {Trouble} The others go on")]
    private partial void LogFewer(string trouble);

    [LoggerMessage(LogLevel.Warning, "Mails wait. {Trouble} Trying again in {Seconds} seconds")]
    private partial void LogShut(string trouble, double seconds);

    [LoggerMessage(LogLevel.Information, "Mails leave again")]
    private partial void LogOpen();

    private sealed record Awaited(int Count, TaskCompletionSource Are);

    private readonly record struct Delivery(OutgoingMail Mail, Mailing? Mailing, long LeasedAt);

    private sealed class Line(IMailConnection connection)
    {
        public IMailConnection Connection => connection;

        /// <summary>Whether it has taken a mail: it works, and when it ends that need not be the fault of the mail that meets it.</summary>
        public bool HasServed { get; set; }
    }
}
