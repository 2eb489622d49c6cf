using System.Data.Common;
using System.Net;
using System.Text.Json;
using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace ArmTwitch.Tests.Hosting;

/// <summary>A background service that fails is told and started again, and never takes the site along.</summary>
public sealed partial class BackgroundSupervisorTests
{
    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_service_that_fails_is_logged_as_critical_and_started_again()
    {
        using var log = new CapturedLog();
        var service = new FailingService(times: 3);
        using var site = new TestSite(settings: CapturedLog.Wanted("ArmTwitch.Hosting"))
            .With(services => services.AddSingleton<ILoggerProvider>(log).AddHostedService(_ => service));
        using var visitor = site.Visit();

        await UntilAsync(site, () => service.Runs is 4);

        Assert.StartsWith(
            "Critical: The background service FailingService failed (IOException) and is started again in 1 s",
            await log.WaitForAsync("in 1 s"), StringComparison.Ordinal);
        await log.WaitForAsync("in 4 s");
        Assert.DoesNotContain("typed", await log.WaitForAsync("in 2 s"), StringComparison.Ordinal);
        Assert.Equal("degraded", await HealthAsync(visitor));
        using var page = await visitor.GetAsync(new Uri("/topics", UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);

        site.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal("healthy", await HealthAsync(visitor));
    }

    [Fact]
    public async Task A_service_that_never_runs_long_is_tried_again_at_most_once_a_minute()
    {
        using var log = new CapturedLog();
        var service = new FailingService(times: int.MaxValue);
        using var site = new TestSite(settings: CapturedLog.Wanted("ArmTwitch.Hosting"))
            .With(services => services.AddSingleton<ILoggerProvider>(log).AddHostedService(_ => service));
        using var visitor = site.Visit();

        await UntilAsync(site, () => service.Runs is 9);

        Assert.Contains("in 60 s", await log.WaitForAsync("in 60 s"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(NotSupportedException))]
    [InlineData(typeof(OperationCanceledException))]
    public async Task After_a_round_that_failed_in_whatever_way_comes_the_next(Type failure)
    {
        using var log = new CapturedLog();
        using var site = new TestSite();
        using var visitor = site.Visit();
        using var rounds = new FailingPeriodicService(failure, site.Get<DatabaseInitializer>(), site.Clock, log);
        await rounds.StartAsync(Stop);

        await UntilAsync(site, () => rounds.Count is 3);

        Assert.False(rounds.ExecuteTask!.IsCompleted);
        await rounds.StopAsync(Stop);
    }

    [Fact]
    public async Task A_round_that_goes_on_failing_is_logged_when_that_begins_and_when_it_is_over()
    {
        using var log = new CapturedLog();
        using var site = new TestSite();
        using var visitor = site.Visit();
        using var rounds = new FailingPeriodicService(typeof(IOException), site.Get<DatabaseInitializer>(), site.Clock, log);
        await rounds.StartAsync(Stop);
        await UntilAsync(site, () => rounds.Count is 5);

        rounds.Works = true;
        await UntilAsync(site, () => rounds.Count is 7);
        await log.WaitForAsync("FailingPeriodicService works again");
        rounds.Works = false;
        await UntilAsync(site, () => rounds.Count is 10);
        await rounds.StopAsync(Stop);

        Assert.Equal(["failed", "FailingPeriodicService works again", "failed"], log.Lines);
    }

    [Fact]
    public async Task The_first_admin_is_invited_although_the_database_failed_at_first()
    {
        using var log = new CapturedLog();
        var trouble = new BusyOnFirstCommand();
        using var site = new TestSite(settings: [CapturedLog.Wanted("ArmTwitch.Moderators"), CapturedLog.Wanted("ArmTwitch.Hosting")])
            .With(services =>
                services.AddSingleton<ILoggerProvider>(log).ConfigureDbContext<SqliteDb>(options => options.AddInterceptors(trouble)));
        using var visitor = site.Visit();

        await log.WaitForAsync("FirstAdminInvitation failed (SQLite 5)");
        site.Clock.Advance(TimeSpan.FromSeconds(2));

        await log.WaitForAsync("There is no moderator yet");
    }

    [Fact]
    public async Task Without_file_events_the_content_is_polled_and_the_log_says_so_once()
    {
        using var log = new CapturedLog();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(log));
        using var content = new ContentCopy();
        var options = Options.Create(new ContentOptions { Path = content.Folder, PollSeconds = .05, CheckRules = false });
        var library = new ArticleLibrary(options, null!, TimeProvider.System, factory.CreateLogger<ArticleLibrary>());
        using var watcher =
            new ContentWatcher(library, options, TimeProvider.System, factory.CreateLogger<ContentWatcher>()) { Open = _ => new ExhaustedFileProvider() };
        await watcher.StartAsync(Stop);

        content.WriteArticle("one", "Changed without an event.");
        for (var round = 0; round < 400 && log.Lines.Count(line => line.Contains(" from ", StringComparison.Ordinal)) < 2; round++)
        {
            await Task.Delay(25, Stop);
            content.WriteArticle("one", $"Changed without an event, {round}.");
        }

        await watcher.StopAsync(Stop);
        Assert.True(log.Lines.Count(line => line.Contains(" from ", StringComparison.Ordinal)) > 1, string.Join('\n', log.Lines));
        Assert.Equal(
            "The system sends no events for changed files; the content is read every 0.05 s instead: used up",
            Assert.Single(log.Lines, line => line.StartsWith("The system", StringComparison.Ordinal)));
    }

    private static async Task UntilAsync(TestSite site, Func<bool> holds)
    {
        for (var round = 0; round < 400 && !holds(); round++)
        {
            await Task.Delay(10, Stop);
            site.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.True(holds());
    }

    private static async Task<string?> HealthAsync(HttpClient visitor)
    {
        var report = JsonDocument.Parse(await visitor.GetStringAsync(new Uri("/health/ready", UriKind.Relative), Stop)).RootElement;
        return report.GetProperty("checks").GetProperty("background").GetProperty("status").GetString();
    }

    private sealed class FailingService(int times) : BackgroundService
    {
        private int runs;

        public int Runs => Volatile.Read(ref runs);

        protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
            Interlocked.Increment(ref runs) <= times
                ? throw new IOException("What somebody typed")
                : Task.Delay(Timeout.Infinite, stoppingToken);
    }

    private sealed partial class FailingPeriodicService(Type failure, DatabaseInitializer database, TimeProvider clock, ILogger logger)
        : PeriodicService(TimeSpan.FromSeconds(1), database, clock)
    {
        public int Count { get; private set; }

        public bool Works { get; set; }

        protected override ILogger Logger => logger;

        protected override Task RunOnceAsync(CancellationToken stoppingToken)
        {
            Count++;
            return Works ? Task.CompletedTask : throw (Exception)Activator.CreateInstance(failure)!;
        }

        protected override void LogFailure(Exception failed)
        {
            Assert.IsType(failure, failed);
            LogFailed();
        }

        [LoggerMessage(LogLevel.Error, "failed")]
        private partial void LogFailed();
    }

    /// <summary>Somebody else has the database the first time that accounts are looked for.</summary>
    private sealed class BusyOnFirstCommand : DbCommandInterceptor
    {
        private const int Busy = 5;

        private int asked;

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default) =>
            command.CommandText.Contains("\"Moderators\"", StringComparison.Ordinal) && Interlocked.Increment(ref asked) is 1
                ? throw new SqliteException("database is locked", Busy)
                : ValueTask.FromResult(result);
    }

    private sealed class ExhaustedFileProvider : IFileProvider
    {
        public IDirectoryContents GetDirectoryContents(string subpath) => NotFoundDirectoryContents.Singleton;

        public IFileInfo GetFileInfo(string subpath) => new NotFoundFileInfo(subpath);

        public IChangeToken Watch(string filter) => throw new IOException("used up");
    }
}
