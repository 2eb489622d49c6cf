using System.Net;
using System.Text.Json;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace ArmTwitch.Tests.Hosting;

/// <summary>What <c>/health/ready</c> says, and to whom.</summary>
public sealed class HealthEndpointsTests
{
    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "127.0.0.1", true)]
    [InlineData("", "::1", true)]
    [InlineData("", "::ffff:127.0.0.1", true)]
    [InlineData("", "203.0.113.5", false)]
    [InlineData("203.0.113.0/24, 192.0.2.7", "203.0.113.5", true)]
    [InlineData("203.0.113.0/24, 192.0.2.7", "192.0.2.7", true)]
    [InlineData("203.0.113.0/24, 192.0.2.7", "192.0.2.8", false)]
    [InlineData("203.0.113.0/24", "127.0.0.1", false)]
    [InlineData("203.0.113.0/24, 127.0.0.0/8", "127.0.0.1", true)]
    [InlineData("203.0.113.0/24, ::1", "::1", true)]
    public async Task Reasons_are_for_the_networks_that_may_have_them(string allow, string client, bool isTold)
    {
        using var site = new TestSite(settings: ("Metrics:Allow", allow));
        using var visitor = site.Visit();

        foreach (var address in new[] { "/health/ready", "/health/live" })
        {
            var answer = await site.Server.SendAsync(http =>
            {
                (http.Request.Method, http.Request.Path) = ("GET", address);
                http.Connection.RemoteIpAddress = IPAddress.Parse(client);
            }, Stop);

            var body = await JsonDocument.ParseAsync(answer.Response.Body, cancellationToken: Stop);
            Assert.Equal(isTold && address is "/health/ready", body.RootElement.TryGetProperty("checks", out _));
            Assert.NotEmpty(body.RootElement.GetProperty("status").GetString()!);
            Assert.Equal("nosniff", answer.Response.Headers["X-Content-Type-Options"]);
            Assert.Equal("default-src 'none'; frame-ancestors 'none'", answer.Response.Headers.ContentSecurityPolicy);
        }
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task A_database_that_goes_away_is_degraded_and_comes_back_by_itself(DatabaseKind kind)
    {
        var gone = new UnreachableDatabase();
        using var site = gone.Of(new TestSite(database: kind));
        using var visitor = site.Visit();

        Assert.Equal(("healthy", null), await CheckAsync(visitor, "database"));

        gone.IsGone = true;
        var (status, reason) = await CheckAsync(visitor, "database");
        gone.IsGone = false;

        Assert.Equal("degraded", status);
        Assert.StartsWith("The database does not answer (", reason, StringComparison.Ordinal);
        Assert.Equal(("healthy", null), await CheckAsync(visitor, "database"));
    }

    /// <summary>The first page is what makes a file a database; the one that lists the tables may be broken too.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public async Task A_corrupt_file_is_named_as_corrupt_in_log_and_health(int broken)
    {
        using var log = new CapturedLog();
        using var site = new TestSite(settings: CapturedLog.Wanted("ArmTwitch.Data"))
            .With(services => services.AddSingleton<ILoggerProvider>(log));
        var file = Path.Combine(site.DataFolder, "armtwitch.db");
        await using (var bytes = File.OpenWrite(file))
        {
            bytes.Position = broken;
            await bytes.WriteAsync(Enumerable.Repeat((byte)'x', 4096 - broken).ToArray(), Stop);
        }

        SqliteConnection.ClearAllPools();
        using var visitor = site.Visit(early: true);
        _ = site.Get<DatabaseInitializer>().WhenReadyAsync(TimeSpan.FromSeconds(1), Stop);
        var line = await log.WaitForAsync("is damaged");

        Assert.Equal(
            ("degraded", "The database file is corrupt. Stop the site and restore a backup."), await CheckAsync(visitor, "database"));
        Assert.StartsWith("Critical: ", line, StringComparison.Ordinal);
        Assert.Contains("armtwitch.db", line, StringComparison.Ordinal);
        Assert.Contains("the file is corrupt", line, StringComparison.Ordinal);
        using var article = await visitor.GetAsync(new Uri("/articles/arm-muscle-twitching", UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.OK, article.StatusCode);
    }

    /// <summary>A check that throws, or that nobody thought of, must not take a site out of service that can be read.</summary>
    [Fact]
    public async Task Only_what_no_reader_could_be_served_without_makes_it_unhealthy()
    {
        using var site = new TestSite().With(services => services.AddHealthChecks()
            .AddCheck("thrown", () => throw new InvalidOperationException("secret"))
            .AddCheck("said", () => HealthCheckResult.Unhealthy("It is away.")));
        using var visitor = site.Visit();

        Assert.Equal("degraded", (await CheckAsync(visitor, "thrown")).Status);
        Assert.Equal(("degraded", "It is away."), await CheckAsync(visitor, "said"));
    }

    private static async Task<(string? Status, string? Reason)> CheckAsync(HttpClient visitor, string name)
    {
        using var answer = await visitor.GetAsync(new Uri("/health/ready", UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var check = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stop)).RootElement.GetProperty("checks").GetProperty(name);
        return (check.GetProperty("status").GetString(), check.GetProperty("reason").GetString());
    }
}
