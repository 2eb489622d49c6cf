using System.Net;
using AngleSharp.Html.Dom;
using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderation.Deciding;

namespace ArmTwitch.Tests.Comments.Authors;

/// <summary>What the author's page of a comment shows, and who can open it.</summary>
public abstract class AuthorPageTests(DatabaseKind database) : CommentSiteTests(database)
{
    [Fact]
    public async Task An_author_sees_and_changes_what_was_typed()
    {
        var page = await site.SeeAsync(await site.WriteOneAsync("I take <b>two</b> of <i> a day"));

        Assert.Equal("I take <b>two</b> of <i> a day", page.QuerySelector(".comment p")!.TextContent);
        Assert.Equal(
            "I take <b>two</b> of <i> a day", ((IHtmlTextAreaElement)page.GetElementById("field-body")!).Value);
    }

    [Fact]
    public async Task The_authors_page_is_neither_cached_nor_listed()
    {
        var address = await site.WriteOneAsync("One comment.");

        using var page = await site.GetAsync(address);

        Assert.Equal("no-store", page.Headers.CacheControl!.ToString());
        Assert.Equal("same-origin", Assert.Single(page.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("noindex", Assert.Single(page.Headers.GetValues("X-Robots-Tag")));
        Assert.False(page.Headers.Contains("Set-Cookie"));
        using var other = await site.GetAsync(address[..^3] + "AAA");
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    [Fact]
    public async Task Another_spelling_of_the_authors_page_leads_to_it()
    {
        var address = await site.WriteOneAsync("One comment.");

        using var answer = await site.GetAsync($"/Comments/{address.Split('/')[^1]}/");

        Assert.Equal((HttpStatusCode.MovedPermanently, address), (answer.StatusCode, answer.Headers.Location!.ToString()));
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Equal("noindex", Assert.Single(answer.Headers.GetValues("X-Robots-Tag")));
    }

    [Fact]
    public async Task A_refused_edit_is_not_acknowledged()
    {
        var address = await site.WriteOneAsync("My arm twitches.");
        (await site.PostAsync(address, ("action", "edit"), ("revision", "1"), ("body", "My left arm twitches."))).Dispose();

        using var answer = await site.PostAsync(address, ("action", "edit"), ("revision", "1"), ("body", "My right arm twitches."));

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.DoesNotContain("We have your new text", (await CommentTestSite.ReadAsync(answer)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("zzz")]
    [InlineData("-1")]
    [InlineData("999999999999")]
    public async Task An_edit_of_a_version_that_cannot_be_read_replaces_nothing(string? revision)
    {
        var address = await site.WriteOneAsync("My arm twitches.");

        (string, string)[] fields = [("action", "edit"), ("body", "Something else.")];

        using var answer = await site.PostAsync(address, revision is null ? fields : [.. fields, ("revision", revision)]);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("Something else.", await CommentTestSite.ReadTypedAsync(answer));
        Assert.Equal("My arm twitches.", Assert.Single(await site.CommentsAsync()).Text);
    }

    [Fact]
    public async Task The_authors_page_ends_after_30_days()
    {
        var address = await site.WriteOneAsync("Old.");
        site.Site.Clock.Advance(TimeSpan.FromDays(30));

        using var answer = await site.GetAsync(address);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_new_text_is_acknowledged()
    {
        var address = await site.WriteOneAsync("My arm twitches.");
        (await site.PostAsync(address, ("action", "edit"), ("revision", "1"), ("body", "My left arm twitches."))).Dispose();

        Assert.StartsWith("We have your new text.", (await StateAsync(address)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("withdraw", "Yes, withdraw my comment")]
    [InlineData("erase", "Yes, erase my comment")]
    public async Task Taking_a_comment_back_is_asked_about_once(string action, string button)
    {
        var page = await site.SeeAsync(await site.WriteOneAsync("My arm twitches."));

        var form = page.QuerySelector($"details input[name=action][value={action}]")!.Closest("form")!;
        Assert.Equal(button, form.QuerySelector("button")!.TextContent);
        Assert.False(form.Closest("details")!.HasAttribute("open"));
        Assert.Contains("You cannot bring", form.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_erasing_the_page_tells_what_is_left_and_offers_nothing_more()
    {
        var address = await site.WriteOneAsync("My arm twitches.");
        (await site.PostAsync(address, ("action", "erase"))).Dispose();

        var page = await site.SeeAsync(address);
        Assert.Contains("a line says that a comment was taken back", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("main form"));
    }

    [Fact]
    public async Task Words_for_a_link_that_has_ended_come_back_to_be_copied()
    {
        var address = await site.WriteOneAsync("Old.");
        site.Site.Clock.Advance(TimeSpan.FromDays(30));

        using var answer = await site.PostAsync(address, ("action", "edit"), ("revision", "1"), ("body", "My new words"));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("My new words", ((IHtmlTextAreaElement)(await CommentTestSite.ReadAsync(answer)).GetElementById("field-typed")!).Value);
    }

    [Fact]
    public async Task Words_for_a_comment_that_was_withdrawn_meanwhile_come_back_to_be_copied()
    {
        var address = await site.WriteOneAsync("Old.");
        (await site.PostAsync(address, ("action", "withdraw"))).Dispose();

        using var answer = await site.PostAsync(address, ("action", "edit"), ("revision", "1"), ("body", "My new words"));

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("My new words", ((IHtmlTextAreaElement)(await CommentTestSite.ReadAsync(answer)).GetElementById("field-typed")!).Value);
    }

    [Theory]
    [InlineData(CommentStatus.Rejected, "edit")]
    [InlineData(CommentStatus.Approved, "appeal")]
    public async Task Words_for_what_is_not_possible_any_more_come_back_to_be_copied_and_fill_no_other_form(
        CommentStatus status, string action)
    {
        var address = await site.WriteOneAsync("Old.");
        await site.SetAsync((await site.CommentsAsync())[0].Id, status);

        using var answer = await site.PostAsync(address, ("action", action), ("revision", "1"), ("body", "My new words"));

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var page = await CommentTestSite.ReadAsync(answer);
        Assert.Equal("My new words", ((IHtmlTextAreaElement)page.GetElementById("field-typed")!).Value);
        Assert.Equal(
            status is CommentStatus.Rejected ? "" : "Old.", ((IHtmlTextAreaElement)page.GetElementById("field-body")!).Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("a minute", 5, 20, 4000)]
    [InlineData("67 minutes", 5, 4000, 9000)]
    [InlineData("2 hours", 7200)]
    [InlineData("3 days", 10, 260_000, 300_000)]
    public async Task An_author_is_told_how_long_others_waited_in_the_last_30_days(string? told, params int[] seconds)
    {
        var address = await site.WriteOneAsync("How long will it take?");
        await using (var db = await site.OpenAsync())
        {
            var now = site.Site.Clock.GetUtcNow();
            db.AddRange(seconds.Select(waited => Decided(now, waited)).Append(Decided(now.AddDays(-31), 1)));
            await db.SaveChangesAsync(Stop);
        }

        var page = (await site.SeeAsync(address)).Body!.TextContent;

        if (told is null)
            Assert.DoesNotContain("30 days half", page, StringComparison.Ordinal);
        else
            Assert.Contains($"half of all comments were decided on within {told}.", page, StringComparison.Ordinal);

        static CommentDecision Decided(DateTimeOffset at, int waited) => new()
        {
            CommentId = Guid.NewGuid(),
            Revision = 1,
            Kind = DecisionKind.Approve,
            By = "Ada",
            Flags = "",
            Before = CommentStatus.Pending,
            After = CommentStatus.Approved,
            At = at,
            WaitedSeconds = waited,
        };
    }

    [Fact]
    public async Task An_author_is_told_why_a_new_text_was_refused_and_which_one_stays()
    {
        var address = await site.WriteOneAsync("The old text.");
        var id = (await site.CommentsAsync())[0].Id;
        var decisions = site.Site.Get<DecisionService>();
        await decisions.DecideAsync(id, 1, Decision.Approve, Decider.CommandLine, Stop);
        using var answer = await site.PostAsync(address, ("action", "edit"), ("revision", "1"), ("body", "The new text."));

        await decisions.DecideAsync(id, 2, Decision.Reject(RefusalReason.Abuse), Decider.CommandLine, Stop);

        var page = await site.SeeAsync(address);
        Assert.Equal(
            "Your new text was not approved. Readers go on seeing the text before it.", page.QuerySelector("[role=status]")!.TextContent);
        Assert.Contains("The reason:", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            ["The new text.", "The old text."],
            page.QuerySelectorAll("section.comments .comment").Select(words => words.TextContent.Trim()));
    }

    [Fact]
    public async Task The_page_of_erased_words_has_no_address_to_keep()
    {
        var address = await site.WriteOneAsync("Words.");

        using var answer = await site.PostAsync(address, ("action", "erase"));

        Assert.DoesNotContain("Save the address", (await site.SeeAsync(address)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_GET_changes_nothing()
    {
        var address = await site.WriteOneAsync("Still here.");

        foreach (var query in new[] { "?action=erase", "/mute", "?action=withdraw" })
            using (await site.GetAsync(address + query)) { }

        Assert.Equal(
            (CommentStatus.Pending, "Still here."), ((await site.CommentsAsync())[0].Status, (await site.CommentsAsync())[0].Text));
    }

    private async Task<string> StateAsync(string address) => (await site.SeeAsync(address)).QuerySelector("p[role=status]")!.TextContent;
}

public sealed class AuthorPageTestsOnSqlite() : AuthorPageTests(DatabaseKind.Sqlite);

public sealed class AuthorPageTestsOnPostgres() : AuthorPageTests(DatabaseKind.Postgres);
