using System.Diagnostics;
using ArmTwitch.Mail.Queueing;
using Microsoft.Data.Sqlite;

namespace ArmTwitch.Tests.Mail.Crash;

/// <summary>One restart of the mail server.</summary>
/// <param name="Taken">Mails that the server had accepted before.</param>
/// <param name="AwaySeconds">How long it was away.</param>
/// <param name="LockedSeconds">How long the database was locked from the same moment on; 0 when it was not.</param>
/// <param name="CpuShare">How much of a core the site used while it had to wait, after the first second.</param>
/// <param name="WrittenBytes">What it wrote to the disk meanwhile.</param>
/// <param name="BackSeconds">How long after the server was back the first mail came.</param>
public sealed record OutageObservation(
    long Taken, double AwaySeconds, double LockedSeconds, double CpuShare, long WrittenBytes, double BackSeconds);

/// <summary>
/// Restarts the mail server repeatedly while a site sends an issue, sometimes with the database locked at the same time, and compares the
/// mails that the server accepted with the rows.
/// </summary>
/// <param name="quick">Seconds become tenths, here and in the settings of the site, for a test.</param>
public sealed class MailOutageScenario(string data, int recipients, int restarts, int seed, bool quick)
{
    /// <summary>Every third restart locks the database, too.</summary>
    private const int LockEvery = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8),
        Glance = TimeSpan.FromMilliseconds(1),
        Look = TimeSpan.FromMilliseconds(100);

    private static readonly double[] Seconds = [1, 3, 3, 10];

    private readonly Random random = new(seed);

    private double Scale => quick ? 0.1 : 1;

    /// <param name="start">Starts the site with these settings.</param>
    /// <param name="cpu">CPU time of a process.</param>
    /// <param name="tell">Is given what was seen, restart by restart.</param>
    /// <returns>What was seen at the end, and the highest number of claims of one mail.</returns>
    public async Task<(CrashObservation End, long MostClaims)> RunAsync(
        Func<(string Name, string Value)[], Process> start, Func<int, TimeSpan> cpu, Action<OutageObservation> tell,
        CancellationToken cancellationToken)
    {
        using var sink = new CountingSmtpServer();
        (string Name, string Value)[] settings =
            quick
                ? [.. MailCrashScenario.Settings(data, sink.Port), ("Mail__RetryMinutes", "0.02,0.02,0.02,0.02")]
                : [.. MailCrashScenario.Settings(data, sink.Port).Where(setting => !IsOfTime(setting.Name))];
        await using var mail = new OutboxInspector(settings);
        var mailing = await mail.MakeAsync(cancellationToken);
        await mail.FreezeAsync(mailing, recipients, cancellationToken);
        using var site = start(settings);
        try
        {
            await AwaitRestAsync(site, cpu, cancellationToken);
            await mail.Mailings.StartAsync(mailing, cancellationToken);
            for (var restart = 1; restart <= restarts; restart++)
            {
                await UntilAsync(
                    site, () => sink.Count >= recipients * (restart - 1 + random.NextDouble()) / (restarts + 1), Glance, cancellationToken);
                tell(await RestartAsync(site, sink, cpu, isLocked: restart % LockEvery is 0, cancellationToken));
            }

            await MailCrashScenario.AwaitDoneAsync(mail, mailing, [site], cancellationToken);
        }
        finally
        {
            site.Kill();
            await site.WaitForExitAsync(CancellationToken.None);
        }

        var mails = await mail.Get<Outbox>().ListAsync(null, cancellationToken);
        var end = await MailCrashScenario.LookAsync(mail, mailing, sink, cancellationToken);
        return (end, mails.Max(one => one.Fence));
    }

    private static bool IsOfTime(string setting) => setting is "Mail__PollSeconds" or "Mail__LeaseSeconds";

    private async Task<OutageObservation> RestartAsync(
        Process site, CountingSmtpServer sink, Func<int, TimeSpan> cpu, bool isLocked, CancellationToken cancellationToken)
    {
        var (taken, away) = (sink.Count, TimeSpan.FromSeconds(Seconds[random.Next(Seconds.Length)] * Scale));
        var locked = isLocked ? TimeSpan.FromSeconds(Seconds[random.Next(Seconds.Length)] * 2 * Scale) : TimeSpan.Zero;
        sink.Stop();
        var unlocked = isLocked ? LockAsync(locked, cancellationToken) : Task.CompletedTask;
        // Let the mails on their way end.
        var settle = TimeSpan.FromSeconds(Math.Min(1, away.TotalSeconds / 2));
        await Task.Delay(settle, cancellationToken);
        var (time, used, written) = (Stopwatch.StartNew(), cpu(site.Id), WrittenBytes(site.Id));
        await Task.Delay(away - settle, cancellationToken);
        var (share, bytes) = ((cpu(site.Id) - used) / time.Elapsed, WrittenBytes(site.Id) - written);
        sink.Start();
        time.Restart();
        await UntilAsync(site, () => sink.Count > taken, Look, cancellationToken);
        var back = time.Elapsed.TotalSeconds;
        await unlocked;
        return new OutageObservation(taken, away.TotalSeconds, locked.TotalSeconds, share, bytes, back);
    }

    /// <summary>Locks the database file, as another program may.</summary>
    private async Task LockAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(
            $"Data Source={Path.Combine(data, "armtwitch.db")};Pooling=false;Default Timeout=60");
        await connection.OpenAsync(cancellationToken);
        await using var transaction = connection.BeginTransaction(deferred: false);
        await Task.Delay(time, cancellationToken);
        await transaction.RollbackAsync(cancellationToken);
    }

    /// <summary>Waits until a started site has compiled and rendered, which needs much CPU time.</summary>
    private async Task AwaitRestAsync(Process site, Func<int, TimeSpan> cpu, CancellationToken cancellationToken)
    {
        if (quick)
            return;
        for (var quiet = 0; quiet < 3;)
        {
            var before = cpu(site.Id);
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
            if (site.HasExited)
                throw new InvalidOperationException($"The site ended by itself with {site.ExitCode}");
            quiet = before > TimeSpan.Zero && cpu(site.Id) - before < TimeSpan.FromMilliseconds(50) ? quiet + 1 : 0;
        }
    }

    private static async Task UntilAsync(Process site, Func<bool> isSo, TimeSpan look, CancellationToken cancellationToken)
    {
        for (var time = Stopwatch.StartNew(); !isSo(); await Task.Delay(look, cancellationToken))
        {
            if (site.HasExited || time.Elapsed > Patience)
                throw new InvalidOperationException(
                    site.HasExited ? $"The site ended by itself with {site.ExitCode}" : "No mail left for minutes");
        }
    }

    /// <summary>What a process has had written to the disk (proc(5)).</summary>
    private static long WrittenBytes(int process)
    {
        var line = File.ReadLines($"/proc/{process}/io").First(one => one.StartsWith("write_bytes", StringComparison.Ordinal));
        return long.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
