using ArmTwitch.Articles;
using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Data.Bulk;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Data.Bulk;

public sealed class PreparedInsertsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task Every_column_is_written_as_the_change_tracker_writes_it(DatabaseKind database)
    {
        using var site = new TestSite(database: database);
        Comment tracked = NewComment("Ada"), inserted = NewComment("Ada");
        await using (var write = await site.Get<WriteTransactionFactory>().BeginAsync(Stop))
        {
            write.Db.Add(tracked);
            await write.Db.SaveChangesAsync(Stop);
            await using var inserts = new PreparedInserts(write.Db);
            await inserts.InsertAsync([inserted, NewFlag(inserted), NewFlag(inserted)], Stop);
            await write.CommitAsync(Stop);
        }

        await using var db = site.Database();
        var (one, other) = (await ColumnsOfAsync(db, tracked.Id), await ColumnsOfAsync(db, inserted.Id));
        Assert.Equal(one, other);
        Assert.Contains("IsSpamLike=True", one, StringComparison.Ordinal);
        Assert.Equal(2, await db.Set<CommentFlag>().CountAsync(flag => flag.CommentId == inserted.Id, Stop));
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task A_row_that_the_database_refuses_fails_as_when_a_context_saves(DatabaseKind database)
    {
        using var site = new TestSite(database: database);
        await using var write = await site.Get<WriteTransactionFactory>().BeginAsync(Stop);
        await using var inserts = new PreparedInserts(write.Db);

        await Assert.ThrowsAsync<DbUpdateException>(() => inserts.InsertAsync([NewFlag(NewComment("nobody stored"))], Stop));
    }

    private static Comment NewComment(string author) => new()
    {
        Article = Slug.Parse("arm-muscle-twitching", null),
        Author = author,
        Email = "ada@example.org",
        Text = "It jumps.\nStill.",
        WrittenAt = Noon,
        WaitingSince = Noon.AddMilliseconds(1),
        Level = FlagLevel.RedFlag,
        Urgency = FlagLevel.Crisis,
        Revision = 3,
        SpamScore = .95,
        ClaimedBy = new Guid("0192f0c1-7d3a-7c3e-8a51-1b2c3d4e5f60"),
    };

    private static CommentFlag NewFlag(Comment comment) => new()
    {
        CommentId = comment.Id,
        Revision = 1,
        Rule = "rule",
        Version = 1,
        Level = FlagLevel.Ordinary,
        Words = "",
        Why = "Because.",
    };

    /// <returns>Every column but the key, as EF reads it.</returns>
    private static async Task<string> ColumnsOfAsync(ArmTwitchDb db, Guid id)
    {
        var entry = db.Entry(await db.Set<Comment>().SingleAsync(comment => comment.Id == id, Stop));
        return string.Join('\n', entry.Properties.Where(property => !property.Metadata.IsPrimaryKey())
            .Select(property => $"{property.Metadata.Name}={property.CurrentValue}"));
    }
}
