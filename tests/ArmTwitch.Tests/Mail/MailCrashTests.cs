using System.Diagnostics;
using ArmTwitch.Mail;
using ArmTwitch.Tests.Mail.Crash;

namespace ArmTwitch.Tests.Mail;

/// <summary>A short run of what <c>ArmTwitch.Benchmarks -- mail-crash</c> does at length.</summary>
public sealed class MailCrashTests
{
    [Fact]
    public async Task A_program_killed_while_it_sends_doubles_no_mail_and_loses_none_silently()
    {
        const int Recipients = 300, Kills = 2;
        var data = Directory.CreateTempSubdirectory("armtwitch-crash-");
        var sights = new List<CrashObservation>();

        var end = await new MailCrashScenario(data.FullName, Recipients, Kills, seed: 1)
            .RunAsync(sights.Add, TestContext.Current.CancellationToken);

        Assert.Equal(Kills, sights.Count);
        Assert.All([.. sights, end], sight =>
        {
            Assert.True(sight.Count.AddsUp);
            Assert.Equal((Recipients, 0, 0), (sight.Count.Audience, sight.Doubles, sight.Lost));
        });
        Assert.All(sights, sight => Assert.InRange(sight.OnTheWay, 0, MailCrashScenario.MostOnTheWay));
        Assert.Equal((0, Recipients), (end.Count.Waiting, end.Count.Sent + end.Count.InDoubt));
        Assert.InRange(end.Count.InDoubt, 0, sights.Sum(sight => sight.OnTheWay));
        data.Delete(recursive: true);
    }

    /// <summary>A short run of what <c>ArmTwitch.Benchmarks -- mail-outage</c> does at length.</summary>
    [Fact]
    public async Task A_mail_server_restart_with_a_locked_database_leaves_each_mail_sent_or_unknown()
    {
        const int Recipients = 300, Restarts = 3;
        var data = Directory.CreateTempSubdirectory("armtwitch-outage-");
        var outages = new List<OutageObservation>();

        var (end, claims) = await new MailOutageScenario(data.FullName, Recipients, Restarts, seed: 1, quick: true)
            .RunAsync(MailCrashScenario.Start, _ => TimeSpan.Zero, outages.Add, TestContext.Current.CancellationToken);

        Assert.Equal(Restarts, outages.Count);
        Assert.True(end.Count.AddsUp);
        Assert.Equal((Recipients, Recipients, 0, 0), (end.Count.Audience, end.Count.Sent + end.Count.InDoubt, end.Doubles, end.Lost));
        Assert.InRange(end.Count.InDoubt, 0, Restarts * MailCrashScenario.Connections);
        // A busy loop would claim a mail thousands of times.
        Assert.InRange(claims, 1, 40);
        data.Delete(recursive: true);
    }

    [Fact]
    public async Task A_program_that_stops_finishes_its_mails_and_leaves_none_unknown()
    {
        const int Recipients = 60;
        using var begun = new SemaphoreSlim(0);
        using var sink = new FakeSmtpServer();
        sink.Answer = (now, _) =>
        {
            if (now is not SmtpStage.Dot)
                return null;
            begun.Release();
            Thread.Sleep(TimeSpan.FromSeconds(1));
            return null;
        };
        var data = Directory.CreateTempSubdirectory("armtwitch-stop-");
        var (settings, cancel) = (MailCrashScenario.Settings(data.FullName, sink.Port), TestContext.Current.CancellationToken);
        await using var mail = new OutboxInspector(settings);
        var mailing = await mail.MakeAsync(cancel);
        await mail.FreezeAsync(mailing, Recipients, cancel);
        await mail.Mailings.StartAsync(mailing, cancel);
        using var site = MailCrashScenario.Start(settings);
        Assert.True(await begun.WaitAsync(TimeSpan.FromMinutes(2), cancel));

        using (var signal = Process.Start("kill", ["-TERM", $"{site.Id}"]))
            await signal.WaitForExitAsync(cancel);
        await site.WaitForExitAsync(cancel).WaitAsync(TimeSpan.FromSeconds(30), cancel);

        var rows = await mail.RowsAsync(mailing, cancel);
        Assert.Equal(0, site.ExitCode);
        Assert.Equal(
            sink.Mails.Select(one => one.MessageId!).Order(),
            rows.Where(row => row.State is MailState.Sent).Select(row => row.MessageId).Order());
        Assert.All(rows, row => Assert.Contains(row.State, new[] { MailState.Sent, MailState.Queued }));
        Assert.InRange(sink.Mails.Count, 1, 3 * MailCrashScenario.Connections);
        data.Delete(recursive: true);
    }
}
