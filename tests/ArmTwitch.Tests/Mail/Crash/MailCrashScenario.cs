using System.Diagnostics;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Mail.Sending;

namespace ArmTwitch.Tests.Mail.Crash;

/// <summary>What was seen right after one kill, and at the end.</summary>
/// <param name="Taken">Mails that the server had accepted.</param>
/// <param name="OnTheWay">Mails that were on their way at this kill.</param>
/// <param name="Doubles">Mails that the server accepted more than once.</param>
/// <param name="Lost">Rows in the state sent whose mail the server never accepted.</param>
public sealed record CrashObservation(long Taken, int OnTheWay, MailingCount Count, int Doubles, int Lost);

/// <summary>
/// Kills the sending site repeatedly (SIGKILL) at random moments, and compares the mails that the server accepted with the rows.
/// </summary>
public sealed class MailCrashScenario(string data, int recipients, int kills, int seed)
{
    public const int Connections = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2),
        Glance = TimeSpan.FromMilliseconds(1),
        Look = TimeSpan.FromMilliseconds(50);

    private readonly Random random = new(seed);

    /// <summary>How many mails can be on their way at once.</summary>
    public static int MostOnTheWay => Connections * MailSender.InFlightForEachConnection;

    /// <param name="tell">Is given what was seen, kill by kill.</param>
    /// <returns>What was seen at the end.</returns>
    public async Task<CrashObservation> RunAsync(Action<CrashObservation> tell, CancellationToken cancellationToken)
    {
        using var sink = new CountingSmtpServer();
        var settings = Settings(data, sink.Port);
        await using var mail = new OutboxInspector(settings);
        var mailing = await mail.MakeAsync(cancellationToken);
        await mail.FreezeAsync(mailing, recipients, cancellationToken);
        await mail.Mailings.StartAsync(mailing, cancellationToken);
        var before = 0;
        for (var kill = 1; kill <= kills; kill++)
        {
            using (var site = Start(settings))
            {
                // Wait for a random number of mails of this kill's share, and then for some random milliseconds.
                await UntilAsync(site, sink, recipients * (kill - 1 + random.NextDouble()) / (kills + 1), cancellationToken);
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(30)), cancellationToken);
                site.Kill();
                await site.WaitForExitAsync(cancellationToken);
            }

            var sight = await LookAsync(mail, mailing, sink, cancellationToken);
            tell(sight with { OnTheWay = sight.OnTheWay - before });
            before = sight.OnTheWay;
        }

        using (var site = Start(settings))
        {
            await AwaitDoneAsync(mail, mailing, [site], cancellationToken);
            site.Kill();
            await site.WaitForExitAsync(cancellationToken);
        }

        return await LookAsync(mail, mailing, sink, cancellationToken);
    }

    /// <summary>The settings of a site that sends to this machine.</summary>
    public static (string Name, string Value)[] Settings(string data, int port, int connections = Connections, int leaseSeconds = 3) =>
    [
        ("ASPNETCORE_ENVIRONMENT", "Production"),
        ("ASPNETCORE_URLS", "http://127.0.0.1:0"),
        ("Site__BaseUrl", "https://armtwitch.example"),
        ("Content__Path", RepositoryPaths.Content),
        ("Data__Directory", data),
        ("Mail__Host", "127.0.0.1"),
        ("Mail__Port", $"{port}"),
        ("Mail__From", "ArmTwitch <hello@armtwitch.example>"),
        ("Mail__Connections", $"{connections}"),
        ("Mail__PollSeconds", "0.1"),
        ("Mail__LeaseSeconds", $"{leaseSeconds}"),
        ("Logging__LogLevel__Default", "Warning"),
    ];

    /// <summary>Starts the built site.</summary>
    public static Process Start(IEnumerable<(string Name, string Value)> settings) =>
        Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ArmTwitch.dll")]), settings);

    /// <summary>Starts a published site.</summary>
    public static Process Start(string program, IEnumerable<(string Name, string Value)> settings) =>
        Start(new ProcessStartInfo(program), settings);

    /// <summary>Starts any program with the settings of a site.</summary>
    public static Process Start(ProcessStartInfo start, IEnumerable<(string Name, string Value)> settings)
    {
        (start.WorkingDirectory, start.RedirectStandardOutput) = (RepositoryPaths.Root, true);
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        return process;
    }

    /// <summary>Waits until nothing of a mailing waits any more.</summary>
    /// <exception cref="InvalidOperationException">A site ended by itself, or it took two minutes.</exception>
    public static async Task AwaitDoneAsync(
        OutboxInspector mail, Guid mailing, IReadOnlyList<Process> sites, CancellationToken cancellationToken)
    {
        for (var time = Stopwatch.StartNew();
            (await mail.Mailings.FindAsync(mailing, cancellationToken))!.State is not MailingState.Done;
            await Task.Delay(Look, cancellationToken))
        {
            foreach (var site in sites)
                MustGoOn(site, time);
        }
    }

    private static async Task UntilAsync(Process site, CountingSmtpServer sink, double taken, CancellationToken cancellationToken)
    {
        for (var time = Stopwatch.StartNew(); sink.Count < taken; await Task.Delay(Glance, cancellationToken))
            MustGoOn(site, time);
    }

    private static void MustGoOn(Process site, Stopwatch time)
    {
        if (site.HasExited || time.Elapsed > Patience)
            throw new InvalidOperationException(site.HasExited
                ? $"The site ended by itself with {site.ExitCode}"
                : $"The site had not sent after {Patience.TotalSeconds} s");
    }

    /// <summary>Compares the mails that the server accepted with the rows.</summary>
    public static async Task<CrashObservation> LookAsync(
        OutboxInspector mail, Guid mailing, CountingSmtpServer sink, CancellationToken cancellationToken)
    {
        var rows = await mail.RowsAsync(mailing, cancellationToken);
        return new CrashObservation(
            sink.Count,
            rows.Count(row => row.State is MailState.Submitting or MailState.InDoubt),
            (await mail.Mailings.CountAsync(mailing, cancellationToken))!,
            sink.Doubles,
            rows.Count(row => row.State is MailState.Sent && !sink.Has(row.MessageId)));
    }
}
