using System.Net;
using ArmTwitch.Data;
using Microsoft.Data.Sqlite;

namespace ArmTwitch.Tests.Comments;

public sealed class LockedDatabaseTests : IDisposable
{
    private readonly CommentTestSite site = new(DatabaseKind.Sqlite);

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_the_database_is_locked_reading_goes_on_and_a_post_keeps_its_words()
    {
        await site.WriteApprovedAsync("From before.");
        await using (var locker = new SqliteConnection(
            $"Data Source={Path.Combine(site.Site.DataFolder, "armtwitch.db")};Default Timeout=1;Pooling=False"))
        {
            await locker.OpenAsync(Stop);
            await using var hold = locker.CreateCommand();
            hold.CommandText = "BEGIN EXCLUSIVE";
            await hold.ExecuteNonQueryAsync(Stop);

            var posting = site.WriteAsync("While it is locked.");
            var page = await site.SeeAsync(CommentTestSite.Article);
            Assert.Contains("From before.", page.Body!.TextContent, StringComparison.Ordinal);
            using var refused = await posting;
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
            Assert.Contains(
                "While it is locked.", (await CommentTestSite.ReadAsync(refused)).GetElementById("field-body")!.TextContent,
                StringComparison.Ordinal);
        }

        using var later = await site.WriteAsync("Afterwards.");
        Assert.Equal(HttpStatusCode.SeeOther, later.StatusCode);
    }

    public void Dispose() => site.Dispose();
}
