using System.Net;
using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderation.Deciding;

namespace ArmTwitch.Tests.Comments.Authors;

/// <summary>An author's action while something else happens to the same comment.</summary>
public sealed class AuthorRaceTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseKind.Sqlite, "withdraw", "erase")]
    [InlineData(DatabaseKind.Sqlite, "erase", "withdraw")]
    [InlineData(DatabaseKind.Postgres, "withdraw", "erase")]
    [InlineData(DatabaseKind.Postgres, "erase", "withdraw")]
    public async Task Withdrawing_and_erasing_at_once_both_succeed(DatabaseKind kind, string first, string second)
    {
        var database = new FailingCommandInterceptor();
        using var site = new CommentTestSite(new TestSite(database: kind).With(database.AddTo));
        using var written = await site.WriteAsync("Both at once.", email: "ada@example.org");
        var address = written.Headers.Location!.ToString();
        var others = database.AfterWriting(
            "\"CommentArrivals\"", () => site.PostAsync(address, ("action", second)), () => AwaitLockAsync(site.Site, kind));

        using var mine = await site.PostAsync(address, ("action", first));
        using var theirs = await others;

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (mine.StatusCode, theirs.StatusCode));
        Assert.Equal(
            (CommentStatus.Erased, "", null),
            Assert.Single(await site.CommentsAsync()) is var comment ? (comment.Status, comment.Text, comment.Email) : default);
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task Words_changed_during_an_approval_of_the_old_ones_are_kept_and_wait(DatabaseKind kind)
    {
        var database = new FailingCommandInterceptor();
        using var site = new CommentTestSite(new TestSite(database: kind).With(database.AddTo));
        using var written = await site.WriteAsync("First.");
        var (address, id) = (written.Headers.Location!.ToString(), Assert.Single(await site.CommentsAsync()).Id);
        var changing = database.AfterWriting(
            "\"UndoNotes\"", () => site.PostAsync(address, ("action", "edit"), ("revision", "1"), ("body", "Second.")),
            () => AwaitLockAsync(site.Site, kind));

        var approval = await site.Site.Get<DecisionService>().DecideAsync(id, 1, Decision.Approve, Decider.CommandLine, Stop);
        using var changed = await changing;

        Assert.Equal((DecisionOutcome.Done, HttpStatusCode.SeeOther), (approval.Outcome, changed.StatusCode));
        var comment = Assert.Single(await site.CommentsAsync());
        Assert.Equal(
            (CommentStatus.Approved, "First.", "Second.", true), (comment.Status, comment.ShownText, comment.Text, comment.IsWaiting));
    }

    /// <summary>On SQLite writers wait for <see cref="SqliteWriteLock"/>, which cannot be asked.</summary>
    private static Task AwaitLockAsync(TestSite site, DatabaseKind kind) =>
        kind is DatabaseKind.Postgres ? site.AwaitLockAsync(Stop) : Task.CompletedTask;
}
