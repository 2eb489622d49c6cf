using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Data.Retention;
using ArmTwitch.Moderation;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.Digests;
using ArmTwitch.Moderation.Statistics;
using ArmTwitch.Tests.Moderation;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Data.Retention;

public abstract class RetentionServiceTests(DatabaseKind database) : IAsyncLifetime
{
    private readonly ModerationTestSite desk = new(database);
    private Decider ada = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => ada = await desk.AddModeratorAsync("Ada", wantsDigest: true);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await desk.DisposeAsync();
    }

    [Fact]
    public async Task Originals_and_addresses_go_thirty_days_after_the_decision()
    {
        var comment = await desk.WriteAsync("I am Ada Smith.", email: "reader@example.org");
        var waiting = await desk.WriteAsync(email: "patient@example.org");
        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.ApproveRedacted(new Redaction(5, 9, RemovedKind.Name)), ada, Cancellation);

        desk.Site.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        await TidyAsync();
        Assert.Equal(("I am Ada Smith.", "reader@example.org"), await KeptAsync(comment));

        desk.Site.Clock.Advance(TimeSpan.FromSeconds(1));
        await TidyAsync();
        Assert.Equal(("I am [removed: name].", null), await KeptAsync(comment));
        Assert.Equal("patient@example.org", (await desk.ReadAsync(waiting.Id)).Email);
        Assert.Single(await desk.HistoryAsync(comment.Id), entry => entry.Kind is DecisionKind.OriginalPurged);
        Assert.Null((await desk.Queue.ReadOriginalAsync(new(comment.Id, 1), ada, Cancellation)).Text);

        async Task<(string, string?)> KeptAsync(Comment one)
        {
            var now = await desk.ReadAsync(one.Id);
            return (now.Text, now.Email);
        }
    }

    [Fact]
    public async Task Who_looks_at_the_original_of_a_removed_comment_does_not_keep_it()
    {
        var comment = await desk.WriteAsync("I am Ada Smith.");
        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ada, Cancellation);
        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Remove, ada, Cancellation);
        desk.Site.Clock.Advance(TimeSpan.FromDays(20));
        await desk.SaveAsync(Looked(DecisionKind.OriginalRead), Looked(DecisionKind.OriginalPurged));

        desk.Site.Clock.Advance(TimeSpan.FromDays(10));
        await TidyAsync();

        Assert.Equal("", (await desk.ReadAsync(comment.Id)).Text);

        CommentDecision Looked(DecisionKind kind) => new()
        {
            CommentId = comment.Id,
            Revision = 1,
            Kind = kind,
            By = "Ada",
            Before = CommentStatus.Removed,
            After = CommentStatus.Removed,
            At = desk.Site.Clock.GetUtcNow(),
            Flags = "",
        };
    }

    [Fact]
    public async Task Networks_links_and_undo_notes_go_when_their_time_is_over()
    {
        var comment = await desk.WriteAsync(email: "reader@example.org");
        await desk.SaveAsync(new CommentArrival { Content = [2], CommentId = comment.Id, At = desk.Site.Clock.GetUtcNow() });
        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ada, Cancellation);
        await TidyAsync();
        Assert.Equal((1, 1, 1), await CountAsync());

        desk.Site.Clock.Advance(TimeSpan.FromDays(1));
        await TidyAsync();
        Assert.Equal((0, 1, 0), await CountAsync());

        desk.Site.Clock.Advance(TimeSpan.FromDays(29));
        await TidyAsync();
        Assert.Equal((0, 0, 0), await CountAsync());

        async Task<(int, int, int)> CountAsync()
        {
            await using var db = await desk.OpenAsync();
            return (
                await db.Set<CommentArrival>().CountAsync(Cancellation), await db.Set<CommentToken>().CountAsync(Cancellation),
                await db.Set<DecisionUndoSnapshot>().CountAsync(Cancellation));
        }
    }

    [Fact]
    public async Task A_digest_tells_of_what_is_new_once_an_hour_and_never_the_words()
    {
        await desk.AddModeratorAsync("Quiet");
        var comment = await desk.WriteAsync("Secret words.", level: FlagLevel.RedFlag, rules: ["red-flags"]);
        desk.Site.Clock.Advance(TimeSpan.FromMinutes(1));

        await SendAsync();
        await desk.WriteAsync("More.");
        desk.Site.Clock.Advance(TimeSpan.FromMinutes(50));
        await SendAsync();
        var mail = Assert.Single(await desk.MailsAsync());
        Assert.Equal("ada@armtwitch.test", mail.To);
        Assert.Contains($"https://armtwitch.test/moderation/queue?comment={comment.Id}", mail.Text, StringComparison.Ordinal);
        Assert.Contains("red flag: Red flags", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Secret", mail.Text + mail.Html, StringComparison.Ordinal);

        desk.Site.Clock.Advance(TimeSpan.FromMinutes(10));
        await SendAsync();
        desk.Site.Clock.Advance(TimeSpan.FromHours(2));
        await SendAsync();
        Assert.Equal(2, (await desk.MailsAsync()).Count);
    }

    [Fact]
    public async Task A_digest_lists_in_the_order_of_the_queue()
    {
        var selling = await desk.WriteAsync(spamScore: .95);
        desk.Site.Clock.Advance(TimeSpan.FromMinutes(1));
        var plain = await desk.WriteAsync();

        await SendAsync();

        var text = Assert.Single(await desk.MailsAsync()).Text;
        Assert.InRange(text.IndexOf($"{plain.Id}", StringComparison.Ordinal), 0, text.IndexOf($"{selling.Id}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Figures_count_what_was_decided()
    {
        desk.Site.Clock.Advance(TimeSpan.FromHours(1));
        await DecideAsync(TimeSpan.FromMinutes(1), Decision.Approve, "links");
        await DecideAsync(TimeSpan.FromMinutes(3), Decision.Spam, "links");
        await DecideAsync(TimeSpan.FromMinutes(10), Decision.Reject(RefusalReason.Abuse), "shouting");
        var undone = await DecideAsync(TimeSpan.FromMinutes(9), Decision.Spam, "shouting");
        await desk.Undo.UndoAsync(undone.DecisionId!.Value, ada, Cancellation);

        var figures = await desk.Site.Get<ModerationStatistics>().ReadAsync(Cancellation);

        Assert.Equal(1, figures.Waiting.Total);
        Assert.Equal(TimeSpan.FromMinutes(3), figures.Times!.Median);
        Assert.Equal(ModerationStatistics.Days, figures.ByDay.Count);
        Assert.Equal((3, 1, 1, 1), (
            figures.ByDay[^1].Decided, figures.ByDay[^1].Of(DecisionKind.Approve), figures.ByDay[^1].Of(DecisionKind.Spam),
            figures.ByDay[^1].Of(DecisionKind.Reject)));
        Assert.Equal([("links", 2, .5), ("shouting", 1, 1)], figures.Rules.Select(rule => (rule.Rule, rule.Decided, rule.Precision)));

        async Task<DecisionResult> DecideAsync(TimeSpan wait, Decision decision, string rule)
        {
            var comment = await desk.WriteAsync(rules: [rule]);
            desk.Site.Clock.Advance(wait);
            return await desk.Decisions.DecideAsync(comment.Id, 1, decision, ada, Cancellation);
        }
    }

    [Fact]
    public async Task What_the_command_line_decides_reaches_the_site_that_runs()
    {
        var follower = desk.Site.Get<CommentChangePoller>();
        await follower.PollAsync(Cancellation);
        var comment = await desk.WriteAsync();
        await desk.SaveAsync(new CommentDecision
        {
            CommentId = comment.Id,
            Revision = 1,
            Kind = DecisionKind.Approve,
            By = "command line",
            Before = CommentStatus.Pending,
            After = CommentStatus.Approved,
            At = desk.Site.Clock.GetUtcNow(),
            Flags = "",
        });
        var told = new List<Guid>();
        desk.Site.Get<CommentChangeNotifier>().Changed += told.Add;

        await follower.PollAsync(Cancellation);
        await follower.PollAsync(Cancellation);

        Assert.Equal([comment.Id], told);
    }

    [Fact]
    public async Task A_comment_that_another_replica_took_in_reaches_the_queues_here()
    {
        var follower = desk.Site.Get<CommentChangePoller>();
        await follower.PollAsync(Cancellation);
        var comment = await desk.WriteAsync();
        await desk.SaveAsync(new CommentArrival { Content = [2], CommentId = comment.Id, At = desk.Site.Clock.GetUtcNow() });
        var told = new List<Guid>();
        desk.Site.Get<CommentChangeNotifier>().Changed += told.Add;

        await follower.PollAsync(Cancellation);
        await follower.PollAsync(Cancellation);

        Assert.Equal([comment.Id], told);
    }

    private Task TidyAsync() => desk.Site.Get<RetentionService>().ApplyRulesAsync(Cancellation);

    private Task<int> SendAsync() => desk.Site.Get<ModeratorDigest>().SendAsync(Cancellation);
}

public sealed class RetentionServiceTestsOnSqlite() : RetentionServiceTests(DatabaseKind.Sqlite);

public sealed class RetentionServiceTestsOnPostgres() : RetentionServiceTests(DatabaseKind.Postgres);
