using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ArmTwitch.Mail;
using ArmTwitch.Tests.Mail.Crash;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Benchmarks;

/// <summary>
/// How fast a newsletter leaves: a row for each recipient, committed before its text is sent, on SQLite; and beside it MailKit alone,
/// which makes the same mails and remembers nothing.
/// </summary>
internal static class MailBenchmark
{
    private const double TargetRate = 1000, TargetRatio = 0.5, TargetFreezeSeconds = 10, TargetGrowth = 1.15;

    /// <summary>The first mails of each run only bring the program into its stride: until then the compiler takes a third of the time.</summary>
    private const int WarmUp = 20_000;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20), Limit = TimeSpan.FromMinutes(15);

    public static async Task<int> RunAsync(int recipients, int rounds, CancellationToken cancellationToken)
    {
        using var published = new TempFolder();
        var program = await Publishing.SiteAsync(published, cancellationToken);
        List<Round> all = [];
        for (var round = 1; round <= rounds; round++)
        {
            all.Add(await MeasureAsync(program, recipients, cancellationToken));
            Report.Progress($"Round {round} of {rounds}: {all[^1].Outbox:0} mails a second, MailKit alone {all[^1].Alone:0}");
        }

        Report.Machine($", {recipients} recipients, {all[0].MailBytes} bytes a mail, {CrashProof.Connections} connections, {rounds} rounds, load average {Proc.LoadAverage()}");
        Report.Table(
            ["mails a second", "MailKit alone", "ratio", "freezing the audience, s", "memory in its stride, MB", "memory at the end, MB", "CPU µs a mail"],
            [[
                Spread.Of(all, one => one.Outbox).Show("0"), Spread.Of(all, one => one.Alone).Show("0"), Spread.Of(all, one => one.Outbox / one.Alone).Show("0.00"),
                Spread.Of(all, one => one.FreezeSeconds).Show("0.0"), Spread.Of(all, one => one.EarlyMegabytes).Show("0"), Spread.Of(all, one => one.LateMegabytes).Show("0"), Spread.Of(all, one => one.CpuMicroseconds).Show("0"),
            ]]);
        return Report.Against(
            new Target("Mails a second", Spread.Of(all, one => one.Outbox), TargetRate, IsCeiling: false, "0"),
            new Target("Ratio to MailKit alone", Spread.Of(all, one => one.Outbox / one.Alone), TargetRatio, IsCeiling: false),
            new Target("Seconds to freeze the audience", Spread.Of(all, one => one.FreezeSeconds), TargetFreezeSeconds, IsCeiling: true, "0.0"),
            new Target("Memory at the end to memory in its stride", Spread.Of(all, one => one.LateMegabytes / one.EarlyMegabytes), TargetGrowth, IsCeiling: true));
    }

    private static async Task<Round> MeasureAsync(string program, int recipients, CancellationToken cancellationToken)
    {
        using var folder = new TempFolder();
        using var sink = new CountingSink();
        var settings = CrashProof.Settings(folder.PathOf("data"), sink.Port);
        await using var mail = new OfflineMail(settings);
        var mailing = await mail.MakeAsync(cancellationToken);
        var time = Stopwatch.StartNew();
        await mail.FreezeAsync(mailing, recipients, cancellationToken);
        var freeze = time.Elapsed.TotalSeconds;
        await mail.Mailings.StartAsync(mailing, cancellationToken);

        var before = await AloneAsync(mail, mailing, sink, recipients / 4, cancellationToken);
        var (outbox, early, late, cpu, bytes) = await OutboxAsync(program, settings, sink, recipients, cancellationToken);
        if ((await mail.Mailings.CountAsync(mailing, cancellationToken))!.Sent != recipients || sink.Doubles > 0)
            throw new BenchmarkException("Not every mail was sent once");
        var after = await AloneAsync(mail, mailing, sink, recipients / 4, cancellationToken);
        return new Round(outbox, (before + after) / 2, freeze, early, late, cpu, bytes);
    }

    private static async Task<(double Rate, double Early, double Late, double Cpu, long Bytes)> OutboxAsync(
        string program, IEnumerable<(string, string)> settings, CountingSink sink, int recipients, CancellationToken cancellationToken)
    {
        sink.Forget();
        var warm = Math.Min(WarmUp, recipients / 4);
        using var site = CrashProof.Start(program, settings);
        try
        {
            var (time, early, used) = (new Stopwatch(), 0.0, TimeSpan.Zero);
            for (var patience = Stopwatch.StartNew(); sink.Count < recipients; await Task.Delay(Look, cancellationToken))
            {
                if (site.HasExited || patience.Elapsed > Limit)
                    throw new BenchmarkException("The site did not send everything");
                if (sink.Count >= warm && !time.IsRunning)
                    (time, warm, used, early) = (Stopwatch.StartNew(), (int)sink.Count, Proc.CpuOf(site.Id), Proc.ResidentBytesOf(site.Id) / 1e6);
            }

            var (rate, late, bytes) = ((recipients - warm) / time.Elapsed.TotalSeconds, Proc.ResidentBytesOf(site.Id) / 1e6, sink.Bytes / sink.Count);
            var cpu = (Proc.CpuOf(site.Id) - used).TotalMicroseconds / (recipients - warm);
            // What was taken last is still being written down.
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
            return (rate, early, late, cpu, bytes);
        }
        finally
        {
            site.Kill();
            await site.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static async Task<double> AloneAsync(OfflineMail mail, Guid id, CountingSink sink, int count, CancellationToken cancellationToken)
    {
        var mailing = (await mail.Mailings.FindAsync(id, cancellationToken))!;
        await using var db = mail.Database();
        var rows = await db.Set<OutgoingMail>().AsNoTracking().Where(row => row.MailingId == id).Take(count).ToListAsync(cancellationToken);
        var messages = mail.Get<MailMessages>();
        var warm = Math.Min(WarmUp, count / 4);
        await PushAsync(rows[..warm]);
        var time = Stopwatch.StartNew();
        await PushAsync(rows[warm..]);
        return (count - warm) / time.Elapsed.TotalSeconds;

        Task PushAsync(IReadOnlyList<OutgoingMail> some) => Task.WhenAll(
            some.Chunk((some.Count / CrashProof.Connections) + 1).Select(share => Task.Run(() => PushShareAsync(share), cancellationToken)));

        async Task PushShareAsync(OutgoingMail[] share)
        {
            using var client = new SmtpClient();
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, sink.Port, cancellationToken);
            await client.ConnectAsync(socket, "127.0.0.1", sink.Port, SecureSocketOptions.None, cancellationToken);
            foreach (var row in share)
            {
                using var message = messages.Make(row, mailing);
                await client.SendAsync(message, cancellationToken);
            }

            await client.DisconnectAsync(quit: true, cancellationToken);
        }
    }

    private sealed record Round(double Outbox, double Alone, double FreezeSeconds, double EarlyMegabytes, double LateMegabytes, double CpuMicroseconds, long MailBytes);
}
