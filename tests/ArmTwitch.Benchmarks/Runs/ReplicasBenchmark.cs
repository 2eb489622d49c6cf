using ArmTwitch.Benchmarks.Measurement;
using ArmTwitch.Benchmarks.Processes;
using ArmTwitch.Benchmarks.Replicas;
using ArmTwitch.Comments;
using ArmTwitch.Tests;
using ArmTwitch.Tests.Mail.Crash;

namespace ArmTwitch.Benchmarks.Runs;

/// <summary>
/// Two replicas on one PostgreSQL behind the nginx configuration that is shipped, with readers, posters, moderators and a newsletter. The
/// replicas are restarted in turn, the database crashes and its standby takes over.
/// </summary>
internal static class ReplicasBenchmark
{
    private const int Readers = 16, Posters = 8;
    private const int LogLines = 100, EnoughFresh = 20;
    private const double MostFreshMilliseconds = 250, MostStaleMilliseconds = 5000;
    private const double MostStopSeconds = 5, MostStartSeconds = 5, MostAwaySeconds = 15;
    private const string Calm = "calm", WarmingUp = "warming up";

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10), Settle = TimeSpan.FromSeconds(8),
        MostWarmUp = TimeSpan.FromMinutes(1), MailPatience = TimeSpan.FromMinutes(3);

    /// <param name="calm">Seconds without an event, in which freshness is measured.</param>
    /// <param name="crashes">How often PostgreSQL crashes.</param>
    /// <param name="recipients">Who get the newsletter.</param>
    /// <returns>0 when no reader failed, nothing was lost or doubled, and pages were fresh in time.</returns>
    public static async Task<int> RunAsync(int calm, int crashes, int recipients, CancellationToken cancellationToken)
    {
        RequiredTools.Require("nginx");
        using var folder = new TemporaryFolder();
        var published = await ProgramPublisher.SiteAsync(folder, cancellationToken);
        using var sink = new CountingSmtpServer();
        BenchmarkReport.Progress($"Making a PostgreSQL and its standby");
        using var postgres = PostgresPair.Start();
        var length = WarmUp.TotalSeconds + calm + ((crashes + 3) * (Settle.TotalSeconds + 4));
        await using var mail = new OutboxInspector(Settings(postgres, sink, folder.PathOf("data"), 0));
        var mailing = await mail.MakeAsync(cancellationToken);
        await mail.FreezeAsync(mailing, recipients, cancellationToken);

        BenchmarkReport.Progress($"Starting two replicas and nginx");
        using var one = new SiteReplica(published, Settings(postgres, sink, folder.PathOf("data-one"), recipients / length / 2));
        using var two = new SiteReplica(published, Settings(postgres, sink, folder.PathOf("data-two"), recipients / length / 2));
        SiteReplica[] replicas = [one, two];
        var certificate = SelfSignedCertificate.Make(folder);
        using var client = LoopbackPorts.NewClient();
        foreach (var replica in replicas)
            await replica.AnswersAsync(client, cancellationToken);
        using var proxy = await ShippedProxy.StartAsync(replicas, folder, certificate, cancellationToken);
        await mail.Mailings.StartAsync(mailing, cancellationToken);

        await using var first = new ModerationProgram(Settings(postgres, sink, folder.PathOf("data-first"), 0));
        await using var second = new ModerationProgram(Settings(postgres, sink, folder.PathOf("data-second"), 0));
        var timeline = new ReplicaTimeline();
        string[] articles = [.. Directory.EnumerateFiles(Path.Combine(RepositoryPaths.Content, "articles"), "*.md")
            .Select(file => $"/articles/{Path.GetFileNameWithoutExtension(file)}").Order(StringComparer.Ordinal)];
        CommentPoster Poster(string name, string article) => new(name, proxy.Address, certificate, article, timeline);
        CommentPoster[] posters = [.. Enumerable.Range(1, Posters).Select(number => Poster($"poster-{number}", articles[number]))];
        var queue = new QueueModerator(first, posters);
        var looking = new FreshnessModerator(second, Poster("passer-by", articles[0]), articles[0], replicas, certificate, timeline);
        SignedInModerator[] screens = [new("Ada", proxy.Address, certificate, timeline), new("Ben", proxy.Address, certificate, timeline)];
        foreach (var (number, screen) in screens.Index())
            await screen.JoinAsync(await first.InviteAsync($"moderator-{number}@example.org"), cancellationToken);
        string[] pages = ["/", "/articles", "/newsletter", "/feed.xml", .. articles];
        var restarts = new List<ReplicaRestart>();
        string? stuck = null;

        timeline.Begin(WarmingUp);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] crowd =
        [
            .. Enumerable.Range(0, Readers).Select(_ => new PageReader(proxy.Address, certificate, pages, timeline).ReadAsync(stop.Token)),
            .. posters.Select(poster => poster.WriteAsync(stop.Token)),
            queue.DecideAsync(stop.Token),
            looking.DecideAsync(stop.Token),
            .. screens.Select(screen => screen.WatchAsync(stop.Token)),
        ];
        var everybody = Task.WhenAll(crowd);
        try
        {
            await PhaseAsync(WarmUp, WarmingUp);
            while (timeline.FreshPages < EnoughFresh && timeline.Now < MostWarmUp)
                await WaitAsync(TimeSpan.FromMilliseconds(100));
            await PhaseAsync(TimeSpan.FromSeconds(calm), Calm);
            foreach (var (number, replica) in replicas.Index())
                await EventAsync(
                    $"replica {number + 1} restarted", async () => restarts.Add(await replica.RestartAsync(client, cancellationToken)));
            for (var crash = 1; crash <= crashes; crash++)
                await EventAsync($"PostgreSQL crashed, {crash}", () => postgres.CrashAndRestartAsync(cancellationToken));
            await EventAsync("standby promoted", () => postgres.FailOverAsync(cancellationToken));
        }
        catch (BenchmarkException failed)
        {
            stuck = failed.Message;
        }
        finally
        {
            timeline.Begin("the end");
            await stop.CancelAsync();
        }

        try
        {
            await everybody;
        }
        catch (BenchmarkException failed)
        {
            stuck ??= failed.Message;
        }

        if (stuck is not null)
        {
            TellLogs(replicas);
            BenchmarkReport.Progress($"The run is stuck at {timeline.Now.TotalSeconds:0} s: {stuck}");
            return 1;
        }

        BenchmarkReport.Progress($"Waiting for the newsletter");
        var mails = await EndOfMailAsync(mail, mailing, sink, cancellationToken);
        var exit = await ReportAsync(timeline, restarts, posters, queue, looking, first, mails);
        if (exit is not 0)
            TellLogs(replicas);
        return exit;

        async Task EventAsync(string name, Func<Task> happens)
        {
            timeline.Begin(name);
            BenchmarkReport.Progress($"{timeline.Now.TotalSeconds:0} s: {name}");
            await (await Task.WhenAny(happens(), AnyFailure()));
            await WaitAsync(Settle);
        }

        async Task PhaseAsync(TimeSpan time, string name)
        {
            if (name is not WarmingUp)
                timeline.Begin(name);
            BenchmarkReport.Progress($"{timeline.Now.TotalSeconds:0} s: {name}");
            await WaitAsync(time);
        }

        async Task WaitAsync(TimeSpan time) => await (await Task.WhenAny(Task.Delay(time, cancellationToken), AnyFailure()));

        // Completes when somebody of the crowd has failed, which ends the run at once.
        Task AnyFailure() => Task.WhenAny(crowd).Unwrap();
    }

    /// <summary>What a reader of the figures wants to know first where one falls short.</summary>
    private static void TellLogs(SiteReplica[] replicas)
    {
        foreach (var (number, replica) in replicas.Index())
            BenchmarkReport.Progress($"The log of replica {number + 1} begins with:\n{string.Join('\n', replica.Log.Split('\n').Take(LogLines))}");
    }

    private static (string Name, string Value)[] Settings(
        PostgresPair postgres, CountingSmtpServer sink, string data, double perSecond) =>
    [
        .. MailCrashScenario.Settings(data, sink.Port, leaseSeconds: 20).Where(setting => setting.Name is not "ASPNETCORE_URLS"),
        ("Data__Provider", "Postgres"),
        ("ConnectionStrings__ArmTwitch", postgres.Address),
        ("Limits__Enabled", "false"),
        ("Mail__PerSecond", perSecond.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture)),
    ];

    private static async Task<CrashObservation> EndOfMailAsync(
        OutboxInspector mail, Guid mailing, CountingSmtpServer sink, CancellationToken cancellationToken)
    {
        for (var begin = TimeProvider.System.GetTimestamp();
            (await mail.Mailings.CountAsync(mailing, cancellationToken))!.Waiting > 0
                && TimeProvider.System.GetElapsedTime(begin) < MailPatience;
            await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken))
        {
        }

        return await MailCrashScenario.LookAsync(mail, mailing, sink, cancellationToken);
    }

    private static async Task<int> ReportAsync(
        ReplicaTimeline timeline, List<ReplicaRestart> restarts, CommentPoster[] posters, QueueModerator queue, FreshnessModerator looking,
        ModerationProgram program, CrashObservation mails)
    {
        var phases = timeline.Phases();
        var kept = (await program.ReadAsync(all => all)).Select(comment => (comment.Id, comment.Text, comment.Status)).ToList();
        var (copies, approved) = (
            kept.CountBy(comment => comment.Text).ToDictionary(StringComparer.Ordinal),
            kept.Where(comment => comment.Status is CommentStatus.Approved).Select(comment => comment.Id).ToHashSet());
        var answered = posters.SelectMany(poster => poster.Answered).ToList();
        var rolling = phases.Where(phase => phase.Name is not (WarmingUp or Calm)).ToList();

        BenchmarkReport.Machine(
            $", {Readers} readers, {Posters} posters, 2 moderators at screens and 2 programs that decide, load average {LinuxProcStatistics.LoadAverage()}");
        BenchmarkReport.Table(
            [
                "", "s", "pages", "page p50, ms", "p99, ms", "slowest, ms", "posts", "no post for, s", "changes seen", "fresh p50, ms",
                "p99, ms", "of it making the page p50, ms", "p99, ms", "stalest page, ms", "no screen for, s"
            ],
            phases.Select(phase => new[]
            {
                phase.Name, Show(phase.Length.TotalSeconds), $"{phase.Pages.Count}", Show(ReplicaPhase.Quantile(phase.Pages, 0.5)),
                Show(ReplicaPhase.Quantile(phase.Pages, 0.99)), Show(ReplicaPhase.Quantile(phase.Pages, 1)), $"{phase.Posts}",
                Show(phase.LongestPause.TotalSeconds, "0.0"), $"{phase.Fresh.Count}", Show(ReplicaPhase.Quantile(phase.Fresh, 0.5)),
                Show(ReplicaPhase.Quantile(phase.Fresh, 0.99)), Show(ReplicaPhase.Quantile(phase.Answers, 0.5)),
                Show(ReplicaPhase.Quantile(phase.Answers, 0.99)), Show(phase.StalestPage), Show(phase.LongestAway.TotalSeconds, "0.0")
            }));
        BenchmarkReport.Line($"{timeline.Pages} pages were read and {answered.Count} comments answered with 303, {posters.Sum(poster => poster.Repeats)} tries were answered with another or none. {queue.Approved.Count} were approved; {queue.Failures + looking.Failures} decisions had to be tried again. Of {mails.Count.Audience} mails {mails.Count.Sent} were sent and {mails.Count.InDoubt} are unknown; the server took {mails.Taken} mails of all kinds.\n");
        foreach (var (number, restart) in restarts.Index())
            BenchmarkReport.Line($"- Replica {number + 1} ended {restart.Stop.TotalSeconds:0.0} s after SIGTERM and was ready after {restart.Start.TotalSeconds:0.0} s more.");
        foreach (var failure in timeline.Failures.Take(20))
            BenchmarkReport.Line($"- A reader got no page: {failure}");
        return BenchmarkReport.Against(
            Most("Requests of readers that failed", timeline.Failures.Count, 0),
            Most("Comments answered with 303 and lost", answered.Count(text => !copies.ContainsKey(text)), 0),
            Most("Comments that are there twice", copies.Count(text => text.Value > 1), 0),
            Most("Decisions that were told to be done and are lost", queue.Approved.Count(id => !approved.Contains(id)), 0),
            Most("Mails doubled", mails.Doubles, 0),
            Most("Mails lost without a row that says so", mails.Lost, 0),
            Most("Mails neither sent nor unknown at the end", mails.Count.Audience - mails.Count.Sent - mails.Count.InDoubt, 0),
            new PerformanceTarget(
                "Changes seen in calm", MeasurementSpread.Of([phases.Single(phase => phase.Name is Calm).Fresh.Count]), 1, IsCeiling: false, "0"),
            Most("Fresh on a replica after a commit, in calm, p99, ms",
                ReplicaPhase.Quantile(phases.Single(phase => phase.Name is Calm).Fresh, 0.99), MostFreshMilliseconds),
            Most("The stalest page around an event, ms", rolling.Max(phase => phase.StalestPage), MostStaleMilliseconds),
            Most("The slowest stop of a replica, s", restarts.Max(restart => restart.Stop.TotalSeconds), MostStopSeconds),
            Most("The slowest start of a replica, s", restarts.Max(restart => restart.Start.TotalSeconds), MostStartSeconds),
            Most("A moderator had no screen around an event, s",
                rolling.Max(phase => phase.LongestAway.TotalSeconds), MostAwaySeconds));
    }

    private static string Show(double value, string format = "0") =>
        value.ToString(format, System.Globalization.CultureInfo.InvariantCulture);

    private static PerformanceTarget Most(string what, double measured, double bound) =>
        new(what, MeasurementSpread.Of([measured]), bound, IsCeiling: true, "0");
}
