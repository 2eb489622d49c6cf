using System.Text;
using ArmTwitch.Articles;
using ArmTwitch.Data;
using ArmTwitch.Newsletter.ImportExport;
using ArmTwitch.Newsletter.Issues;
using ArmTwitch.Operations;
using ArmTwitch.Tests.Commands;
using ArmTwitch.Tests.Mail;
using ArmTwitch.Tests.Newsletter;
using Microsoft.Data.Sqlite;

namespace ArmTwitch.Tests.Operations;

/// <summary>
/// A site that is stopped, restored by the built program and started again on the same folder, with one mail server all the time.
/// </summary>
internal sealed class RestoreTestSite : IDisposable
{
    public static readonly Slug Issue = Slug.Parse("why-sleep-matters");

    private const int Half = 3;

    private readonly ContentCopy content = new();
    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("armtwitch-restore-");
    private NewsletterTestSite? running;

    public RestoreTestSite()
    {
        content.WriteArticle("arm-muscle-twitching");
        content.Write("newsletters/why-sleep-matters.md", """
            ---
            subject: Why sleep matters
            preheader: One new article, and a tip.
            articles: [one]
            ---

            Hello.

            """);
    }

    public FakeSmtpServer Sink { get; } = new();

    public string Data => Path.Combine(home.FullName, "data");

    public string Database => Path.Combine(Data, "armtwitch.db");

    public string Backup => Path.Combine(home.FullName, "site.backup");

    /// <summary>The old database that the restore has kept.</summary>
    public string Aside => Assert.Single(Directory.EnumerateFiles(Data, "armtwitch.db.before-*"));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Starts the site if it does not run.</summary>
    public NewsletterTestSite Site => running ??= new NewsletterTestSite(
        DatabaseKind.Sqlite, [("Content:Path", content.Folder), ("Data:Directory", Data), .. Sink.Settings(("Mail:Connections", "1"))]);

    public async Task SubscribeAsync(params string[] addresses)
    {
        var table = new StringBuilder("email,consent_at,source,wording\n");
        foreach (var address in addresses)
            table.Append(address).Append(",2026-01-01T00:00:00Z,a form,the old words\n");
        using var reader = new StringReader(table.ToString());
        Assert.Equal(0, (await Site.Site.Get<SubscriberImportExport>().ImportAsync(reader, apply: true, Stop)).Refused);
    }

    public async Task ScheduleAsync()
    {
        Assert.True((await Site.Site.Get<IssueService>().ScheduleAsync(Issue, "Ada", cancellationToken: Stop)).IsDone);
    }

    /// <summary>Sends the issue to some recipients, until the server refuses more for now.</summary>
    public async Task SendHalfAsync()
    {
        var taken = 0;
        Sink.Answer = (moment, _) => moment is SmtpStage.From && taken++ >= Half ? "451 4.3.0 later" : null;
        await SendAsync();
        Sink.Answer = (_, _) => null;
        Assert.Equal(Half, Sink.Mails.Count);
    }

    /// <summary>Sends everything that may be sent, also mails that wait for the next try.</summary>
    public async Task SendAsync()
    {
        await Site.Site.Get<IssueScheduler>().AdvanceAsync(Stop);
        Site.Site.Clock.Advance(TimeSpan.FromMinutes(10));
        await Site.Site.SendMailsAsync(Stop);
        await Site.Site.Get<IssueScheduler>().AdvanceAsync(Stop);
    }

    public async Task<IssueOverview> IssueAsync() => (await Site.Site.Get<IssueService>().FindAsync(Issue, Stop))!;

    public Task BackUpAsync() => Site.Site.Get<BackupService>().WriteAsync(Backup, Stop);

    public void StopSite()
    {
        running?.Dispose();
        running = null;
        SqliteConnection.ClearAllPools();
    }

    /// <summary>Stops the site and has the built program restore the backup.</summary>
    /// <returns>Its output.</returns>
    public async Task<string> RestoreAsync(int exitCode = 0)
    {
        StopSite();
        return await RunAsync(exitCode, "restore", Backup);
    }

    /// <summary>Runs a command, and a restore as a process of its own: it replaces a file that this process may have open.</summary>
    public async Task<string> RunAsync(int exitCode, params string[] words)
    {
        (string Key, string Value)[] settings = [("Data:Directory", Data), ("Content:Path", content.Folder)];
        var (exit, lines) = words[0] is "restore"
            ? await BuiltProgram.RunAsync([.. words, .. settings.Select(setting => $"--{setting.Key}={setting.Value}")])
            : await CommandInProcess.RunAsync(words, settings);
        var said = string.Join('\n', lines);
        Assert.True(exit == exitCode, said);
        return said;
    }

    public void Dispose()
    {
        StopSite();
        Sink.Dispose();
        content.Dispose();
        home.Delete(recursive: true);
    }
}
