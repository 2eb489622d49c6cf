using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderation;
using ArmTwitch.Tests.Comments;

namespace ArmTwitch.Tests.Moderation;

/// <summary>Two replicas on one database: what one decides, readers of the other see.</summary>
public sealed class FollowerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task What_is_removed_on_one_replica_is_gone_on_the_other(DatabaseKind kind)
    {
        await using var replicas = await Replicas.BeginAsync(kind);
        var comment = await replicas.PublishAsync("To be taken down.");
        await replicas.Here.FollowAsync(Stop);
        Assert.Contains("To be taken down.", await replicas.ReadHereAsync(), StringComparison.Ordinal);

        await replicas.RemoveAsync(comment);
        await replicas.Here.FollowAsync(Stop);

        Assert.DoesNotContain("To be taken down.", await replicas.ReadHereAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"CommentDecisions\"")]
    [InlineData("\"Comments\"")]
    [InlineData("\"CommentArrivals\"")]
    public async Task What_a_replica_could_not_read_at_first_is_told_afterwards(string table)
    {
        await using var replicas = await Replicas.BeginAsync(DatabaseKind.Postgres);
        var comment = await replicas.PublishAsync("To be taken down.");
        await replicas.Here.FollowAsync(Stop);
        Assert.Contains("To be taken down.", await replicas.ReadHereAsync(), StringComparison.Ordinal);

        await replicas.RemoveAsync(comment);
        replicas.Reads.RefuseOnce($"FROM {table}");
        Assert.True(DatabaseFailure.Is(await Record.ExceptionAsync(() => replicas.Here.FollowAsync(Stop))));
        await replicas.Here.FollowAsync(Stop);

        Assert.DoesNotContain("To be taken down.", await replicas.ReadHereAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comment_whose_arrival_could_not_be_read_at_first_still_reaches_the_queue()
    {
        await using var replicas = await Replicas.BeginAsync(DatabaseKind.Postgres);
        await replicas.Here.FollowAsync(Stop);
        var told = new List<Guid>();
        replicas.HereSite.Get<CommentNews>().Changed += told.Add;

        var comment = await replicas.There.WriteAsync("New over there.");
        await replicas.There.SaveAsync(new CommentArrival { Content = [2], CommentId = comment.Id, At = replicas.There.Site.Clock.GetUtcNow() });
        replicas.Reads.RefuseOnce("FROM \"Comments\"");
        Assert.True(DatabaseFailure.Is(await Record.ExceptionAsync(() => replicas.Here.FollowAsync(Stop))));
        await replicas.Here.FollowAsync(Stop);

        Assert.Equal([comment.Id], told);
    }

    [Fact]
    public async Task A_page_that_was_made_before_the_first_look_is_made_again_too()
    {
        await using var replicas = await Replicas.BeginAsync(DatabaseKind.Postgres);
        var comment = await replicas.PublishAsync("To be taken down.");
        Assert.Contains("To be taken down.", await replicas.ReadHereAsync(), StringComparison.Ordinal);

        await replicas.RemoveAsync(comment);
        await replicas.Here.FollowAsync(Stop);

        Assert.DoesNotContain("To be taken down.", await replicas.ReadHereAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listener_that_fails_hides_a_change_from_nobody_else()
    {
        await using var desk = new Desk();
        var ada = await desk.HireAsync("Ada");
        var comment = await desk.WriteAsync();
        var told = new List<Guid>();
        desk.Site.Get<CommentNews>().Changed += _ => throw new ObjectDisposedException("a screen");
        desk.Site.Get<CommentNews>().Changed += told.Add;

        var result = await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ada, Stop);

        Assert.Equal(DecisionOutcome.Done, result.Outcome);
        Assert.Equal([comment.Id], told);
    }

    /// <summary>Two whole sites on one database.</summary>
    private sealed class Replicas : IAsyncDisposable
    {
        private readonly HttpClient reader;
        private Decider ada = null!;

        private Replicas(DatabaseKind kind)
        {
            There = new Desk(kind);
            HereSite = new TestSite(settings: There.Site.SameDatabase).With(Reads.AddTo);
            reader = HereSite.Visit();
        }

        /// <summary>Where moderators decide.</summary>
        public Desk There { get; }

        /// <summary>Where readers read.</summary>
        public TestSite HereSite { get; }

        public DecisionFollower Here => HereSite.Get<DecisionFollower>();

        public FailingDatabase Reads { get; } = new();

        public static async Task<Replicas> BeginAsync(DatabaseKind kind)
        {
            var replicas = new Replicas(kind);
            replicas.ada = await replicas.There.HireAsync("Ada");
            return replicas;
        }

        public async Task<Comment> PublishAsync(string text)
        {
            var comment = await There.WriteAsync(text);
            await There.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ada, Stop);
            return comment;
        }

        public Task<DecisionResult> RemoveAsync(Comment comment) => There.Decisions.DecideAsync(comment.Id, 1, Decision.Remove, ada, Stop);

        public Task<string> ReadHereAsync() => reader.GetStringAsync(new Uri(CommentSite.Article, UriKind.Relative), Stop);

        public async ValueTask DisposeAsync()
        {
            reader.Dispose();
            await HereSite.DisposeAsync();
            await There.DisposeAsync();
        }
    }
}
