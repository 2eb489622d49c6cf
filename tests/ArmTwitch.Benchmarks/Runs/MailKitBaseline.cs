using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Messages;
using ArmTwitch.Tests.Mail.Crash;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Benchmarks.Runs;

/// <summary>
/// The mails of a mailing pushed by MailKit over as many connections as the outbox has. It is a program of its own, as the outbox is:
/// both begin cold, and both reach the mail server in another process.
/// </summary>
internal static class MailKitBaseline
{
    public const string Name = "mailkit-alone";

    public static Process Start(Guid mailing, IEnumerable<(string Name, string Value)> settings) =>
        MailCrashScenario.Start(new ProcessStartInfo("dotnet", [typeof(MailKitBaseline).Assembly.Location, Name, $"{mailing}"]), settings);

    /// <summary>Sends everything, and then waits to be ended, as a site does.</summary>
    public static async Task RunAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var mail = new OutboxInspector([]);
        var mailing = (await mail.Mailings.FindAsync(id, cancellationToken))!;
        await using var db = mail.Database();
        var rows = await db.Set<OutgoingMail>().AsNoTracking().Where(row => row.MailingId == id).ToListAsync(cancellationToken);
        var (messages, port) = (mail.Get<MimeMessageFactory>(), mail.Get<IOptions<MailOptions>>().Value.Port!.Value);
        await Task.WhenAll(rows.Chunk((rows.Count / MailCrashScenario.Connections) + 1)
            .Select(share => Task.Run(() => PushAsync(share), cancellationToken)));
        await Task.Delay(Timeout.Infinite, cancellationToken);

        async Task PushAsync(OutgoingMail[] share)
        {
            using var client = new SmtpClient();
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            await client.ConnectAsync(socket, "127.0.0.1", port, SecureSocketOptions.None, cancellationToken);
            foreach (var row in share)
            {
                using var message = messages.Create(row, mailing);
                await client.SendAsync(message, cancellationToken);
            }

            await client.DisconnectAsync(quit: true, cancellationToken);
        }
    }
}
