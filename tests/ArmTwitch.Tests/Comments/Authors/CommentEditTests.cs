using System.Net;
using ArmTwitch.Comments;
using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Comments.Authors;

/// <summary>Authors who change their comments.</summary>
public abstract class CommentEditTests(DatabaseKind database) : CommentSiteTests(database)
{
    [Fact]
    public async Task A_changed_comment_is_a_new_revision()
    {
        var address = await site.WriteOneAsync("First.");

        using var answer = await site.PostAsync(address, ("action", "edit"), ("revision", "1"), ("body", "Second."));

        var comment = Assert.Single(await site.CommentsAsync());
        Assert.Equal(("Second.", 2, CommentStatus.Pending), (comment.Text, comment.Revision, comment.Status));
    }

    [Fact]
    public async Task A_change_of_an_older_version_is_refused_with_its_words()
    {
        var address = await site.WriteOneAsync("First.");
        using var first = await site.PostAsync(address, ("action", "edit"), ("revision", "1"), ("body", "Second."));

        using var late = await site.PostAsync(address, ("action", "edit"), ("revision", "1"), ("body", "Third."));

        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Contains("Third.", (await CommentTestSite.ReadAsync(late)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Second.", (await site.CommentsAsync())[0].Text);
    }

    [Fact]
    public async Task An_approved_text_stays_until_the_new_one_is_approved()
    {
        var address = await site.WriteOneAsync("The old text.");
        await site.SetAsync((await site.CommentsAsync())[0].Id, CommentStatus.Approved);

        using var answer = await site.PostAsync(address, ("action", "edit"), ("revision", "1"), ("body", "The new text."));

        var page = await site.SeeAsync(CommentTestSite.Article);
        Assert.Contains("The old text.", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("The new text.", page.Body.TextContent, StringComparison.Ordinal);
        Assert.True((await site.CommentsAsync())[0].IsWaiting);
    }

    [Fact]
    public async Task Personal_data_in_a_changed_text_is_asked_about_once()
    {
        var address = await site.WriteOneAsync("First.");
        (string, string)[] fields = [("action", "edit"), ("revision", "1"), ("body", "Call me on 07700 900123 about it.")];

        using var asked = await site.PostAsync(address, fields);
        var before = Assert.Single(await site.CommentsAsync()).Text;
        using var insisted = await site.PostAsync(address, [.. fields, ("keep", "yes")]);

        Assert.Equal([HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther], [asked.StatusCode, insisted.StatusCode]);
        var page = await CommentTestSite.ReadAsync(asked);
        Assert.Equal("07700 900123", page.QuerySelector(".found mark")!.TextContent);
        Assert.Contains("07700 900123", page.GetElementById("field-body")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["First.", "Call me on 07700 900123 about it."], [before, Assert.Single(await site.CommentsAsync()).Text]);
    }

    [Fact]
    public async Task Only_flags_of_the_new_and_of_the_decided_version_are_kept()
    {
        var address = await site.WriteOneAsync("Buy now at shop.example.com, version 1.");
        var id = Assert.Single(await site.CommentsAsync()).Id;
        for (var revision = 1; revision <= 4; revision++)
        {
            using var changed = await EditAsync(address, revision, $"Buy now at shop.example.com, version {revision + 1}.");
            Assert.Equal(HttpStatusCode.SeeOther, changed.StatusCode);
            if (revision is 2)
                await DecideAsync(id, 3);
        }

        await using var db = await site.OpenAsync();
        Assert.Equal([3, 5], await db.Set<CommentFlag>().Select(flag => flag.Revision).Distinct().Order().ToListAsync(Stop));

        async Task DecideAsync(Guid comment, int revision)
        {
            await using var deciding = await site.OpenAsync();
            deciding.Add(new CommentDecision
            {
                CommentId = comment,
                Revision = revision,
                Kind = DecisionKind.Approve,
                By = "Ada",
                Before = CommentStatus.Pending,
                After = CommentStatus.Approved,
                At = site.Site.Clock.GetUtcNow(),
                Flags = ""
            });
            await deciding.SaveChangesAsync(Stop);
        }
    }

    [Fact]
    public async Task A_comment_can_be_changed_five_times_in_ten_minutes()
    {
        var address = await site.WriteOneAsync("First.");
        for (var revision = 1; revision <= 5; revision++)
        {
            using var changed = await EditAsync(address, revision, $"Text {revision}.");
            Assert.Equal(HttpStatusCode.SeeOther, changed.StatusCode);
        }

        using var sixth = await EditAsync(address, 6, "The sixth.");

        Assert.Equal((HttpStatusCode.TooManyRequests, 600), (sixth.StatusCode, (int)sixth.Headers.RetryAfter!.Delta!.Value.TotalSeconds));
        Assert.Equal("The sixth.", await CommentTestSite.ReadTypedAsync(sixth));
        Assert.Equal("Text 5.", Assert.Single(await site.CommentsAsync()).Text);
        site.Site.Clock.Advance(TimeSpan.FromMinutes(10));
        using var later = await EditAsync(address, 6, "The sixth.");
        Assert.Equal(HttpStatusCode.SeeOther, later.StatusCode);
    }

    [Fact]
    public async Task A_network_over_its_limit_of_changes_may_still_erase()
    {
        using var strict = new CommentTestSite(Database, ("Limits:NetworkEditsInTenMinutes", "1"));
        var (one, other) = (await strict.WriteOneAsync("One."), await strict.WriteOneAsync("Other."));
        using var first = await strict.PostAsync(one, ("action", "edit"), ("revision", "1"), ("body", "One, changed."));

        using var second = await strict.PostAsync(other, ("action", "edit"), ("revision", "1"), ("body", "Other, changed."));
        using var erased = await strict.PostAsync(other, ("action", "erase"));

        Assert.Equal(
            [HttpStatusCode.SeeOther, HttpStatusCode.TooManyRequests, HttpStatusCode.SeeOther],
            [first.StatusCode, second.StatusCode, erased.StatusCode]);
    }

    [Fact]
    public async Task Changes_sent_at_once_do_not_pass_the_limit_together()
    {
        using var strict = new CommentTestSite(Database, ("Limits:EditsInTenMinutes", "1"));
        var address = await strict.WriteOneAsync("First.");

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(number => strict.PostAsync(address, ("action", "edit"), ("revision", "1"), ("body", $"Number {number}."))));

        Assert.Single(answers, answer => answer.StatusCode is HttpStatusCode.SeeOther);
        Assert.Equal(2, Assert.Single(await strict.CommentsAsync()).Revision);
    }

    private Task<HttpResponseMessage> EditAsync(string address, int revision, string text) =>
        site.PostAsync(address, ("action", "edit"), ("revision", $"{revision}"), ("body", text));
}

public sealed class CommentEditTestsOnSqlite() : CommentEditTests(DatabaseKind.Sqlite);

public sealed class CommentEditTestsOnPostgres() : CommentEditTests(DatabaseKind.Postgres);
