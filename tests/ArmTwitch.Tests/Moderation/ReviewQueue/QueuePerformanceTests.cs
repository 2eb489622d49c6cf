using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.ReviewQueue;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Moderation.ReviewQueue;

/// <summary>A queue of ten takes as long after a hundred thousand decisions as on the first day.</summary>
public sealed class QueuePerformanceTests : IAsyncLifetime
{
    private readonly ModerationTestSite site = new(DatabaseKind.Sqlite);
    private ArmTwitchDb db = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

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

    [Fact]
    public async Task What_waits_is_found_without_reading_what_was_decided() =>
        Assert.StartsWith(
            "SEARCH c USING INDEX IX_Comments_IsWaiting",
            (await PlanAsync(ModerationQueueService.OrderForQueue(db.Set<Comment>().Waiting())))[0], StringComparison.Ordinal);

    [Fact]
    public async Task The_rules_are_read_from_waiting_comments_alone()
    {
        var plan = await PlanAsync(ModerationQueueService.FlagsOf(db, db.Set<Comment>().Waiting()).Select(flag => flag.Rule).Distinct());

        Assert.DoesNotContain(plan, step => step.StartsWith("SCAN", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_can_be_undone_is_found_by_its_time()
    {
        var plan = await PlanAsync(
            DecisionUndoService.Undoable(db, new Decider(Guid.NewGuid(), "Ada", ModeratorRole.Moderator), DateTimeOffset.UnixEpoch));

        Assert.Contains("USING INDEX IX_CommentDecisions_At", plan[0], StringComparison.Ordinal);
        Assert.DoesNotContain(plan, step => step.StartsWith("SCAN", StringComparison.Ordinal));
    }

    /// <returns>The steps of the query plan of SQLite.</returns>
    private async Task<IReadOnlyList<string>> PlanAsync<T>(IQueryable<T> query)
    {
        await db.Database.OpenConnectionAsync(Cancel);
        await using var command = query.CreateDbCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {command.CommandText}";
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        var steps = new List<string>();
        while (await reader.ReadAsync(Cancel))
            steps.Add(reader.GetString(3));
        return steps;
    }
}
