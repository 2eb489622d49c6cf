using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Moderation;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Tests.Comments;

namespace ArmTwitch.Tests.Moderation.Deciding;

/// <summary>Two replicas on one database: what one decides, readers of the other see.</summary>
public sealed class CommentChangePollerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task What_is_removed_on_one_replica_is_gone_on_the_other(DatabaseKind kind)
    {
        await using var replicas = await TwoReplicas.BeginAsync(kind);
        var comment = await replicas.PublishAsync("To be taken down.");
        await replicas.Here.PollAsync(Cancel);
        Assert.Contains("To be taken down.", await replicas.ReadHereAsync(), StringComparison.Ordinal);

        await replicas.RemoveAsync(comment);
        await replicas.Here.PollAsync(Cancel);

        Assert.DoesNotContain("To be taken down.", await replicas.ReadHereAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"CommentDecisions\"")]
    [InlineData("\"Comments\"")]
    [InlineData("\"CommentArrivals\"")]
    public async Task A_change_that_a_replica_could_not_read_is_read_by_the_next_poll(string table)
    {
        await using var replicas = await TwoReplicas.BeginAsync(DatabaseKind.Postgres);
        var comment = await replicas.PublishAsync("To be taken down.");
        await replicas.Here.PollAsync(Cancel);
        Assert.Contains("To be taken down.", await replicas.ReadHereAsync(), StringComparison.Ordinal);

        await replicas.RemoveAsync(comment);
        replicas.Reads.RefuseOnce($"FROM {table}");
        Assert.True(DatabaseFailureClassifier.IsOutage(await Record.ExceptionAsync(() => replicas.Here.PollAsync(Cancel))));
        await replicas.Here.PollAsync(Cancel);

        Assert.DoesNotContain("To be taken down.", await replicas.ReadHereAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comment_whose_arrival_could_not_be_read_at_first_still_reaches_the_queue()
    {
        await using var replicas = await TwoReplicas.BeginAsync(DatabaseKind.Postgres);
        await replicas.Here.PollAsync(Cancel);
        var told = new List<Guid>();
        replicas.HereSite.Get<CommentChangeNotifier>().Changed += told.Add;

        var comment = await replicas.There.WriteAsync("New over there.");
        await replicas.There.SaveAsync(
            new CommentArrival { Content = [2], CommentId = comment.Id, At = replicas.There.Site.Clock.GetUtcNow() });
        replicas.Reads.RefuseOnce("FROM \"Comments\"");
        Assert.True(DatabaseFailureClassifier.IsOutage(await Record.ExceptionAsync(() => replicas.Here.PollAsync(Cancel))));
        await replicas.Here.PollAsync(Cancel);

        Assert.Equal([comment.Id], told);
    }

    [Fact]
    public async Task A_page_that_was_made_before_the_first_poll_is_made_again_too()
    {
        await using var replicas = await TwoReplicas.BeginAsync(DatabaseKind.Postgres);
        var comment = await replicas.PublishAsync("To be taken down.");
        Assert.Contains("To be taken down.", await replicas.ReadHereAsync(), StringComparison.Ordinal);

        await replicas.RemoveAsync(comment);
        await replicas.Here.PollAsync(Cancel);

        Assert.DoesNotContain("To be taken down.", await replicas.ReadHereAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listener_that_fails_does_not_stop_the_others()
    {
        await using var site = new ModerationTestSite();
        var ada = await site.AddModeratorAsync("Ada");
        var comment = await site.WriteAsync();
        var told = new List<Guid>();
        site.Get<CommentChangeNotifier>().Changed += _ => throw new ObjectDisposedException("a screen");
        site.Get<CommentChangeNotifier>().Changed += told.Add;

        var result = await site.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ada, Cancel);

        Assert.Equal(DecisionOutcome.Done, result.Outcome);
        Assert.Equal([comment.Id], told);
    }

    /// <summary>Two whole sites on one database.</summary>
    private sealed class TwoReplicas : IAsyncDisposable
    {
        private readonly HttpClient reader;
        private Decider ada = null!;

        private TwoReplicas(DatabaseKind kind)
        {
            There = new ModerationTestSite(kind);
            HereSite = new TestSite(settings: There.Site.SameDatabase).With(Reads.AddTo);
            reader = HereSite.Visit();
        }

        /// <summary>Where moderators decide.</summary>
        public ModerationTestSite There { get; }

        /// <summary>Where readers read.</summary>
        public TestSite HereSite { get; }

        public CommentChangePoller Here => HereSite.Get<CommentChangePoller>();

        public FailingCommandInterceptor Reads { get; } = new();

        public static async Task<TwoReplicas> BeginAsync(DatabaseKind kind)
        {
            var replicas = new TwoReplicas(kind);
            replicas.ada = await replicas.There.AddModeratorAsync("Ada");
            return replicas;
        }

        public async Task<Comment> PublishAsync(string text)
        {
            var comment = await There.WriteAsync(text);
            await There.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ada, Cancel);
            return comment;
        }

        public Task<DecisionResult> RemoveAsync(Comment comment) => There.Decisions.DecideAsync(comment.Id, 1, Decision.Remove, ada, Cancel);

        public Task<string> ReadHereAsync() => reader.GetStringAsync(new Uri(CommentTestSite.Article, UriKind.Relative), Cancel);

        public async ValueTask DisposeAsync()
        {
            reader.Dispose();
            await HereSite.DisposeAsync();
            await There.DisposeAsync();
        }
    }
}
