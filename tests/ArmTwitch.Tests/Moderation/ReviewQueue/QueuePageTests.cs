using ArmTwitch.Comments;
using ArmTwitch.Comments.Spam;
using ArmTwitch.Moderation.Deciding;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Tests.Moderation.ReviewQueue;

public sealed class QueuePageTests : QueuePageTestBase
{
    [Fact]
    public async Task A_crisis_comes_first_then_a_red_flag_then_what_has_waited_longest()
    {
        await Site.WriteAsync("The oldest.");
        await Site.WriteAsync("Newer.");
        await Site.WriteAsync("Suddenly weak.", level: FlagLevel.RedFlag);
        await Site.WriteAsync("I cannot go on.", level: FlagLevel.Crisis);

        var page = Open();

        Assert.Equal(
            ["I cannot go on.", "Suddenly weak.", "The oldest.", "Newer."],
            page.FindAll(".excerpt").Select(excerpt => excerpt.TextContent));
        Assert.Equal("I cannot go on.", page.Find("#words").TextContent);
        Assert.Equal("4 waiting", page.Find(".counts strong").TextContent);
        Assert.Contains("Oldest:", page.Find(".counts").TextContent, StringComparison.Ordinal);
        Assert.Contains("This may be a crisis", page.Find(".case").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_keys_move_decide_and_undo()
    {
        var first = await Site.WriteAsync("The first.");
        var second = await Site.WriteAsync("The second.");
        var page = Open();

        await PressAsync(page, "j");
        Assert.Equal("The second.", page.Find("#words").TextContent);
        await PressAsync(page, "k");
        await PressAsync(page, "a");
        Assert.Equal(CommentStatus.Approved, (await Site.ReadAsync(first.Id)).Status);
        Assert.Equal("Approved: the comment by Ada.", MessageOn(page));
        Assert.Equal("The second.", page.Find("#words").TextContent);
        await PressAsync(page, "s");
        Assert.Equal(CommentStatus.Spam, (await Site.ReadAsync(second.Id)).Status);

        await PressAsync(page, "u");
        Assert.Equal(CommentStatus.Pending, (await Site.ReadAsync(second.Id)).Status);
        await PressAsync(page, "u");
        Assert.Equal(CommentStatus.Pending, (await Site.ReadAsync(first.Id)).Status);
        await PressAsync(page, "u");
        Assert.Contains("nothing to undo", MessageOn(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_may_be_urgent_is_never_called_advertising()
    {
        await Site.WriteAsync("I cannot go on.", level: FlagLevel.Crisis, spamScore: .99);
        await Site.WriteAsync("My arm is weak.", level: FlagLevel.RedFlag, spamScore: .99);

        var page = Open();

        Assert.DoesNotContain("dvertising", page.Find(".queue-list ul").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("dvertising", page.Find(".case").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_in_a_tab_says_how_many_all_tabs_have()
    {
        await Site.WriteAsync("About coffee.");
        await Site.WriteAsync("About tea.");
        var page = OpenAt("?tab=red-flags&q=about");
        Assert.Equal("0 found in “Red flags”", page.Find("#list-heading").TextContent);

        await Button(page, "Show them").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("2 found", page.Find("#list-heading").TextContent));
    }

    [Theory]
    [InlineData("", "about", "2 found.")]
    [InlineData("", "milk", "Nothing found.")]
    [InlineData("?tab=red-flags", "about", "Nothing found in this tab, 2 in all tabs.")]
    public async Task A_search_says_how_many_it_found_and_shows_no_message_of_it(string query, string words, string said)
    {
        await Site.WriteAsync("About coffee.");
        await Site.WriteAsync("About tea.");
        var page = OpenAt(query);

        await page.Find("#filter-words").InputAsync(words);
        await page.Find(".search").SubmitAsync();
        Site.Clock.Advance(TimeSpan.FromSeconds(1));

        page.WaitForAssertion(() => Assert.Equal(said, AnnouncedOn(page)));
        Assert.Equal("", MessageOn(page));
    }

    [Fact]
    public async Task An_appeal_shows_why_it_was_refused_and_what_the_author_read()
    {
        var comment = await Site.WriteAsync("Take 400 mg.");
        await Site.Decisions.DecideAsync(comment.Id, 1, Decision.Reject(RefusalReason.MedicalAdvice, "It names a dose."), Ada, Cancel);
        await Site.AppealAsync(comment.Id);

        var page = Open();

        var told = page.Find(".case .box").TextContent;
        Assert.Contains("Ada refused it: Medical advice or a dose. The author read:", told, StringComparison.Ordinal);
        Assert.Contains("It names a dose.", told, StringComparison.Ordinal);
        Assert.True(
            told.IndexOf("The author says:", StringComparison.Ordinal) < told.IndexOf("Ada refused it", StringComparison.Ordinal),
            "The new words come first.");
        Assert.Equal(2, page.Find(".case").TextContent.Split("You refused it yourself").Length);
        Assert.Equal(["Pass on", "Note"], page.FindAll(".actions button").Select(button => button.TextContent[..^1]));
        Assert.DoesNotContain("MedicalAdvice", page.Find(".case").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_reports_took_off_the_page_has_a_tab_and_says_so()
    {
        var comment = await Site.WriteAsync("It was fine.");
        await Site.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, Ben, Cancel);
        Site.Clock.Advance(TimeSpan.FromMinutes(1));
        await Site.SaveAsync([.. Enumerable.Range(0, 3).Select(
            number => new CommentReport { CommentId = comment.Id, Reason = $"Rude {number}", At = Site.Clock.GetUtcNow() })]);
        await Site.ReportAsync(comment.Id, CommentStatus.Pending);
        await Site.WriteAsync("Another.");

        var page = OpenAt("?tab=reported");

        Assert.Equal(["It was fine."], page.FindAll(".excerpt").Select(excerpt => excerpt.TextContent));
        Assert.Contains("Reported 1", page.FindAll(".tabs button").Select(tab => tab.TextContent));
        Assert.Equal("reported", page.Find(".row-button .badge").TextContent);
        Assert.Contains("Taken off the page after 3 reports.", page.Find(".case").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_words_that_make_it_look_like_advertising_are_listed()
    {
        const string text = "Buy cheap pills at http://pills.example, best price, 50% off!";
        await Site.WriteAsync(text, spamScore: Site.Get<SpamScorer>().Score("Ada", text));

        var page = Open();

        Assert.Contains("advertising?", page.Find(".queue-list").TextContent, StringComparison.Ordinal);
        Assert.True(page.Find(".weighed").ParentElement!.HasAttribute("open"));
        Assert.Contains("speaks for it", page.Find(".weighed").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_choose_by_words_level_rule_article_and_state()
    {
        await Site.WriteAsync("About coffee.", rules: "dosage");
        await Site.WriteAsync("About swimming.", level: FlagLevel.RedFlag);
        var page = Open();
        Assert.Equal("Dosage", page.Find("#filter-rule option[value=dosage]").TextContent);
        Assert.Equal("Sent again", page.Find("#filter-rule option[value=sent-again]").TextContent);
        Assert.Contains(
            ModerationTestSite.Article.ToString(), page.FindAll("#filter-article option").Select(option => option.GetAttribute("value")));

        await page.Find("#filter-rule").ChangeAsync("dosage");
        page.WaitForAssertion(() => Assert.Equal(["About coffee."], page.FindAll(".excerpt").Select(excerpt => excerpt.TextContent)));
        Assert.Equal("1 found", page.Find("#list-heading").TextContent);
        await page.Find("#filter-words").InputAsync("swim");
        await page.Find(".search").SubmitAsync();
        page.WaitForAssertion(
            () => Assert.Contains("Nothing fits what you have chosen.", page.Find(".queue-list").TextContent, StringComparison.Ordinal));
        await Button(page, "List all that waits").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".excerpt").Count));
        Assert.Empty(page.FindAll("#filter-words[value]:not([value=''])"));
    }

    [Fact]
    public async Task An_emptied_search_field_lists_everything_of_the_tab_again_and_keeps_what_is_typed_next()
    {
        await Site.WriteAsync("About coffee.");
        await Site.WriteAsync("About tea.");
        await Site.WriteAsync("My arm is weak.", level: FlagLevel.RedFlag);
        var page = OpenAt("?tab=rest&q=coffee");

        await page.Find("#filter-words").InputAsync("coff");
        Assert.Single(page.FindAll(".excerpt"));
        await page.Find("#filter-words").InputAsync("");
        await page.Find("#filter-words").InputAsync("t");

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".excerpt").Count));
        Assert.Equal("t", page.Find("#filter-words").GetAttribute("value"));
        page.WaitForAssertion(() => Assert.Equal("moderation/queue?tab=rest", Address));
        Assert.Equal("list", page.Find(".queue").GetAttribute("data-view"));
    }

    [Fact]
    public async Task A_new_comment_and_a_colleague_appear_by_themselves()
    {
        var comment = await Site.WriteAsync("Already here.");
        var page = Open();

        var late = await Site.WriteAsync("Just written.");
        Site.Get<CommentChangeNotifier>().Notify(late, isSeen: false);
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".excerpt").Count));
        await Site.Queue.ClaimAsync(late.Id, Ben.Id!.Value, Cancel);
        page.WaitForAssertion(() => Assert.Contains("Ben is here", page.Find(".queue-list").TextContent, StringComparison.Ordinal));
        await Site.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, Ben, Cancel);

        page.WaitForAssertion(() => Assert.Contains("decided by Ben", page.Find(".case").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain(
            page.FindAll(".actions button:not([aria-disabled])"), button => button.TextContent.StartsWith("Approve", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_second_moderator_is_told_who_was_faster()
    {
        var comment = await Site.WriteAsync("Both look.");
        var page = Open();
        await Site.Decisions.DecideAsync(comment.Id, 1, Decision.Spam, Ben, Cancel);

        await PressAsync(page, "a");

        page.WaitForAssertion(() => Assert.DoesNotContain("Approved", MessageOn(page), StringComparison.Ordinal));
        Assert.Equal(CommentStatus.Spam, (await Site.ReadAsync(comment.Id)).Status);
    }

    [Fact]
    public async Task Keys_can_be_switched_off()
    {
        var comment = await Site.WriteAsync("Stays.");
        var page = Open();
        await PressAsync(page, "?");
        await page.Find("#keys-on").ChangeAsync(false);

        await PressAsync(page, "s");

        Assert.Equal(CommentStatus.Pending, (await Site.ReadAsync(comment.Id)).Status);
    }

    [Fact]
    public async Task A_reported_comment_shows_the_text_that_was_reported()
    {
        var comment = await Site.WriteAsync("The new text.", shownText: "The text on the page.");
        await Site.SaveAsync(new CommentReport { CommentId = comment.Id, Reason = "It is rude", At = Site.Clock.GetUtcNow() });

        var page = Open(comment.Id);

        Assert.Equal("What readers sawThe text on the page.", page.Find(".case details[open]").TextContent);
    }

    [Fact]
    public async Task A_row_names_the_article_and_each_tab_has_its_count()
    {
        await Site.WriteAsync("Plain.");
        await Site.WriteAsync("I cannot go on.", level: FlagLevel.Crisis);
        await Site.WriteAsync("Buy.", spamScore: .95);
        await Site.WriteAsync("No, mine.", appeal: "It is my own doctor.");

        var page = Open();

        Assert.Equal(
            ["All 4", "Crisis 1", "Red flags 0", "Advertising 1", "Appeals 1", "Rest 1"],
            page.FindAll(".tabs button").Select(tab => tab.TextContent));
        Assert.NotEqual("", page.Find(".row-button .on").TextContent);
        await page.FindAll(".tabs button")[4].ClickAsync();
        page.WaitForAssertion(() => Assert.Equal(["It is my own doctor."], page.FindAll(".excerpt").Select(excerpt => excerpt.TextContent)));
        Assert.Equal("No, mine.", page.Find("#words").TextContent);
    }

    [Fact]
    public async Task What_a_key_did_is_said_after_the_focus_has_moved()
    {
        await Site.WriteAsync("The first.");
        await Site.WriteAsync("The second.");
        var page = Open();

        await PressAsync(page, "a");

        Assert.Equal(("Approved: the comment by Ada.", ""), (MessageOn(page), AnnouncedOn(page)));
        Site.Clock.Advance(TimeSpan.FromSeconds(1));
        page.WaitForAssertion(() => Assert.Equal("Approved: the comment by Ada. Undo it with u or the button.", AnnouncedOn(page)));
    }

    [Fact]
    public async Task A_crisis_shows_the_steps_of_the_plan()
    {
        await Site.WriteAsync("I cannot go on.", level: FlagLevel.Crisis);
        Context.Services.AddSingleton(Options.Create(new CommentsOptions { CrisisPlan = "Call Mo: 07700 900456, at night too.\n\nThen wait." }));

        var page = Open();

        Assert.Equal(
            ["Call Mo: 07700 900456, at night too.", "Then wait."],
            page.FindAll(".crisis-banner li").Select(step => step.TextContent.Trim()));
    }
}
