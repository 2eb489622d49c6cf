using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace ArmTwitch.Mail;

/// <summary>Sends one mail after the other. Any number of senders, in this program or beside it, may do so at once.</summary>
public sealed partial class MailSender(
    Outbox outbox, MailMessages messages, IMailTransport transport, MailRoute route, ILogger<MailSender> logger)
{
    private const int WriteTries = 5;

    /// <summary>How long a mail that is being handed over may go on when the program is told to stop.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(25), WritePause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentBag<IMailConnection> idle = [];

    /// <param name="stopping">Ends the taking of mails; one that is on its way is still finished.</param>
    /// <returns>True when a mail was taken, so that it is worth asking again at once.</returns>
    public async Task<bool> SendNextAsync(CancellationToken stopping = default)
    {
        if (await outbox.RecoverAsync(stopping) is var found and > 0)
            LogInDoubtFound(found);
        if (route.IsShut || !await outbox.IsAnyDueAsync(stopping) || await ConnectAsync(stopping) is not { } connection)
            return false;
        try
        {
            return await outbox.ClaimAsync(stopping) is { } mail && await SendAsync(mail, connection, stopping);
        }
        finally
        {
            if (connection.IsOpen && !route.IsShut)
                idle.Add(connection);
            else
                await connection.DisposeAsync();
        }
    }

    /// <summary>Closes the connections that wait for a next mail.</summary>
    public async Task RestAsync()
    {
        while (idle.TryTake(out var connection))
            await connection.DisposeAsync();
    }

    private async Task<IMailConnection?> ConnectAsync(CancellationToken stopping)
    {
        while (idle.TryTake(out var waiting))
        {
            if (waiting.IsOpen)
                return waiting;
            await waiting.DisposeAsync();
        }

        try
        {
            return await transport.ConnectAsync(stopping);
        }
        catch (MailRouteException closed)
        {
            Shut(closed.Message);
            return null;
        }
    }

    private async Task<bool> SendAsync(OutgoingMail mail, IMailConnection connection, CancellationToken stopping)
    {
        MimeMessage message;
        try
        {
            message = messages.Make(mail);
        }
        catch (Exception failed) when (failed is FormatException or ArgumentException or InvalidOperationException)
        {
            await WriteAsync(mail, () => outbox.DeadAsync(mail, $"No mail can be made of it: {failed.Message}", CancellationToken.None));
            LogDead(mail.Id);
            return true;
        }

        using (message)
        {
            if (stopping.IsCancellationRequested)
            {
                await outbox.ReleaseAsync(mail, cancellationToken: CancellationToken.None);
                return false;
            }

            if (!await outbox.SubmitAsync(mail, CancellationToken.None))
                return true;
            using var end = new CancellationTokenSource();
            await using var stop = stopping.Register(() => end.CancelAfter(Grace));
            return await RecordAsync(mail, await connection.SendAsync(message, end.Token));
        }
    }

    private async Task<bool> RecordAsync(OutgoingMail mail, MailAnswer answer)
    {
        switch (answer.Verdict)
        {
            case MailVerdict.Accepted:
                await WriteAsync(mail, () => outbox.SentAsync(mail, answer.Words));
                if (route.Open())
                    LogOpen();
                LogSent(mail.Id);
                return true;
            case MailVerdict.NotNow:
                await WriteAsync(mail, () => outbox.NotNowAsync(mail, answer.Words));
                LogNotNow(mail.Id, mail.Attempts);
                return true;
            case MailVerdict.Never:
                await WriteAsync(mail, () => outbox.DeadAsync(mail, answer.Words));
                LogDead(mail.Id);
                return true;
            case MailVerdict.Unknown:
                await WriteAsync(mail, () => outbox.InDoubtAsync(mail, answer.Words));
                LogInDoubt(mail.Id);
                return true;
            default:
                await WriteAsync(mail, () => outbox.ReleaseAsync(mail, answer.Words));
                Shut("The mail server takes no mail just now.");
                return false;
        }
    }

    /// <summary>What became of a mail is known once and nowhere else: a database that is away for a moment is waited for.</summary>
    private async Task WriteAsync(OutgoingMail mail, Func<Task<bool>> write)
    {
        for (var left = WriteTries; ; left--)
        {
            try
            {
                if (!await write())
                    LogLost(mail.Id);
                return;
            }
            catch (Exception failed) when (left > 1 && failed is DbException or DbUpdateException or InvalidOperationException or TimeoutException)
            {
                await Task.Delay(WritePause);
            }
        }
    }

    private void Shut(string trouble) => LogShut(trouble, route.Shut(trouble).TotalSeconds);

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

    [LoggerMessage(LogLevel.Warning, "What became of mail {MailId} came too late: its lease had ended")]
    private partial void LogLost(Guid mailId);

    [LoggerMessage(LogLevel.Warning, "Mails wait. {Trouble} Trying again in {Seconds} seconds")]
    private partial void LogShut(string trouble, double seconds);

    [LoggerMessage(LogLevel.Information, "Mails leave again")]
    private partial void LogOpen();
}
