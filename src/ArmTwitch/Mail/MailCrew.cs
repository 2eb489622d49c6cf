using System.Threading.Channels;
using MimeKit;

namespace ArmTwitch.Mail;

/// <summary>
/// The connections of one round. Each has a worker that hands over one mail after the other; a second one opens only when there are
/// two mails to hand over.
/// </summary>
internal sealed partial class MailCrew(
    IMailTransport transport, MailRoute route, MailMessages messages, MailSignature signature, MailOptions options, TimeProvider clock, ILogger logger, CancellationToken stopping) : IAsyncDisposable
{
    /// <summary>How long a mail that is being handed over may go on when the program is told to stop.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(25);

    private readonly Channel<Delivery> waiting = Channel.CreateUnbounded<Delivery>();
    private readonly Channel<MailResult> results = Channel.CreateUnbounded<MailResult>();
    private readonly CancellationTokenSource end = new();
    private readonly List<Task> workers = [];
    private CancellationTokenRegistration stop;
    private int most = options.Connections, alive;
    private volatile Awaited? awaited;
    private string trouble = "";

    /// <summary>How many mails were handed in whose results have not been taken.</summary>
    public int InHand { get; private set; }

    /// <summary>How many results can be taken.</summary>
    public int Results => results.Reader.Count;

    /// <summary>Opens the first connection, so that no mail is touched while there is no way.</summary>
    /// <returns>False when there is none; the route is shut then.</returns>
    public async Task<bool> OpenAsync()
    {
        stop = stopping.Register(() => end.CancelAfter(Grace));
        if (await ConnectAsync() is { } connection)
            Start(connection);
        else
            Shut();
        return alive > 0;
    }

    /// <summary>Takes over a mail that is marked as being on its way.</summary>
    /// <param name="mailing">What it is a copy of, if it is one.</param>
    public void HandIn(OutgoingMail mail, Mailing? mailing)
    {
        InHand++;
        waiting.Writer.TryWrite(new Delivery(mail, mailing, clock.GetTimestamp()));
        if (alive > 0 && alive < Math.Min(most, InHand) && !route.IsShut)
            Start(null);
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

    /// <summary>Closes the connections once everything that was handed in has a result.</summary>
    public async ValueTask DisposeAsync()
    {
        waiting.Writer.Complete();
        await Task.WhenAll(workers);
        await stop.DisposeAsync();
        end.Dispose();
    }

    private void Start(IMailConnection? connection)
    {
        Interlocked.Increment(ref alive);
        workers.Add(Task.Run(() => WorkAsync(connection), CancellationToken.None));
    }

    private async Task WorkAsync(IMailConnection? connection)
    {
        try
        {
            var isLost = false;
            await foreach (var delivery in waiting.Reader.ReadAllAsync())
            {
                if (MayBegin(delivery) && !isLost)
                    connection = await ReopenAsync(connection);
                if (connection is null && !isLost && MayBegin(delivery))
                {
                    // Others go on with what this one cannot; the last one gives everything back.
                    most = Math.Min(most, Math.Max(1, alive - 1));
                    if (Interlocked.Decrement(ref alive) > 0)
                    {
                        LogFewer(trouble);
                        waiting.Writer.TryWrite(delivery);
                        return;
                    }

                    isLost = true;
                    Shut();
                }

                results.Writer.TryWrite(new MailResult(delivery.Mail, await HandOverAsync(delivery, connection)));
                if (awaited is { } some && Results >= some.Count)
                    some.Are.TrySetResult();
            }
        }
        finally
        {
            if (connection is not null)
                await connection.DisposeAsync();
        }
    }

    private async Task<MailAnswer> HandOverAsync(Delivery delivery, IMailConnection? connection)
    {
        if (connection is null || !MayBegin(delivery))
            return new(MailVerdict.NotBegun, "");
        try
        {
            using var message = Make(delivery, out var wrong);
            if (message is null)
                return new(MailVerdict.Never, $"No mail can be made of it: {wrong}");
            signature.Sign(message);
            var answer = await connection.SendAsync(message, end.Token);
            if (answer.Verdict is MailVerdict.RouteClosed)
            {
                trouble = "The mail server takes no mail just now.";
                Shut();
            }

            return answer;
        }
        catch (Exception failed)
        {
            return new(MailVerdict.Unknown, $"The program failed while it was handing the mail over ({failed.GetType().Name}).");
        }
    }

    private MimeMessage? Make(Delivery delivery, out string wrong)
    {
        try
        {
            wrong = "";
            return messages.Make(delivery.Mail, delivery.Mailing);
        }
        catch (Exception failed) when (failed is FormatException or ArgumentException or InvalidOperationException)
        {
            wrong = failed.Message;
            return null;
        }
    }

    /// <summary>Whether there is a way, nobody wants to stop, and the mail belongs to this program for long enough.</summary>
    private bool MayBegin(Delivery delivery) =>
        !stopping.IsCancellationRequested && !route.IsShut && clock.GetElapsedTime(delivery.HandedInAt) + options.Timeout < options.Lease;

    private async Task<IMailConnection?> ReopenAsync(IMailConnection? connection)
    {
        if (connection is { IsOpen: true })
            return connection;
        if (connection is not null)
            await connection.DisposeAsync();
        return await ConnectAsync();
    }

    private async Task<IMailConnection?> ConnectAsync()
    {
        try
        {
            return await transport.ConnectAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return null;
        }
        catch (MailRouteException closed)
        {
            trouble = closed.Message;
            return null;
        }
    }

    private void Shut()
    {
        if (!stopping.IsCancellationRequested && !route.IsShut)
            LogShut(trouble, route.Shut(trouble).TotalSeconds);
    }

    [LoggerMessage(LogLevel.Warning, "A further connection cannot be had. {Trouble} The others go on")]
    private partial void LogFewer(string trouble);

    [LoggerMessage(LogLevel.Warning, "Mails wait. {Trouble} Trying again in {Seconds} seconds")]
    private partial void LogShut(string trouble, double seconds);

    private sealed record Awaited(int Count, TaskCompletionSource Are);

    private readonly record struct Delivery(OutgoingMail Mail, Mailing? Mailing, long HandedInAt);
}
