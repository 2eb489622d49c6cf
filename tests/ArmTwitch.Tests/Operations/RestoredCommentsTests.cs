using System.Net;
using ArmTwitch.Comments;
using ArmTwitch.Tests.Comments;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Operations;

/// <summary>What authors and moderators did with comments after a backup stays done when it is restored.</summary>
public sealed class RestoredCommentsTests : IDisposable
{
    private readonly RestoreTestSite place = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => place.Dispose();

    [Fact]
    public async Task A_comment_that_was_taken_off_the_page_since_the_backup_stays_off()
    {
        var comments = new CommentTestSite(place.Site.Site);
        var (withdrawn, erased, removed) = (
            await comments.WriteOneAsync("I will withdraw this."), await comments.WriteOneAsync("I will have this erased."),
            await comments.WriteApprovedAsync("This names somebody."));
        await comments.WriteApprovedAsync("This stays.");
        await place.BackUpAsync();
        (await comments.PostAsync(withdrawn, ("action", "withdraw"))).Dispose();
        (await comments.PostAsync(erased, ("action", "erase"))).Dispose();
        await comments.SetAsync(removed, CommentStatus.Removed);

        var said = await place.RestoreAsync();

        Assert.Contains("3 comments were erased, withdrawn or removed since the backup and stay so.", said, StringComparison.Ordinal);
        var kept = await place.Site.AllAsync<Comment>();
        Assert.Equal(
            [CommentStatus.Withdrawn, CommentStatus.Erased, CommentStatus.Removed, CommentStatus.Approved],
            kept.OrderBy(comment => comment.WrittenAt).Select(comment => comment.Status));
        Assert.DoesNotContain(kept, comment => comment.Text.Contains("erased", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Words_that_were_taken_out_of_a_comment_since_the_backup_stay_out()
    {
        const string Redacted = "This names [removed: name].";
        var comments = new CommentTestSite(place.Site.Site);
        var redacted = await comments.WriteApprovedAsync("This names Ada Smith.");
        await comments.WriteApprovedAsync("This stays.");
        await place.BackUpAsync();
        await comments.SetAsync(redacted, CommentStatus.ApprovedRedacted);
        await using (var db = await comments.OpenAsync())
            await db.Set<Comment>().Where(one => one.Id == redacted)
                .ExecuteUpdateAsync(set => set.SetProperty(one => one.ShownText, Redacted).SetProperty(one => one.Removed, "Name"), Stop);

        var said = await place.RestoreAsync();

        Assert.Contains("Words were taken out of 1 comment since the backup and stay out.", said, StringComparison.Ordinal);
        Assert.Equal(
            [(CommentStatus.ApprovedRedacted, Redacted, "Name"), (CommentStatus.Approved, "This stays.", null)],
            (await place.Site.AllAsync<Comment>()).OrderBy(comment => comment.WrittenAt)
                .Select(comment => (comment.Status, comment.ShownText, comment.Removed)));
    }

    [Fact]
    public async Task A_restored_site_continues_from_the_backup_and_the_old_database_is_kept_whole()
    {
        var comments = new CommentTestSite(place.Site.Site);
        await comments.WriteApprovedAsync("From before the backup.");
        await place.BackUpAsync();
        await comments.WriteApprovedAsync("From after the backup.");

        await place.RestoreAsync();

        Assert.Equal(["From before the backup."], (await place.Site.AllAsync<Comment>()).Select(comment => comment.Text));
        using var page = await place.Site.GetAsync(CommentTestSite.Article);
        Assert.Contains("From before the backup.", await page.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        place.Site.Site.Clock.Advance(TimeSpan.FromDays(1));
        using var post = await new CommentTestSite(place.Site.Site).WriteAsync("New.");
        Assert.Equal(HttpStatusCode.SeeOther, post.StatusCode);

        var aside = place.Aside;
        place.StopSite();
        File.Copy(aside, place.Database, overwrite: true);
        Assert.Equal(2, (await place.Site.AllAsync<Comment>()).Count);
    }
}
