using System.Data.Common;
using System.Net;
using ArmTwitch.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace ArmTwitch.Tests.Comments;

/// <summary>What readers and authors see while the database is full, read-only or gone, and that all works again afterwards.</summary>
public sealed class DatabaseOutageTests
{
    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    private static string LongText { get; } = $"I want to die. {string.Join(' ', Enumerable.Repeat("twitching", 250))}";

    public static TheoryData<DatabaseKind, DatabaseFault> Both =>
        new(
            (DatabaseKind.Sqlite, DatabaseFault.Full), (DatabaseKind.Sqlite, DatabaseFault.ReadOnly),
            (DatabaseKind.Sqlite, DatabaseFault.Gone), (DatabaseKind.Postgres, DatabaseFault.ReadOnly),
            (DatabaseKind.Postgres, DatabaseFault.Gone));

    [Theory]
    [MemberData(nameof(Both))]
    public async Task During_an_outage_reading_goes_on_and_every_word_comes_back(DatabaseKind kind, DatabaseFault fault)
    {
        using var site = new FaultySite(kind);
        var shown = await site.Comments.WriteApprovedAsync("From before.");
        var mine = await site.Comments.WriteOneAsync("My own words.");

        await site.Comments.SeeAsync(CommentTestSite.Article);

        site.Begin(fault);
        var post = await site.SendUntilRefusedAsync();
        // A few words more still fit into the last page of a full file.
        if (fault is not DatabaseFault.Full)
        {
            await site.RefusesAsync(mine, ("action", "edit"), ("revision", "1"), ("body", LongText));
            await site.RefusesAsync($"{CommentTestSite.Article}/comments/{shown:N}/report", ("reason", LongText[..400]));
            await site.RefusesAsync($"{mine}/mute");
        }

        Assert.Contains(
            "From before.", (await site.Comments.SeeAsync(CommentTestSite.Article)).Body!.TextContent, StringComparison.Ordinal);
        await site.Comments.SeeAsync("/articles/when-to-get-help");
        await site.Comments.SeeAsync("/search?q=coffee");

        site.End();
        using var later = await site.Comments.WriteAsync(post);
        Assert.Equal(HttpStatusCode.SeeOther, later.StatusCode);
        Assert.Contains(
            post, (await site.Comments.SeeAsync(later.Headers.Location!.ToString())).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(1, (await site.Comments.CommentsAsync()).Count(comment => comment.Text == post));
        Assert.Equal("My own words.", (await site.Comments.CommentsAsync()).Single(comment => comment.WrittenAt == site.OwnWrittenAt).Text);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_page_that_needs_the_database_answers_503_with_Retry_After(DatabaseKind kind)
    {
        using var site = new FaultySite(kind);
        var shown = await site.Comments.WriteApprovedAsync("From before.");
        var mine = await site.Comments.WriteOneAsync("My own words.");

        site.Begin(DatabaseFault.Gone);
        foreach (var address in new[]
        {
            mine,
            $"{CommentTestSite.Article}/comments/{shown:N}",
            $"{CommentTestSite.Article}/comments?page=2"
        })
        {
            using var answer = await site.Comments.Reader.GetAsync(new Uri(address, UriKind.Relative), Stop);

            Assert.Equal((HttpStatusCode.ServiceUnavailable, 30), (answer.StatusCode, answer.Headers.RetryAfter?.Delta?.TotalSeconds));
            Assert.Contains("We cannot do that right now", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        }

        site.End();
        await site.Comments.SeeAsync(mine);
    }

    [Fact]
    public async Task An_article_stored_without_comments_gets_them_after_the_outage()
    {
        using var site = new FaultySite(DatabaseKind.Sqlite);
        await site.Comments.WriteApprovedAsync("From before.");
        site.Begin(DatabaseFault.Gone);
        Assert.DoesNotContain(
            "From before.", (await site.Comments.SeeAsync(CommentTestSite.Article)).Body!.TextContent, StringComparison.Ordinal);

        site.End();
        var text = "";
        for (var round = 0; round < 200 && !text.Contains("From before.", StringComparison.Ordinal); round++)
        {
            await Task.Delay(50, Stop);
            site.Comments.Site.Clock.Advance(TimeSpan.FromSeconds(1));
            text = (await site.Comments.SeeAsync(CommentTestSite.Article)).Body!.TextContent;
        }

        Assert.Contains("From before.", text, StringComparison.Ordinal);
    }

    public enum DatabaseFault
    {
        None,
        Full,
        ReadOnly,
        Gone,
    }

    private sealed class FaultySite : IDisposable
    {
        private readonly SqliteFaultInterceptor sqlite = new();
        private readonly string? postgres;

        public FaultySite(DatabaseKind kind)
        {
            var site = new TestSite(database: kind, settings: [("Limits:Enabled", "false")])
                .With(services => services.ConfigureDbContext<SqliteDb>(options => options.AddInterceptors(sqlite)));
            postgres = kind is DatabaseKind.Postgres
                ? site.SameDatabase.Single(setting => setting.Key is "ConnectionStrings:ArmTwitch").Value
                : null;
            OwnWrittenAt = site.Clock.GetUtcNow() + TimeSpan.FromHours(3);
            Comments = new CommentTestSite(site);
        }

        public CommentTestSite Comments { get; }

        /// <summary>When the second comment was written.</summary>
        public DateTimeOffset OwnWrittenAt { get; }

        public void Begin(DatabaseFault fault)
        {
            if (postgres is null)
                sqlite.Now = fault;
            else
                PostgresServer.Set(
                    postgres, isReachable: fault is not DatabaseFault.Gone, isWritable: fault is not DatabaseFault.ReadOnly);
        }

        public void End()
        {
            sqlite.Now = DatabaseFault.None;
            if (postgres is not null)
                PostgresServer.Set(postgres);
        }

        /// <summary>The last page of a full file still has room for a few comments.</summary>
        /// <returns>The text that was refused.</returns>
        public async Task<string> SendUntilRefusedAsync()
        {
            for (var number = 0; number < 20; number++)
            {
                var text = $"Number {number} of {LongText}";
                using var answer = await Comments.WriteAsync(text);
                if (answer.StatusCode is HttpStatusCode.SeeOther)
                    continue;
                await IsRefusedAsync(answer, text);
                return text;
            }

            throw new InvalidOperationException("Nothing was refused");
        }

        public async Task RefusesAsync(string address, params (string Name, string Value)[] fields)
        {
            using var answer = await Comments.PostAsync(address, fields);
            await IsRefusedAsync(answer, fields.LastOrDefault().Value ?? "");
        }

        public void Dispose()
        {
            End();
            Comments.Dispose();
        }

        private static async Task IsRefusedAsync(HttpResponseMessage answer, string typed)
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Equal(30, answer.Headers.RetryAfter?.Delta?.TotalSeconds);
            var page = await CommentTestSite.ReadAsync(answer);
            Assert.Equal(typed.Length > 0, page.QuerySelector("main > section.emergency:first-child") is not null);
            Assert.Contains(page.QuerySelectorAll("textarea").Select(field => field.TextContent).Append(""), text => text == typed);
        }
    }

    /// <summary>Makes connections fail. To SQLite a file that may not grow is the same as a full disk.</summary>
    private sealed class SqliteFaultInterceptor : DbConnectionInterceptor
    {
        private const int CannotOpen = 14;

        public DatabaseFault Now { get; set; }

        public override InterceptionResult ConnectionOpening(
            DbConnection connection, ConnectionEventData eventData, InterceptionResult result) =>
            Now is DatabaseFault.Gone ? throw new SqliteException("unable to open database file", CannotOpen) : result;

        public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
            DbConnection connection, ConnectionEventData eventData, InterceptionResult result,
            CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(ConnectionOpening(connection, eventData, result));

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"PRAGMA max_page_count={(Now is DatabaseFault.Full ? "1" : "4294967294")}; "
                + $"PRAGMA query_only={(Now is DatabaseFault.ReadOnly ? "ON" : "OFF")}";
            command.ExecuteNonQuery();
        }

        public override Task ConnectionOpenedAsync(
            DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            ConnectionOpened(connection, eventData);
            return Task.CompletedTask;
        }
    }
}
