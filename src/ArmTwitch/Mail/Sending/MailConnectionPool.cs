using System.Collections.Concurrent;
using System.Diagnostics;
using ArmTwitch.Mail.Messages;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Mail.Transports;
using MimeKit;

namespace ArmTwitch.Mail.Sending;

/// <summary>
/// The open connections to the mail server. Each mail is a task of its own: it waits for a slot, takes an idle connection or opens one, and
/// always ends with a result. There are no worker loops that could stop unnoticed.
/// </summary>
internal sealed partial class MailConnectionPool(
    IMailTransport transport, MailCircuitBreaker breaker, MimeMessageFactory messages, DkimMailSigner signer, MailOptions options,
    TimeProvider clock, ILogger logger, CancellationToken stopping) : IAsyncDisposable
{
    /// <summary>How long a mail that is being handed over may go on after the program was told to stop.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(25);

    /// <summary>
    /// How long a slot stays closed when the server accepts fewer connections than <see cref="MailOptions.Connections"/>.
    /// </summary>
    private static readonly TimeSpan SlotPause = TimeSpan.FromMinutes(1);

    /// <summary>After so many new connections in a row whose first mail is unknown, the circuit opens.</summary>
    private const int MostUnknown = 3;

    private readonly SemaphoreSlim slots = new(options.Connections);
    private readonly ConcurrentStack<PooledConnection> idle = [];
    private readonly CancellationTokenSource abort = new(), disposed = new();
    private CancellationTokenRegistration stop;
    private int connected;

    public MailResultQueue Results { get; } = new(clock);

    /// <summary>Opens the first connection, so that no mail is touched while the server cannot be reached.</summary>
    /// <returns>False when that failed; the circuit is open then.</returns>
    public async Task<bool> OpenAsync()
    {
        stop = stopping.Register(() => abort.CancelAfter(Grace));
        var (connection, fault) = await ConnectAsync();
        if (connection is null)
            OpenCircuit(fault);
        else
            idle.Push(connection);
        return connection is not null;
    }

    /// <summary>Sends a mail that is marked as on its way. Mails get slots in the order of the calls.</summary>
    /// <param name="mailing">What it is a copy of; null for a mail with a text of its own.</param>
    /// <param name="leasedAt">When its lease began, as a timestamp of the clock.</param>
    public void Enqueue(OutgoingMail mail, Mailing? mailing, long leasedAt)
    {
        Results.Expect();
        // Not inside the task: tasks start in any order.
        var slot = slots.WaitAsync();
        _ = Task.Run(() => DeliverAsync(new SendJob(mail, mailing, leasedAt), slot), CancellationToken.None);
    }

    /// <summary>Closes the connections. All results must have been taken.</summary>
    public async ValueTask DisposeAsync()
    {
        await disposed.CancelAsync();
        await Task.WhenAll(idle.Select(CloseAsync));
        await stop.DisposeAsync();
        abort.Dispose();
        disposed.Dispose();
        slots.Dispose();
    }

    private async Task DeliverAsync(SendJob job, Task slot)
    {
        // A root: the round of sending goes on for hours, and each mail is a trace of its own.
        Activity.Current = null;
        using var activity = SiteTelemetry.Activities.StartActivity("send mail", ActivityKind.Client);
        SendResult answer;
        try
        {
            answer = await SendAsync(job, slot);
        }
        catch (Exception failed)
        {
            answer = new(SendVerdict.Unknown, $"The program failed while it was handing the mail over ({failed.GetType().Name}).");
        }

        activity?.SetTag("result", MailResultLog.WordFor(answer.Verdict));
        Results.Add(new MailSendResult(job.Mail, answer));
    }

    private async Task<SendResult> SendAsync(SendJob job, Task firstSlot)
    {
        for (var slot = firstSlot; ; slot = slots.WaitAsync())
        {
            await slot;
            var isPaused = false;
            try
            {
                if (!MayBegin(job))
                    return new(SendVerdict.NotBegun, "");
                var (connection, fault) = idle.TryPop(out var open) ? (open, "") : await ConnectAsync();
                if (connection is not null && !MayBegin(job))
                {
                    // Connecting took long.
                    idle.Push(connection);
                    return new(SendVerdict.NotBegun, "");
                }

                if (connection is not null && await TrySendAsync(connection, job) is { } answer)
                    return answer;
                if (connection is not null)
                    continue;
                // Every open connection has a slot: this mail can wait for one of those.
                isPaused = Volatile.Read(ref connected) > 0 && !stopping.IsCancellationRequested;
                if (!isPaused)
                {
                    OpenCircuit(fault);
                    return new(SendVerdict.NotBegun, "");
                }

                LogFewer(fault);
            }
            finally
            {
                if (isPaused)
                    _ = FreeSlotLaterAsync();
                else
                    slots.Release();
            }
        }
    }

    /// <returns>
    /// Null when a connection that had served other mails ended without an answer to this one. A new connection shows whether the mail was
    /// the cause.
    /// </returns>
    private async Task<SendResult?> TrySendAsync(PooledConnection connection, SendJob job)
    {
        using var message = BuildMessage(job, out var fault);
        var trips = breaker.Trips;
        SendResult answer;
        try
        {
            answer = message is null ? fault : await connection.Connection.SendAsync(message, abort.Token);
        }
        catch
        {
            await CloseAsync(connection);
            throw;
        }

        var (hadSent, isClosing) = (connection.HasSent, answer.Verdict is SendVerdict.RouteClosed || !connection.Connection.IsOpen);
        connection.HasSent |= answer.Verdict is SendVerdict.Accepted;
        if (isClosing)
            await CloseAsync(connection);
        else
            idle.Push(connection);
        switch (answer)
        {
            case { Verdict: SendVerdict.Accepted }:
                if (breaker.Accept(trips))
                    LogClosed();
                return answer;
            case { IsConnectionFault: true } when hadSent && isClosing:
                return null;
            // The same answer as at the last try although another mail was accepted since: the cause is this mail, so it uses up a try.
            case { Verdict: SendVerdict.RouteClosed } when answer.IsAsBefore(job.Mail.Answer) && breaker.HasAccepted:
                return answer with { Verdict = SendVerdict.NotNow };
            case { Verdict: SendVerdict.Unknown }
                when isClosing && !hadSent && !stopping.IsCancellationRequested && breaker.CountUnknown(connection.Number) >= MostUnknown:
                answer = answer with { RouteFault = new SmtpErrorDescriber(options).DescribeUnknown(MostUnknown) };
                OpenCircuit(answer.RouteFault, isRefusal: true);
                return answer;
            case { Verdict: SendVerdict.RouteClosed }:
                OpenCircuit(answer.RouteFault ?? "The mail server takes no mail just now.", isRefusal: true);
                return answer;
            default:
                return answer;
        }
    }

    /// <returns>Null when the row makes no mail; <paramref name="fault"/> says why.</returns>
    private MimeMessage? BuildMessage(SendJob job, out SendResult fault)
    {
        fault = default;
        try
        {
            var message = messages.Create(job.Mail, job.Mailing);
            signer.Sign(message);
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

    /// <summary>Whether the circuit is closed, the program goes on, and the lease outlasts a try.</summary>
    private bool MayBegin(SendJob job) =>
        !stopping.IsCancellationRequested && !breaker.IsOpen && clock.GetElapsedTime(job.LeasedAt) + options.Timeout < options.Lease;

    private async Task<(PooledConnection? Connection, string Fault)> ConnectAsync()
    {
        try
        {
            var connection = new PooledConnection(await transport.ConnectAsync(stopping), breaker.NumberConnection());
            Interlocked.Increment(ref connected);
            return (connection, "");
        }
        catch (MailServerUnavailableException unavailable)
        {
            return (null, unavailable.Message);
        }
        catch (Exception failed)
        {
            return (null, $"No connection can be made ({failed.GetType().Name}).");
        }
    }

    private async Task CloseAsync(PooledConnection connection)
    {
        // First, because SendAsync takes a counted connection for one that frees its slot.
        Interlocked.Decrement(ref connected);
        try
        {
            await connection.Connection.DisposeAsync();
        }
        catch (Exception)
        {
            // It is closed either way, and the answer to the mail counts.
        }
    }

    private async Task FreeSlotLaterAsync()
    {
        await Task.Delay(SlotPause, clock, disposed.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!disposed.IsCancellationRequested)
            slots.Release();
    }

    private void OpenCircuit(string fault, bool isRefusal = false)
    {
        if (!stopping.IsCancellationRequested && !breaker.IsOpen)
            LogOpened(fault, breaker.Trip(fault, isRefusal).TotalSeconds);
    }

    [LoggerMessage(LogLevel.Warning, "A further connection cannot be had. {Trouble} The others go on")]
    private partial void LogFewer(string trouble);

    [LoggerMessage(LogLevel.Warning, "Mails wait. {Trouble} Trying again in {Seconds} seconds")]
    private partial void LogOpened(string trouble, double seconds);

    [LoggerMessage(LogLevel.Information, "Mails leave again")]
    private partial void LogClosed();

    private readonly record struct SendJob(OutgoingMail Mail, Mailing? Mailing, long LeasedAt);

    private sealed class PooledConnection(IMailConnection connection, int number)
    {
        /// <summary>From <see cref="MailCircuitBreaker.NumberConnection"/>.</summary>
        public int Number { get; } = number;

        public IMailConnection Connection => connection;

        /// <summary>Whether a mail was accepted on it: when such a connection breaks, the next mail need not be the cause.</summary>
        public bool HasSent { get; set; }
    }
}
