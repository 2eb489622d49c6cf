using System.Text;
using ArmTwitch.Data;
using ArmTwitch.Data.Retention;
using ArmTwitch.Tests.Comments;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Privacy;

/// <summary>What was erased stands nowhere in the bytes of the database: not in free pages, not in the log beside it.</summary>
public sealed class SecureDeleteTests : IDisposable
{
    private const string Seed = "Xylographica";

    private readonly CommentTestSite site = new(DatabaseKind.Sqlite, ("Limits:Enabled", "false"));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => site.Dispose();

    [Fact]
    public async Task An_erased_comment_is_in_no_byte_of_the_database()
    {
        // Long enough for pages of its own, among others that stay.
        for (var other = 0; other < 40; other++)
            await site.WriteOneAsync($"Somebody else wrote number {other}. {new string('o', 800)}");
        var address = await site.WriteOneAsync(string.Concat(Enumerable.Repeat($"{Seed} twitches. ", 100)));
        Assert.Contains(Seed, await BytesAsync(), StringComparison.Ordinal);

        (await site.PostAsync(address, ("action", "erase"))).Dispose();
        await site.Site.Get<RetentionService>().ApplyRulesAsync(Stop);

        Assert.DoesNotContain(Seed, await BytesAsync(), StringComparison.Ordinal);
        Assert.Equal(41, (await site.CommentsAsync()).Count);
    }

    [Fact]
    public async Task What_was_deleted_before_the_program_overwrote_it_goes_at_the_next_start()
    {
        using var old = new TestSite();
        var file = Path.Combine(old.DataFolder, "armtwitch.db");
        await using (var before = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            await before.OpenAsync(Stop);
            await ExecuteAsync(before, $"PRAGMA secure_delete=OFF; PRAGMA user_version=0; CREATE TABLE Gone (Words TEXT); INSERT INTO Gone VALUES ('{string.Concat(Enumerable.Repeat(Seed, 800))}')");
            await ExecuteAsync(before, "DROP TABLE Gone");
        }

        Assert.Contains(Seed, await File.ReadAllTextAsync(file, Encoding.Latin1, Stop), StringComparison.Ordinal);
        using var visitor = old.Visit();

        Assert.DoesNotContain(Seed, await BytesAsync(old), StringComparison.Ordinal);
        await using var db = old.Database();
        Assert.Equal(1, await db.Database.SqlQueryRaw<int>("SELECT user_version AS Value FROM pragma_user_version").SingleAsync(Stop));
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Stop);
    }

    private Task<string> BytesAsync() => BytesAsync(site.Site);

    /// <summary>All bytes of the database and what lies beside it, one letter each.</summary>
    private static async Task<string> BytesAsync(TestSite site)
    {
        using var copy = await DataFolderCopy.OfAsync(site);
        var bytes = new StringBuilder();
        foreach (var file in Directory.EnumerateFiles(copy.Folder, "armtwitch.db*"))
            bytes.Append(await File.ReadAllTextAsync(file, Encoding.Latin1, Stop));
        return bytes.ToString();
    }
}
