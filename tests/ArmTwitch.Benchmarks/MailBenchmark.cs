using System.Diagnostics;
using ArmTwitch.Tests.Mail.Crash;

namespace ArmTwitch.Benchmarks;

/// <summary>
/// How fast a newsletter leaves: a row for each recipient, committed before its text is sent, on SQLite; and beside it MailKit alone,
/// in a program of its own that makes the same mails and remembers nothing.
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
            Report.Progress($"Round {round} of {rounds}: {all[^1].Outbox.Rate:0} mails a second, MailKit alone {all[^1].Alone.Rate:0}");
        }

        Report.Machine($", {recipients} recipients, {all[0].Outbox.MailBytes} bytes a mail, {CrashProof.Connections} connections, {rounds} rounds, load average {Proc.LoadAverage()}");
        Report.Table(
            ["", "mails a second", "CPU µs a mail", "memory in its stride, MB", "memory at the end, MB"],
            [Row("the outbox", one => one.Outbox), Row("MailKit alone", one => one.Alone)]);
        return Report.Against(
            new Target("Mails a second", Spread.Of(all, one => one.Outbox.Rate), TargetRate, IsCeiling: false, "0"),
            new Target("Ratio to MailKit alone", Spread.Of(all, one => one.Ratio), TargetRatio, IsCeiling: false),
            new Target("Seconds to freeze the audience", Spread.Of(all, one => one.FreezeSeconds), TargetFreezeSeconds, IsCeiling: true, "0.0"),
            new Target("Memory at the end to memory in its stride", Spread.Of(all, one => one.Outbox.LateMegabytes / one.Outbox.EarlyMegabytes), TargetGrowth, IsCeiling: true));

        string[] Row(string who, Func<Round, Stride> of) =>
        [
            who, Spread.Of(all, one => of(one).Rate).Show("0"), Spread.Of(all, one => of(one).CpuMicroseconds).Show("0"),
            Spread.Of(all, one => of(one).EarlyMegabytes).Show("0"), Spread.Of(all, one => of(one).LateMegabytes).Show("0"),
        ];
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

        Stride alone, outbox;
        using (var process = MailKitAlone.Start(mailing, settings))
            alone = await WatchAsync(process, sink, recipients, cancellationToken);
        using (var process = CrashProof.Start(program, settings))
            outbox = await WatchAsync(process, sink, recipients, cancellationToken);
        if ((await mail.Mailings.CountAsync(mailing, cancellationToken))!.Sent != recipients)
            throw new BenchmarkException("Not every mail is known to be sent");
        return new Round(outbox, alone, freeze);
    }

    /// <summary>Looks on from the mail server's side while a program sends, and then ends it.</summary>
    private static async Task<Stride> WatchAsync(Process sender, CountingSink sink, int recipients, CancellationToken cancellationToken)
    {
        sink.Forget();
        var warm = Math.Min(WarmUp, recipients / 4);
        try
        {
            var (time, early, used) = (new Stopwatch(), 0.0, TimeSpan.Zero);
            for (var patience = Stopwatch.StartNew(); sink.Count < recipients; await Task.Delay(Look, cancellationToken))
            {
                if (sender.HasExited || patience.Elapsed > Limit)
                    throw new BenchmarkException("Not everything was sent");
                if (sink.Count >= warm && !time.IsRunning)
                    (time, warm, used, early) = (Stopwatch.StartNew(), (int)sink.Count, Proc.CpuOf(sender.Id), Proc.ResidentBytesOf(sender.Id) / 1e6);
            }

            var (seconds, late, cpu) = (time.Elapsed.TotalSeconds, Proc.ResidentBytesOf(sender.Id) / 1e6, Proc.CpuOf(sender.Id) - used);
            // What was taken last is still being written down.
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
            if (sink.Doubles > 0)
                throw new BenchmarkException("A mail was sent twice");
            return new Stride((recipients - warm) / seconds, cpu.TotalMicroseconds / (recipients - warm), early, late, sink.Bytes / sink.Count);
        }
        finally
        {
            sender.Kill();
            await sender.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>A program that sends, once the compiler has done with it.</summary>
    private sealed record Stride(double Rate, double CpuMicroseconds, double EarlyMegabytes, double LateMegabytes, long MailBytes);

    private sealed record Round(Stride Outbox, Stride Alone, double FreezeSeconds)
    {
        public double Ratio => Outbox.Rate / Alone.Rate;
    }
}
