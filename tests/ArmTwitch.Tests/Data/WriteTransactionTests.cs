using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Data;

public sealed class WriteTransactionTests
{
    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task What_is_committed_stays_and_what_is_left_without_it_is_undone(DatabaseKind database)
    {
        using var site = new TestSite(database: database);
        var writing = site.Get<WriteTransactionFactory>();
        await using (var committed = await writing.BeginAsync(Stop))
        {
            committed.Db.Add(new Secret { Name = "kept", Value = [1] });
            await committed.CommitAsync(Stop);
        }

        await using (var left = await writing.BeginAsync(Stop))
        {
            left.Db.Add(new Secret { Name = "undone", Value = [1] });
            await left.Db.SaveChangesAsync(Stop);
        }

        await using var db = site.Database();
        Assert.Equal(
            ["kept"],
            await db.Set<Secret>().Where(one => one.Name == "kept" || one.Name == "undone").Select(one => one.Name).ToListAsync(Stop));
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task A_context_of_the_caller_stays_open_and_can_begin_again(DatabaseKind database)
    {
        using var site = new TestSite(database: database);
        var writing = site.Get<WriteTransactionFactory>();
        await using var db = site.Database();

        for (var time = 0; time < 2; time++)
        {
            await using var transaction = await writing.BeginAsync(db, Stop);
            db.Add(new Secret { Name = $"time {time}", Value = [1] });
            await transaction.CommitAsync(Stop);
        }

        Assert.Equal(2, await db.Set<Secret>().CountAsync(one => one.Name.StartsWith("time "), Stop));
    }

    [Fact]
    public async Task Writers_of_sqlite_wait_for_each_other_and_one_without_patience_is_told()
    {
        using var site = new TestSite();
        var writing = site.Get<WriteTransactionFactory>();
        var first = await writing.BeginAsync(Stop);

        await Assert.ThrowsAsync<TimeoutException>(() => writing.BeginAsync(TimeSpan.FromMilliseconds(1), Stop));
        var second = writing.BeginAsync(Stop);
        Assert.False(second.IsCompleted);
        await first.DisposeAsync();

        await (await second).DisposeAsync();
    }

    [Fact]
    public async Task A_transaction_that_cannot_begin_keeps_nobody_waiting()
    {
        using var site = new TestSite();
        var writing = site.Get<WriteTransactionFactory>();
        await using (var db = site.Database())
        {
            await using var open = await db.Database.BeginTransactionAsync(Stop);
            await Assert.ThrowsAsync<InvalidOperationException>(() => writing.BeginAsync(db, Stop));
        }

        await (await writing.BeginAsync(TimeSpan.FromSeconds(1), Stop)).DisposeAsync();
    }
}
