using System.Diagnostics;
using ArmTwitch.Benchmarks.Measurement;
using ArmTwitch.Benchmarks.Processes;
using ArmTwitch.Tests.Mail.Crash;

namespace ArmTwitch.Benchmarks.Runs;

/// <summary>
/// How fast a newsletter leaves: a row for each recipient, committed before its text is sent, on SQLite; and beside it MailKit alone,
/// in a program of its own that makes the same mails and remembers nothing.
/// </summary>
internal static class MailBenchmark
{
    private const double TargetRate = 1000, TargetRatio = 0.5, TargetFreezeSeconds = 10, TargetGrowth = 1.15;

    /// <summary>
    /// The first mails of each run only bring the program into its stride: until then the compiler takes a third of the time.
    /// </summary>
    private const int WarmUp = 20_000;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20), Limit = TimeSpan.FromMinutes(15);

    public static async Task<int> RunAsync(int recipients, int rounds, CancellationToken cancellationToken)
    {
        using var published = new TemporaryFolder();
        var program = await ProgramPublisher.SiteAsync(published, cancellationToken);
        List<MailRound> all = [];
        for (var round = 1; round <= rounds; round++)
        {
            all.Add(await MeasureAsync(program, recipients, cancellationToken));
            BenchmarkReport.Progress(
                $"Round {round} of {rounds}: {all[^1].Outbox.Rate:0} mails a second, MailKit alone {all[^1].Alone.Rate:0}");
        }

        BenchmarkReport.Machine($", {recipients} recipients, {all[0].Outbox.MailBytes} bytes a mail, {MailCrashScenario.Connections} connections, {rounds} rounds, load average {LinuxProcStatistics.LoadAverage()}");
        BenchmarkReport.Table(
            ["", "mails a second", "CPU µs a mail", "memory in its stride, MB", "memory at the end, MB"],
            [Row("the outbox", one => one.Outbox), Row("MailKit alone", one => one.Alone)]);
        return BenchmarkReport.Against(
            new PerformanceTarget("Mails a second", MeasurementSpread.Of(all, one => one.Outbox.Rate), TargetRate, IsCeiling: false, "0"),
            new PerformanceTarget("Ratio to MailKit alone", MeasurementSpread.Of(all, one => one.Ratio), TargetRatio, IsCeiling: false),
            new PerformanceTarget(
                "Seconds to freeze the audience", MeasurementSpread.Of(all, one => one.FreezeSeconds), TargetFreezeSeconds, IsCeiling: true,
                "0.0"),
            new PerformanceTarget(
                "Memory at the end to memory in its stride",
                MeasurementSpread.Of(all, one => one.Outbox.LateMegabytes / one.Outbox.EarlyMegabytes), TargetGrowth, IsCeiling: true));

        string[] Row(string who, Func<MailRound, SendingRate> of) =>
        [
            who, MeasurementSpread.Of(all, one => of(one).Rate).Show("0"),
            MeasurementSpread.Of(all, one => of(one).CpuMicroseconds).Show("0"),
            MeasurementSpread.Of(all, one => of(one).EarlyMegabytes).Show("0"),
            MeasurementSpread.Of(all, one => of(one).LateMegabytes).Show("0"),
        ];
    }

    private static async Task<MailRound> MeasureAsync(string program, int recipients, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        using var sink = new CountingSmtpServer();
        var settings = MailCrashScenario.Settings(folder.PathOf("data"), sink.Port);
        await using var mail = new OutboxInspector(settings);
        var mailing = await mail.MakeAsync(cancellationToken);
        var time = Stopwatch.StartNew();
        await mail.FreezeAsync(mailing, recipients, cancellationToken);
        var freeze = time.Elapsed.TotalSeconds;
        await mail.Mailings.StartAsync(mailing, cancellationToken);

        SendingRate alone, outbox;
        using (var process = MailKitBaseline.Start(mailing, settings))
            alone = await WatchAsync(process, sink, recipients, cancellationToken);
        using (var process = MailCrashScenario.Start(program, settings))
            outbox = await WatchAsync(process, sink, recipients, cancellationToken);
        if ((await mail.Mailings.CountAsync(mailing, cancellationToken))!.Sent != recipients)
            throw new BenchmarkException("Not every mail is known to be sent");
        return new MailRound(outbox, alone, freeze);
    }

    /// <summary>Looks on from the mail server's side while a program sends, and then ends it.</summary>
    private static async Task<SendingRate> WatchAsync(
        Process sender, CountingSmtpServer sink, int recipients, CancellationToken cancellationToken)
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
                    (time, warm, used, early) = (
                        Stopwatch.StartNew(), (int)sink.Count, LinuxProcStatistics.CpuOf(sender.Id),
                        LinuxProcStatistics.ResidentBytesOf(sender.Id) / 1e6);
            }

            var (seconds, late, cpu) = (
                time.Elapsed.TotalSeconds, LinuxProcStatistics.ResidentBytesOf(sender.Id) / 1e6,
                LinuxProcStatistics.CpuOf(sender.Id) - used);
            // What was taken last is still being written down.
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
            if (sink.Doubles > 0)
                throw new BenchmarkException("A mail was sent twice");
            return new SendingRate(
                (recipients - warm) / seconds, cpu.TotalMicroseconds / (recipients - warm), early, late, sink.Bytes / sink.Count);
        }
        finally
        {
            sender.Kill();
            await sender.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>A program that sends, once the compiler has done with it.</summary>
    private sealed record SendingRate(double Rate, double CpuMicroseconds, double EarlyMegabytes, double LateMegabytes, long MailBytes);

    private sealed record MailRound(SendingRate Outbox, SendingRate Alone, double FreezeSeconds)
    {
        public double Ratio => Outbox.Rate / Alone.Rate;
    }
}
