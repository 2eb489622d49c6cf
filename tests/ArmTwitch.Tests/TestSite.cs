using ArmTwitch.Comments.Spam;
using ArmTwitch.Data;
using ArmTwitch.Data.Changes;
using ArmTwitch.Data.Clocks;
using ArmTwitch.Mail.Sending;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using MimeKit;

namespace ArmTwitch.Tests;

/// <summary>The real site with a clock that tests can hold. It serves the repository's own content unless given another folder.</summary>
public sealed class TestSite : WebApplicationFactory<Program>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>What a site that is over found in the repository's own content; it would be found anew by each of hundreds.</summary>
    private static volatile string? checkedContent;

    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("armtwitch-data-");
    private readonly Dictionary<string, string?> settings = [];
    private readonly List<Action<IServiceCollection>> changes = [];
    private readonly string? postgres;

    /// <param name="content">A content folder of the test's own; null for the repository's.</param>
    /// <param name="environment">Development or Production.</param>
    /// <param name="database">Which database it keeps its data in; a new one, gone with the site.</param>
    /// <param name="isNew">Whether the site has to make its tables first.</param>
    /// <param name="settings">Configuration on top, such as <c>("Site:Name", "A name")</c>.</param>
    public TestSite(
        string? content = null, string environment = "Development", DatabaseKind database = DatabaseKind.Sqlite, bool isNew = false,
        params (string Key, string Value)[] settings)
    {
        if (database is DatabaseKind.Postgres)
        {
            postgres = isNew ? PostgresServer.NewDatabase() : MigratedDatabaseTemplate.CopyOnServer();
            this.settings["Data:Provider"] = "Postgres";
            this.settings["ConnectionStrings:ArmTwitch"] = postgres;
        }
        else if (!isNew)
        {
            MigratedDatabaseTemplate.CopyTo(data.FullName);
        }

        Environment = environment;
        this.settings["Content:Path"] = content ?? RepositoryPaths.Content;
        this.settings["Data:Directory"] = data.FullName;
        this.settings["Logging:LogLevel:Default"] = "Critical";
        this.settings["Site:BaseUrl"] = "https://armtwitch.test";
        this.settings["Mail:Pickup"] = "true";
        foreach (var (key, value) in settings)
            this.settings[key] = value;
        // The small articles of a test's own folder keep few rules of writing.
        this.settings.TryAdd("Content:CheckRules", IsOfRepository ? "true" : "false");
        if (IsOfRepository && checkedContent is { } before)
            File.WriteAllText(CheckedContentFile, before);
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero));

    /// <summary>The folder that the site writes to.</summary>
    public string DataFolder => data.FullName;

    private string Environment { get; }

    private bool IsOfRepository => settings["Content:Path"] == RepositoryPaths.Content;

    /// <summary>Where the program keeps which files keep the rules of writing.</summary>
    private string CheckedContentFile => Path.Combine(data.FullName, "sound-content.txt");

    /// <summary>
    /// A visitor who does not follow redirects, so that tests see them; by default one who comes when the database is there.
    /// </summary>
    public HttpClient Visit(bool early = false)
    {
        var visitor = CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        if (!early)
            AwaitDatabase();
        return visitor;
    }

    /// <summary>The same over a real socket, for what an in-memory server cannot show: the exact spelling of an address.</summary>
    public HttpClient VisitOverNetwork()
    {
        UseKestrel(0);
        StartServer();
        AwaitDatabase();
        return new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = ClientOptions.BaseAddress
        };
    }

    /// <summary>Sets the clock to so long before the next midnight (UTC).</summary>
    public void AwaitMidnight(TimeSpan before) =>
        Clock.SetUtcNow(new DateTimeOffset(Clock.GetUtcNow().UtcDateTime.Date.AddDays(1) - before, TimeSpan.Zero));

    /// <summary>Settings for another site on the same database.</summary>
    public (string Key, string Value)[] SameDatabase => postgres is null
        ? [("ConnectionStrings:ArmTwitch", $"Data Source={Path.Combine(data.FullName, "armtwitch.db")}")]
        : [("Data:Provider", "Postgres"), ("ConnectionStrings:ArmTwitch", postgres)];

    /// <summary>A look into the database beside the site.</summary>
    public ArmTwitchDb Database() => Get<IDbContextFactory<ArmTwitchDb>>().CreateDbContext();

    /// <summary>Lets the site hear what others change in its PostgreSQL; call it before the first visit.</summary>
    public TestSite Listening() =>
        With(services => services.AddHostedService(provider => provider.GetRequiredService<PostgresChangeListener>()));

    /// <summary>Waits until somebody waits for a lock of PostgreSQL.</summary>
    public async Task AwaitLockAsync(CancellationToken cancellationToken)
    {
        await using var db = Database();
        while (await db.Database.SqlQuery<int>(
            $"""SELECT count(*)::int AS "Value" FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'""")
            .SingleAsync(cancellationToken) is 0)
            await Task.Delay(TimeSpan.FromMilliseconds(5), cancellationToken);
    }

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Changes what the site is made of; call it before the first visit.</summary>
    public TestSite With(Action<IServiceCollection> change)
    {
        changes.Add(change);
        return this;
    }

    /// <summary>Sends every mail that is due.</summary>
    /// <returns>All mails that were ever sent by this site, the oldest first.</returns>
    public async Task<IReadOnlyList<MimeMessage>> SendMailsAsync(CancellationToken cancellationToken = default)
    {
        await Get<MailSender>().SendAllAsync(cancellationToken);
        var folder = Path.Combine(data.FullName, "mail");
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*.eml").Order(StringComparer.Ordinal).Select(file => MimeMessage.Load(file))]
            : [];
    }

    /// <summary>
    /// Whether the service does something every few seconds, or when a start is over; a clock that is set forward by days would make it do
    /// that thousands of times, or beside a test that has nothing to do with it.
    /// </summary>
    private static bool IsTimed(ServiceDescriptor service) =>
        service.ServiceType == typeof(IHostedService)
        && (service.ImplementationType ?? service.ImplementationFactory?.GetType().GenericTypeArguments[1]) is { } type
        && (type.IsSubclassOf(typeof(PeriodicService)) || type == typeof(SpamTrainingService) || type == typeof(PostgresChangeListener)
            // The browser tests, which compile this file too, do not see it.
            || type.FullName is "ArmTwitch.Search.SearchPreparation");

    private void AwaitDatabase()
    {
        if (!Get<ArmTwitch.Data.Availability.DatabaseInitializer>().WhenReadyAsync(Patience).Wait(Patience))
            throw new TimeoutException("The database is not ready.");
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(Environment);
        foreach (var (key, value) in settings)
            builder.UseSetting(key, value);
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<TimeProvider>(Clock);
            // PostgreSQL's own clock would never agree with one that tests hold.
            services.AddSingleton<IDatabaseClock, ProgramClock>();
            // A clock that jumps would run it at every tick; tests send by SendMailsAsync.
            foreach (var worker in services.Where(IsTimed).ToList())
                services.Remove(worker);
            changes.ForEach(change => change(services));
        });
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing || !data.Exists)
            return;
        KeepCheckedContent();
        SqliteConnection.ClearAllPools();
        if (postgres is not null)
            PostgresServer.Drop(postgres);
        Delete(data);
    }

    private void KeepCheckedContent()
    {
        if (IsOfRepository && checkedContent is null && File.Exists(CheckedContentFile))
            checkedContent = File.ReadAllText(CheckedContentFile);
    }

    /// <summary>A request that is still under way may write a file while its folder is being deleted.</summary>
    private static void Delete(DirectoryInfo folder)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                folder.Delete(recursive: true);
                return;
            }
            catch (IOException) when (tries < 10)
            {
                Thread.Sleep(100);
            }
        }
    }
}
