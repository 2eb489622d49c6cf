using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.QueueQueries;
using ArmTwitch.Moderation.ReviewQueue;
using ArmTwitch.Moderation.Statistics;
using ArmTwitch.Tests.Data;

namespace ArmTwitch.Tests.Moderation.ReviewQueue;

/// <summary>A queue of ten takes as long after a hundred thousand decisions as on the first day.</summary>
public sealed class QueuePerformanceTests : IAsyncLifetime
{
    private readonly ModerationTestSite site = new(DatabaseKind.Sqlite);
    private ArmTwitchDb db = null!;

    public async ValueTask InitializeAsync()
    {
        await site.AddModeratorAsync("Ada");
        db = site.Site.Database();
    }

    public async ValueTask DisposeAsync()
    {
        await db.DisposeAsync();
        await site.DisposeAsync();
    }

    public static TheoryData<QueueTab> Tabs => [.. Enum.GetValues<QueueTab>()];

    [Theory]
    [MemberData(nameof(Tabs))]
    public async Task Any_page_of_what_waits_is_read_in_the_order_of_an_index(QueueTab tab)
    {
        var (filter, me) = (new QueueFilter(tab), Guid.NewGuid());
        foreach (var after in (QueueCursor?[])[null, new QueueCursor(0, DateTimeOffset.UnixEpoch, Guid.NewGuid())])
        {
            foreach (var part in QueueOrder.Of(filter, me))
            {
                var page = part.Of(QueueFiltering.Apply(db, filter, me: me), after).Take(ModerationQueueService.PageSize);
                var plan = await db.PlanAsync(page);

                Assert.StartsWith("SEARCH c USING INDEX IX_Comments_", plan[0], StringComparison.Ordinal);
                Assert.DoesNotContain(plan, step => step.StartsWith("SCAN", StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public async Task What_waits_is_counted_in_the_order_of_an_index()
    {
        foreach (var part in QueueOrder.Of(QueueFilter.Everything))
        {
            var plan = await db.PlanAsync(
                part.Of(db.Set<Comment>().Waiting(), null).Take(QueueCounts.Most).Select(comment => comment.WaitingSince));

            Assert.Matches("^SEARCH c USING (COVERING )?INDEX IX_Comments_IsWaiting_", plan[0]);
            Assert.DoesNotContain(plan, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task What_can_be_undone_is_found_by_its_time()
    {
        var plan = await db.PlanAsync(
            DecisionUndoService.Undoable(db, new Decider(Guid.NewGuid(), "Ada", ModeratorRole.Moderator), DateTimeOffset.UnixEpoch));

        Assert.Contains("USING INDEX IX_CommentDecisions_At", plan[0], StringComparison.Ordinal);
        Assert.DoesNotContain(plan, step => step.StartsWith("SCAN", StringComparison.Ordinal));

        var passedOn = await db.PlanAsync(
            DecisionUndoService.PassedOn(db, new Decider(Guid.NewGuid(), "Ada", ModeratorRole.Moderator), DateTimeOffset.UnixEpoch));
        Assert.Contains("USING INDEX IX_CommentDecisions_At", passedOn[0], StringComparison.Ordinal);
        Assert.DoesNotContain(passedOn, step => step.StartsWith("SCAN", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_came_on_a_day_is_counted_from_an_index()
    {
        var plan = await db.PlanAsync(ModerationStatistics.Written(db, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch));

        Assert.StartsWith("SEARCH c USING INDEX IX_Comments_WrittenAt", plan[0], StringComparison.Ordinal);
    }
}
