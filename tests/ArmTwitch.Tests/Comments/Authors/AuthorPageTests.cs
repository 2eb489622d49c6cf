using System.Net;
using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Moderation.Deciding;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Comments.Authors;

public abstract class AuthorPageTests(DatabaseKind database) : IDisposable
{
    private readonly CommentTestSite site = new(database);

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public static TheoryData<CommentStatus, string, HttpStatusCode> Actions => new()
    {
        { CommentStatus.Pending, "edit", HttpStatusCode.SeeOther },
        { CommentStatus.Pending, "withdraw", HttpStatusCode.SeeOther },
        { CommentStatus.Pending, "erase", HttpStatusCode.SeeOther },
        { CommentStatus.Pending, "appeal", HttpStatusCode.Conflict },
        { CommentStatus.Approved, "edit", HttpStatusCode.SeeOther },
        { CommentStatus.Approved, "withdraw", HttpStatusCode.SeeOther },
        { CommentStatus.Approved, "erase", HttpStatusCode.SeeOther },
        { CommentStatus.Approved, "appeal", HttpStatusCode.Conflict },
        { CommentStatus.ApprovedRedacted, "edit", HttpStatusCode.SeeOther },
        { CommentStatus.Rejected, "edit", HttpStatusCode.Conflict },
        { CommentStatus.Rejected, "withdraw", HttpStatusCode.Conflict },
        { CommentStatus.Rejected, "appeal", HttpStatusCode.SeeOther },
        { CommentStatus.Rejected, "erase", HttpStatusCode.SeeOther },
        { CommentStatus.Spam, "edit", HttpStatusCode.Conflict },
        { CommentStatus.Spam, "appeal", HttpStatusCode.Conflict },
        { CommentStatus.Removed, "edit", HttpStatusCode.Conflict },
        { CommentStatus.Removed, "erase", HttpStatusCode.SeeOther },
        { CommentStatus.Withdrawn, "edit", HttpStatusCode.Conflict },
        { CommentStatus.Withdrawn, "withdraw", HttpStatusCode.SeeOther },
        { CommentStatus.Withdrawn, "erase", HttpStatusCode.SeeOther },
        { CommentStatus.Erased, "edit", HttpStatusCode.Conflict },
        { CommentStatus.Erased, "erase", HttpStatusCode.SeeOther },
        { CommentStatus.Pending, "dance", HttpStatusCode.UnprocessableEntity },
        { CommentStatus.Pending, "", HttpStatusCode.UnprocessableEntity },
    };

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task A_writer_may_do_what_the_state_allows(CommentStatus status, string action, HttpStatusCode expected)
    {
        var address = await site.WriteOneAsync("Words.");
        await site.SetAsync((await site.CommentsAsync())[0].Id, status);

        using var answer = await site.PostAsync(address, ("action", action), ("body", "Other words."));

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("I want to die.", "section.card.emergency")]
    [InlineData("My face droops on one side.", "#emergency")]
    public async Task A_writer_in_danger_chooses_whose_numbers_the_page_shows(string words, string card)
    {
        var address = await site.WriteOneAsync(words);
        var page = await site.SeeAsync(address);
        Assert.Contains("999", page.QuerySelector(card)!.TextContent, StringComparison.Ordinal);
        var form = page.QuerySelector("form.country")!;
        Assert.Equal((address, null), (form.GetAttribute("action"), form.GetAttribute("method")));

        var there = await site.SeeAsync($"{address}?{form.QuerySelector("select")!.GetAttribute("name")}=AU");

        Assert.Matches("[Cc]all 000 ", there.QuerySelector(card)!.TextContent);
        Assert.Equal("Australia", there.QuerySelector("form.country option[selected]")!.TextContent);
        Assert.Contains(
            "We have no numbers for that place.", (await site.SeeAsync($"{address}?country=XX")).Body!.TextContent,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_writer_with_a_red_flag_is_led_to_the_page_on_help() =>
        Assert.Contains(
            "for hours. When to get help", (await site.SeeAsync(await site.WriteOneAsync("My face droops on one side."))).Body!.TextContent,
            StringComparison.Ordinal);

    [Fact]
    public async Task Nobody_is_asked_for_a_country_without_need() =>
        Assert.Null((await site.SeeAsync(await site.WriteOneAsync("Words."))).QuerySelector("form.country"));

    [Theory]
    [InlineData(null)]
    [InlineData("a minute", 5, 20, 4000)]
    [InlineData("67 minutes", 5, 4000, 9000)]
    [InlineData("2 hours", 7200)]
    [InlineData("3 days", 10, 260_000, 300_000)]
    public async Task A_writer_is_told_how_long_it_took_others_in_the_last_30_days(string? told, params int[] seconds)
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
    public async Task A_changed_comment_is_a_new_revision()
    {
        var address = await site.WriteOneAsync("First.");

        using var answer = await site.PostAsync(address, ("action", "edit"), ("revision", "1"), ("body", "Second."));

        var comment = Assert.Single(await site.CommentsAsync());
        Assert.Equal(("Second.", 2, CommentStatus.Pending), (comment.Text, comment.Revision, comment.Status));
    }

    [Fact]
    public async Task A_comment_can_be_changed_five_times_in_ten_minutes_and_the_sixth_text_is_kept()
    {
        var address = await site.WriteOneAsync("First.");
        for (var revision = 1; revision <= 5; revision++)
        {
            using var changed = await EditAsync(address, revision, $"Text {revision}.");
            Assert.Equal(HttpStatusCode.SeeOther, changed.StatusCode);
        }

        using var sixth = await EditAsync(address, 6, "The sixth.");

        Assert.Equal((HttpStatusCode.TooManyRequests, 600), (sixth.StatusCode, (int)sixth.Headers.RetryAfter!.Delta!.Value.TotalSeconds));
        Assert.Equal(
            "The sixth.",
            ((AngleSharp.Html.Dom.IHtmlTextAreaElement)(await CommentTestSite.ReadAsync(sixth)).GetElementById("field-body")!).Value);
        Assert.Equal("Text 5.", Assert.Single(await site.CommentsAsync()).Text);
        site.Site.Clock.Advance(TimeSpan.FromMinutes(10));
        using var later = await EditAsync(address, 6, "The sixth.");
        Assert.Equal(HttpStatusCode.SeeOther, later.StatusCode);
    }

    [Fact]
    public async Task A_network_changes_only_so_much_and_may_always_take_its_words_back()
    {
        using var strict = new CommentTestSite(database, ("Limits:NetworkEditsInTenMinutes", "1"));
        var (one, other) = (await strict.WriteOneAsync("One."), await strict.WriteOneAsync("Other."));
        using var first = await strict.PostAsync(one, ("action", "edit"), ("body", "One, changed."));

        using var second = await strict.PostAsync(other, ("action", "edit"), ("body", "Other, changed."));
        using var erased = await strict.PostAsync(other, ("action", "erase"));

        Assert.Equal(
            [HttpStatusCode.SeeOther, HttpStatusCode.TooManyRequests, HttpStatusCode.SeeOther],
            [first.StatusCode, second.StatusCode, erased.StatusCode]);
    }

    [Fact]
    public async Task Changes_sent_at_once_do_not_pass_the_limit_together()
    {
        using var strict = new CommentTestSite(database, ("Limits:EditsInTenMinutes", "1"));
        var address = await strict.WriteOneAsync("First.");

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(number => strict.PostAsync(address, ("action", "edit"), ("body", $"Number {number}."))));

        Assert.Single(answers, answer => answer.StatusCode is HttpStatusCode.SeeOther);
        Assert.Equal(2, Assert.Single(await strict.CommentsAsync()).Revision);
    }

    [Fact]
    public async Task What_the_rules_saw_is_kept_of_the_new_version_and_of_the_decided_one_only()
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
            await using var desk = await site.OpenAsync();
            desk.Add(new CommentDecision
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
            await desk.SaveChangesAsync(Stop);
        }
    }

    [Fact]
    public async Task A_writer_sees_and_changes_what_was_typed()
    {
        var page = await site.SeeAsync(await site.WriteOneAsync("I take <b>two</b> of <i> a day"));

        Assert.Equal("I take <b>two</b> of <i> a day", page.QuerySelector(".comment p")!.TextContent);
        Assert.Equal(
            "I take <b>two</b> of <i> a day", ((AngleSharp.Html.Dom.IHtmlTextAreaElement)page.GetElementById("field-body")!).Value);
    }

    [Fact]
    public async Task A_red_flag_leads_to_help_although_another_rule_spoke_too()
    {
        var page = await site.SeeAsync(await site.WriteOneAsync("My face droops on one side. I read so on www.example.com."));

        Assert.NotNull(page.QuerySelector("#emergency"));
    }

    [Fact]
    public async Task A_changed_text_with_private_details_comes_back_once_too_and_the_writer_may_insist()
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
    public async Task An_approved_text_stays_until_the_new_one_is_approved()
    {
        var address = await site.WriteOneAsync("The old text.");
        await site.SetAsync((await site.CommentsAsync())[0].Id, CommentStatus.Approved);

        using var answer = await site.PostAsync(address, ("action", "edit"), ("body", "The new text."));

        var page = await site.SeeAsync(CommentTestSite.Article);
        Assert.Contains("The old text.", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("The new text.", page.Body.TextContent, StringComparison.Ordinal);
        Assert.True((await site.CommentsAsync())[0].IsWaiting);
    }

    [Fact]
    public async Task A_writer_whose_new_text_was_refused_is_told_why_and_which_text_stands()
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
    public async Task A_writer_of_erased_words_has_nothing_to_keep()
    {
        var address = await site.WriteOneAsync("Words.");

        using var answer = await site.PostAsync(address, ("action", "erase"));

        Assert.DoesNotContain("Keep the address", (await site.SeeAsync(address)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_writer_who_changes_an_older_version_is_told_and_keeps_the_words()
    {
        var address = await site.WriteOneAsync("First.");
        using var first = await site.PostAsync(address, ("action", "edit"), ("revision", "1"), ("body", "Second."));

        using var late = await site.PostAsync(address, ("action", "edit"), ("revision", "1"), ("body", "Third."));

        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Contains("Third.", (await CommentTestSite.ReadAsync(late)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Second.", (await site.CommentsAsync())[0].Text);
    }

    [Fact]
    public async Task Withdrawn_words_leave_the_page_and_the_answers_stay()
    {
        var address = await site.WriteOneAsync("To be withdrawn.");
        var id = (await site.CommentsAsync())[0].Id;
        await site.SetAsync(id, CommentStatus.Approved);
        await site.WriteApprovedAsync("An answer that stays.", id.ToString());

        using var answer = await site.PostAsync(address, ("action", "withdraw"));

        var page = await site.SeeAsync(CommentTestSite.Article);
        Assert.DoesNotContain("To be withdrawn.", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("This comment was taken back.", page.Body.TextContent, StringComparison.Ordinal);
        Assert.Contains("An answer that stays.", page.Body.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_stays_on_the_page_when_the_writer_takes_out_the_words_that_asked_for_it()
    {
        var address = await site.WriteOneAsync("I want to die.");

        using var answer = await site.PostAsync(address, ("action", "edit"), ("revision", "1"), ("body", "My arm twitches."));

        Assert.Equal(FlagLevel.Ordinary, Assert.Single(await site.CommentsAsync()).Level);
        Assert.Contains(
            "999", (await site.SeeAsync(address)).QuerySelector("section.card.emergency")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("withdraw")]
    [InlineData("erase")]
    public async Task Words_that_were_taken_back_can_be_sent_again_at_once_within_the_limits(string action)
    {
        var places = new List<string>();
        for (var time = 0; time < 3; time++)
        {
            using var answer = await site.WriteAsync("The same words.");
            places.Add(answer.Headers.Location!.ToString());
            using var taken = await site.PostAsync(places[^1], ("action", action));
            site.Site.Clock.Advance(TimeSpan.FromSeconds(20));
        }

        using var fourth = await site.WriteAsync("The same words.");

        Assert.Equal(3, (await site.CommentsAsync()).Count);
        Assert.Equal(3, places.Distinct().Count());
        Assert.Equal(HttpStatusCode.TooManyRequests, fourth.StatusCode);
    }

    [Fact]
    public async Task Erased_words_are_nowhere_in_the_database()
    {
        using var written = await site.WriteAsync("Unmistakable words.", "Zebedee", "zebedee@example.org");
        var address = written.Headers.Location!.ToString();

        using var answer = await site.PostAsync(address, ("action", "erase"));

        var comment = Assert.Single(await site.CommentsAsync());
        Assert.Equal((CommentStatus.Erased, "", "", null), (comment.Status, comment.Author, comment.Text, comment.Email));
        Assert.Contains("erased", (await site.SeeAsync(address)).Body!.TextContent, StringComparison.Ordinal);
        await using var db = await site.OpenAsync();
        Assert.All(
            await db.Set<CommentDecision>().ToListAsync(Stop),
            decision => Assert.DoesNotContain("Zebedee", decision.By, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refusal_can_be_appealed_once()
    {
        var address = await site.WriteOneAsync("Refused.");
        var id = (await site.CommentsAsync())[0].Id;
        await site.SetAsync(id, CommentStatus.Rejected);

        using var appeal = await site.PostAsync(address, ("action", "appeal"), ("body", "It is on topic."));
        await site.SetAsync(id, CommentStatus.Rejected);
        using var again = await site.PostAsync(address, ("action", "appeal"), ("body", "Once more."));

        Assert.Equal([HttpStatusCode.SeeOther, HttpStatusCode.Conflict], [appeal.StatusCode, again.StatusCode]);
        Assert.Equal("It is on topic.", (await site.CommentsAsync())[0].Appeal);
    }

    [Theory]
    [InlineData(CommentStatus.Pending, "edit")]
    [InlineData(CommentStatus.Rejected, "appeal")]
    [InlineData(CommentStatus.Approved, "withdraw")]
    [InlineData(CommentStatus.Approved, "erase")]
    public async Task What_is_done_and_asked_for_again_is_answered_as_done(CommentStatus status, string action)
    {
        var address = await site.WriteOneAsync("Words.");
        await site.SetAsync((await site.CommentsAsync())[0].Id, status);
        for (var time = 0; time < 2; time++)
        {
            using var answer = await site.PostAsync(address, ("action", action), ("revision", "1"), ("body", "Other words."));
            Assert.Equal((HttpStatusCode.SeeOther, address), (answer.StatusCode, answer.Headers.Location!.ToString()));
        }

        await using var db = await site.OpenAsync();
        Assert.Single(db.Set<CommentDecision>());
    }

    [Fact]
    public async Task One_click_ends_mail_about_a_comment()
    {
        using var written = await site.WriteAsync("With an address.", email: "ada@example.org");

        using var answer = await site.PostAsync($"{written.Headers.Location}/mute", ("List-Unsubscribe", "One-Click"));
        using var unknown = await site.PostAsync($"/comments/{SecretToken.New()}/mute", ("List-Unsubscribe", "One-Click"));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], [answer.StatusCode, unknown.StatusCode]);
        Assert.Null((await site.CommentsAsync())[0].Email);
    }

    [Fact]
    public async Task The_writers_page_ends_after_30_days()
    {
        var address = await site.WriteOneAsync("Old.");
        site.Site.Clock.Advance(TimeSpan.FromDays(30));

        using var answer = await site.Reader.GetAsync(new Uri(address, UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_GET_changes_nothing()
    {
        var address = await site.WriteOneAsync("Still here.");

        foreach (var query in new[] { "?action=erase", "/mute", "?action=withdraw" })
            using (await site.Reader.GetAsync(new Uri(address + query, UriKind.Relative), Stop)) { }

        Assert.Equal(
            (CommentStatus.Pending, "Still here."), ((await site.CommentsAsync())[0].Status, (await site.CommentsAsync())[0].Text));
    }

    private Task<HttpResponseMessage> EditAsync(string address, int revision, string text) =>
        site.PostAsync(address, ("action", "edit"), ("revision", $"{revision}"), ("body", text));

    public void Dispose()
    {
        site.Dispose();
        GC.SuppressFinalize(this);
    }
}

public sealed class AuthorPageTestsOnSqlite() : AuthorPageTests(DatabaseKind.Sqlite);

public sealed class AuthorPageTestsOnPostgres() : AuthorPageTests(DatabaseKind.Postgres);
