using ArmTwitch.Articles;
using ArmTwitch.Data;
using ArmTwitch.Data.Bulk;
using ArmTwitch.Data.UnicodeForms;
using ArmTwitch.Feedback;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Data.UnicodeForms;

public sealed class StorableTextTests
{
    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Ada", "Ada")]
    [InlineData("A\0da\0", "Ada")]
    [InlineData("\0", "")]
    [InlineData("Arm \U0001F4AA", "Arm \U0001F4AA")]
    [InlineData("\0\U0001F4AA", "\U0001F4AA")]
    public void What_no_database_stores_is_left_out(string sent, string expected) => Assert.Equal(expected, StorableText.Of(sent));

    [Fact]
    public void A_surrogate_without_its_other_half_is_left_out() =>
        Assert.Equal("ab\U0001F4AA", StorableText.Of($"a{'\uD83D'}b\U0001F4AA{'\uDCAA'}"));

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task No_statement_is_refused_for_what_nobody_can_type(DatabaseKind database)
    {
        using var site = new TestSite(database: database);
        var sent = $"A\0da{'\uD83D'}";
        await using (var write = await site.Get<WriteTransactionFactory>().BeginAsync(Stop))
        {
            write.Db.Add(NewAnswer(sent));
            await write.Db.SaveChangesAsync(Stop);
            await using var inserts = new PreparedInserts(write.Db);
            await inserts.InsertAsync([NewAnswer(sent)], Stop);
            await write.CommitAsync(Stop);
        }

        await using var db = site.Database();
        var answers = db.Set<FeedbackAnswer>();
        Assert.Equal(["Ada", "Ada"], await answers.Select(answer => answer.Note).ToListAsync(Stop));
        Assert.Equal(2, await answers.CountAsync(answer => answer.Note == sent, Stop));
        List<string?> some = [sent, "Ben"];
        Assert.Equal(2, await answers.CountAsync(answer => some.Contains(answer.Note), Stop));
        Assert.Equal(2, await answers.ExecuteUpdateAsync(set => set.SetProperty(answer => answer.Note, sent + "\0!"), Stop));
        Assert.Equal(["Ada!", "Ada!"], await answers.Select(answer => answer.Note).ToListAsync(Stop));
    }

    private static FeedbackAnswer NewAnswer(string note) =>
        new() { Article = Slug.Parse("arm-muscle-twitching"), WasUseful = true, Note = note, At = DateTimeOffset.UnixEpoch };
}
