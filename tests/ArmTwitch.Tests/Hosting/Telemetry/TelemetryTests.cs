using System.Diagnostics;
using System.Net;
using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Data.Telemetry;
using ArmTwitch.Hosting;
using ArmTwitch.Hosting.Telemetry;
using ArmTwitch.Operations;
using ArmTwitch.Tests.Comments;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace ArmTwitch.Tests.Hosting.Telemetry;

/// <summary>What operators see of the site in Prometheus and in traces, and what they must not see.</summary>
public sealed class TelemetryTests
{
    private const string Secret = "eve.example@mail.test";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task There_is_no_page_of_metrics_unless_it_is_asked_for()
    {
        await using var site = new TestSite();
        using var visitor = site.Visit();

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(new Uri("/metrics", UriKind.Relative), Cancel)).StatusCode);
        Assert.Empty(site.Services.GetServices<DatabaseGaugeService>());
    }

    [Theory]
    [InlineData("10.1.2.3", 200)]
    [InlineData("10.2.2.3", 404)]
    [InlineData("127.0.0.1", 404)]
    public async Task Only_the_allowed_networks_see_the_metrics(string client, int status)
    {
        await using var site = new TestSite(settings: [("Metrics:Enabled", "true"), ("Metrics:Allow:0", "10.1.0.0/16")]);
        site.Visit().Dispose();

        var answer = await site.Server.SendAsync(http =>
        {
            http.Request.Path = "/metrics";
            http.Connection.RemoteIpAddress = IPAddress.Parse(client);
        }, Cancel);

        Assert.Equal(status, answer.Response.StatusCode);
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task The_metrics_tell_of_requests_pages_mails_comments_and_backups_and_of_no_person(DatabaseKind database)
    {
        await using var site = new TestSite(database: database, settings: ("Metrics:Enabled", "true"));
        using var visitor = site.VisitOverNetwork();
        for (var times = 0; times < 3; times++)
            await visitor.GetStringAsync(new Uri(CommentTestSite.Article, UriKind.Relative), Cancel);
        await visitor.GetAsync(new Uri($"/search?q={Secret}", UriKind.Relative), Cancel);
        await visitor.GetAsync(new Uri($"/comments/{Secret}", UriKind.Relative), Cancel);
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string> { ["name"] = "Eve", ["email"] = Secret, ["body"] = "Mine stopped on Monday." });
        await visitor.PostAsync(new Uri($"{CommentTestSite.Article}/comments", UriKind.Relative), form, Cancel);
        site.Get<BackupRecord>().Record();
        await site.Get<DatabaseGaugeService>().ReadAsync(Cancel);

        var metrics = await visitor.GetStringAsync(new Uri("/metrics", UriKind.Relative), Cancel);

        Assert.All(
            [
                "http_server_request_duration_seconds_bucket", "http_route=\"/articles/{slug}\"", "http_response_status_code=\"404\"",
                "armtwitch_pages_hits", "armtwitch_pages_stored_size_bytes", "armtwitch_pages_render_duration_seconds_bucket",
                "armtwitch_mail_outbox{", "state=\"in-doubt\"", "armtwitch_mail_due", "le=\"0.001\"", "armtwitch_comments_waiting{", "armtwitch_comments_waiting_oldest_seconds",
                "armtwitch_events_total{", "event=\"comment-arrived\"", "armtwitch_database_duration_seconds_bucket",
                "armtwitch_content_faults", "armtwitch_backup_age_seconds", "dotnet_gc_collections",
            ],
            wanted => Assert.Contains(wanted, metrics, StringComparison.Ordinal));
        Assert.DoesNotContain("eve.example", metrics, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Monday", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comment_that_waits_is_in_the_figures_with_its_age()
    {
        await using var site = new TestSite(settings: ("Metrics:Enabled", "true"));
        using var visitor = site.Visit();
        await using (var db = site.Database())
        {
            var then = site.Clock.GetUtcNow() - TimeSpan.FromMinutes(5);
            db.Add(new Comment
            {
                Article = ArmTwitch.Articles.Slug.Parse("arm-muscle-twitching"),
                Author = "Ada",
                Text = "Mine, too.",
                Level = FlagLevel.Crisis,
                WrittenAt = then,
                WaitingSince = then,
            });
            await db.SaveChangesAsync(Cancel);
        }

        await site.Get<DatabaseGaugeService>().ReadAsync(Cancel);
        var lines = (await visitor.GetStringAsync(new Uri("/metrics", UriKind.Relative), Cancel)).Split('\n');

        Assert.Contains(lines, line => line.StartsWith("armtwitch_comments_waiting{", StringComparison.Ordinal)
            && line.Contains("level=\"crisis\"", StringComparison.Ordinal) && ValueOf(line) is "1");
        Assert.Contains(lines, line => line.StartsWith("armtwitch_comments_waiting_oldest_seconds{", StringComparison.Ordinal)
            && line.Contains("level=\"crisis\"", StringComparison.Ordinal) && ValueOf(line) is "300");
    }

    /// <summary>A degraded site answers 200 at /health/ready, so that no alert would see it.</summary>
    [Fact]
    public async Task What_every_health_check_says_is_in_the_figures()
    {
        await using var site = new TestSite(settings: ("Metrics:Enabled", "true")).With(services => services.AddHealthChecks()
            .AddCheck("half", () => HealthCheckResult.Degraded(Secret))
            .AddCheck("thrown", () => throw new InvalidOperationException(Secret))
            .AddCheck("gone", () => HealthCheckResult.Unhealthy(), [HealthEndpoints.Serves]));
        using var visitor = site.Visit();

        await site.Get<HealthGaugeService>().ReadAsync(Cancel);
        var metrics = await visitor.GetStringAsync(new Uri("/metrics", UriKind.Relative), Cancel);

        Assert.All([("half", "1"), ("thrown", "1"), ("gone", "2"), ("database", "0")], wanted => Assert.Contains(
            metrics.Split('\n'), line => line.StartsWith("armtwitch_health{", StringComparison.Ordinal)
                && line.Contains($"check=\"{wanted.Item1}\"", StringComparison.Ordinal) && ValueOf(line) == wanted.Item2));
        Assert.DoesNotContain(Secret, metrics, StringComparison.Ordinal);
    }

    private static string ValueOf(string line) => line[(line.IndexOf('}', StringComparison.Ordinal) + 1)..].Split(' ')[1];

    [Fact]
    public async Task A_trace_that_leaves_the_program_has_no_address_no_token_and_no_search_words()
    {
        var left = new List<Activity>();
        await using var site = new TestSite(settings: ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://127.0.0.1:1"))
            .With(services => services.ConfigureOpenTelemetryTracerProvider(traces => traces.AddProcessor(new Collector(left))));
        using var visitor = site.VisitOverNetwork();
        foreach (var address in (string[])[
            $"/comments/{Secret}", $"/search?q={Secret}", $"/nowhere/{Secret}", CommentTestSite.Article, CommentTestSite.Article])
            await visitor.GetAsync(new Uri(address, UriKind.Relative), Cancel);
        // A request may end a moment after its answer.
        for (var tries = 0; tries < 200 && CountArticles() < 2; tries++)
            await Task.Delay(25, Cancel);

        Assert.Equal(2, CountArticles());
        lock (left)
        {
            Assert.Contains(left, one => one.OperationName is "render ArticlePage");
            Assert.DoesNotContain(left, one => one.DisplayName.Contains(Secret, StringComparison.Ordinal)
                || one.TagObjects.Any(tag =>
                    $"{tag.Value}".Contains(Secret, StringComparison.Ordinal) || tag.Key.StartsWith("client", StringComparison.Ordinal)));
        }

        int CountArticles()
        {
            // The traces of other sites in this process reach every collector.
            lock (left)
            {
                return left.Count(one => Equals(one.GetTagItem("url.path"), "/articles/{slug}")
                    && Equals(one.GetTagItem("server.port"), visitor.BaseAddress!.Port));
            }
        }
    }

    [Fact]
    public void A_trace_has_the_route_and_not_the_address_with_its_token_or_search_words()
    {
        using var activity = new Activity("request");
        activity.SetTag("url.path", $"/comments/{Secret}").SetTag("url.query", $"?q={Secret}").SetTag("user_agent.original", "a browser")
            .SetTag("client.address", "192.0.2.1").SetTag("network.peer.address", "192.0.2.1");
        var http = new DefaultHttpContext();
        http.SetEndpoint(new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse("/comments/{token}"), 0, null, null));

        TelemetryFeature.LeaveOutAddress(activity, http);

        Assert.Equal([new("url.path", "/comments/{token}")], activity.TagObjects);
    }

    private sealed class Collector(List<Activity> left) : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data)
        {
            lock (left)
                left.Add(data);
        }
    }
}
