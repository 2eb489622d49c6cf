using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.DecisionForms;
using ArmTwitch.Moderation.ReviewQueue;
using ArmTwitch.Moderation.Teamwork;
using Bunit;
using Bunit.TestDoubles;

namespace ArmTwitch.Tests.Moderation.ReviewQueue;

/// <summary>What the page of the queue shows of one comment, and of the list around it.</summary>
public sealed class QueueCaseTests : QueuePageTestBase
{
    [Fact]
    public async Task An_appeal_that_may_be_a_crisis_shows_so_first_with_its_words_marked_and_stays_readable()
    {
        var comment = await Site.WriteAsync("A question.");
        await Site.Decisions.DecideAsync(comment.Id, 1, Decision.Reject(RefusalReason.OffTopic), Ben, Cancel);
        await Site.AppealAsync(comment.Id);
        await FlagAsync(comment, "look again");
        var page = Open(comment.Id);

        Assert.Equal("look again", page.Find(".appeal mark").TextContent);
        await using (var db = await Site.OpenAsync())
        {
            db.Attach(comment).Entity.Level = FlagLevel.Crisis;
            await db.SaveChangesAsync(Cancel);
        }

        page = Open(comment.Id);
        Assert.True(page.Markup.IndexOf("crisis-banner", StringComparison.Ordinal) < page.Markup.IndexOf("box appeal", StringComparison.Ordinal));
        await Site.Decisions.DecideAsync(comment.Id, 1, Decision.Reject(RefusalReason.Safeguarding), Ada, Cancel);
        page = Open(comment.Id);
        Assert.Equal("Please look again.", page.Find(".appeal blockquote").TextContent);
    }

    [Fact]
    public async Task Words_that_a_rule_saw_are_marked_in_the_name_and_over_the_end_of_a_line()
    {
        var comment = await Site.WriteAsync("I cannot\ngo on, Ada.");
        await FlagAsync(comment, "Ada · cannot go on");

        var page = Open();

        Assert.Equal(["Ada", "cannot\ngo on", "Ada"], page.FindAll(".case mark").Select(mark => mark.TextContent));
    }

    [Fact]
    public async Task A_question_about_a_crisis_holds_its_words_and_takes_the_plan_over_from_the_banner()
    {
        var comment = await Site.WriteAsync("I cannot go on.", level: FlagLevel.Crisis);
        await FlagAsync(comment, "cannot go on");
        var page = Open();
        var steps = page.FindAll(".crisis-banner li").Count;

        await PressAsync(page, "a");

        Assert.Equal(("cannot go on", "I cannot go on."), (page.Find(".risk mark").TextContent, page.Find(".risk p[dir]").TextContent));
        Assert.Equal((0, steps), (page.FindAll(".crisis-banner li").Count, page.FindAll(".risk .plan li").Count));
        await Button(page, "Cancel").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal(steps, page.FindAll(".crisis-banner li").Count));
    }

    [Fact]
    public async Task A_question_after_taking_words_out_shows_what_would_be_published()
    {
        await Site.WriteAsync("Ring 07700 900123, or ada@armtwitch.test.");
        var page = Open();
        await PressAsync(page, "r");
        await page.Find("[aria-label='Keep “ada@armtwitch.test”']").ClickAsync();

        await page.Find("form.box").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal(
            "Ring [removed: phone number], or ada@armtwitch.test.", page.Find(".risk p[dir]").TextContent));
    }

    [Fact]
    public async Task The_words_to_tap_read_as_the_comment_does()
    {
        await Site.WriteAsync("Ask Dr Foo,\nat once: he's in.");
        var page = Open();

        await PressAsync(page, "r");

        Assert.Equal("Ask Dr Foo,\nat once: he's in.", page.Find(".tap-words").TextContent);
    }

    [Fact]
    public async Task An_answer_is_taken_off_the_page_where_it_stands()
    {
        var (comment, answer) = await AnswerAsync();
        var page = Open(comment.Id);
        Assert.Contains("Answers that readers see", page.Find(".case").TextContent, StringComparison.Ordinal);

        await page.Find(".notes button").ClickAsync();

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".notes")));
        Assert.Equal(("Taken off the page: the answer by Ada.", "A question."), (MessageOn(page), page.Find("#words").TextContent));
        Assert.Equal(CommentStatus.Removed, (await Site.ReadAsync(answer)).Status);
    }

    [Fact]
    public async Task Answers_below_a_comment_whose_approval_was_undone_are_not_said_to_be_seen()
    {
        var (comment, _) = await AnswerAsync();
        var approval = (await Site.HistoryAsync(comment.Id))[0];
        await Site.Undo.UndoAsync(approval.Id, Ada, Cancel);

        var page = Open(comment.Id);

        Assert.Contains("Answers: not shown while the comment is not shown", page.Find(".case").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_offers_no_answer()
    {
        var (_, answer) = await AnswerAsync();

        var page = Open(answer);

        Assert.DoesNotContain(page.FindAll(".actions button"), button => button.TextContent.StartsWith("Answer", StringComparison.Ordinal));
        await PressAsync(page, "e");
        Assert.Equal("It is an answer itself. Open the comment above it.", MessageOn(page));
    }

    [Fact]
    public async Task Selected_words_are_words_until_somebody_says_what_they_are()
    {
        var comment = await Site.WriteAsync("You are a fool, I say.");
        var page = Open();
        await PressAsync(page, "r", [8, 6]);

        await page.Find("form.box").SubmitAsync();

        page.WaitForAssertion(() => Assert.StartsWith("Approved without", MessageOn(page), StringComparison.Ordinal));
        Assert.Equal("You are [removed: words], I say.", (await Site.ReadAsync(comment.Id)).ShownText);
    }

    [Fact]
    public async Task A_row_shows_the_words_that_readers_would_see()
    {
        await Site.WriteAsync("<b>Hello</b> there.");

        Assert.Equal("Hello there.", Open().Find(".excerpt").TextContent);
    }

    [Fact]
    public async Task The_row_of_an_appeal_shows_the_words_of_the_appeal()
    {
        var comment = await Site.WriteAsync("A question.");
        await Site.Decisions.DecideAsync(comment.Id, 1, Decision.Reject(RefusalReason.OffTopic), Ben, Cancel);
        await Site.AppealAsync(comment.Id);

        Assert.Equal("Please look again.", Open().Find(".excerpt").TextContent);
    }

    [Fact]
    public async Task What_colleagues_noted_stands_right_below_the_comment_and_the_row_has_a_sign_of_it()
    {
        var comment = await Site.WriteAsync("I cannot go on.", level: FlagLevel.Crisis, rules: ["self-harm"]);
        await Site.WriteAsync("Another.");
        var escalations = Site.Get<EscalationService>();
        await Site.Get<CommentNoteService>().AddAsync(comment.Id, (Guid.CreateVersion7(), "Sam is on duty."), Ben, Cancel);
        Site.Clock.Advance(TimeSpan.FromMinutes(1));
        await escalations.PassOnAsync(comment.Id, Ada.Id!.Value, (Guid.CreateVersion7(), "He rings the police."), Ben, Cancel);

        var page = Open();

        Assert.StartsWith("Ben passed it on to you: He rings the police.", page.Find(".passed-on").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Sam is on duty."], page.FindAll(".notes p[dir]").Select(note => note.TextContent));
        Assert.Equal(
            ["words", "done passed-on", "notes"],
            page.FindAll(".case > .words, .case > .passed-on, .case > .notes, .case > .words ~ ul:not(.notes)").Take(3).Select(part => part.ClassName));
        Assert.Equal(("note", "2 notes"), (page.Find(".row-button .note").TextContent, page.Find(".case-head .note").TextContent));
        Assert.Single(page.FindAll(".row-button .note"));
    }

    [Fact]
    public async Task The_list_of_related_comments_keeps_the_open_one_and_Back_leads_to_where_it_was_asked_for()
    {
        await Site.WriteAsync("Another.");
        var comment = await Site.WriteAsync("Buy.", email: "seller@armtwitch.test");
        await Site.WriteAsync("Buy it.", email: "seller@armtwitch.test");
        var page = Open(comment.Id);

        await Button(page, "Show it").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal($"moderation/queue?related={comment.Id}&comment={comment.Id}", Address));
        Assert.Equal(("1 other comment of the last day", "Buy."), (page.Find("#list-heading").TextContent, page.Find("#words").TextContent));
        Assert.Equal(["Buy it.", "Buy."], page.FindAll(".excerpt").Select(excerpt => excerpt.TextContent));
        Assert.False(((BunitNavigationManager)Navigation).History.First().Options.ReplaceHistoryEntry);
        Navigation.NavigateTo($"/moderation/queue?comment={comment.Id}");
        page.WaitForAssertion(() => Assert.Equal("All that waits", page.Find("#list-heading").TextContent));
        Assert.Equal("Buy.", page.Find("#words").TextContent);
    }

    [Fact]
    public async Task An_empty_tab_leads_to_what_waits_elsewhere()
    {
        await Site.WriteAsync("Plain.");
        var page = OpenAt("?tab=red-flags");
        Assert.Contains("Nothing waits here.", page.Find(".empty").TextContent, StringComparison.Ordinal);

        await Button(page, "Show all").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("All that waits", page.Find("#list-heading").TextContent));
    }

    [Fact]
    public async Task Where_there_is_no_colleague_passing_on_says_only_that()
    {
        await Site.WriteAsync("Plain.");
        await using (var db = await Site.OpenAsync())
        {
            db.Remove(await db.FindAsync<Moderator>([Ben.Id!.Value], Cancel) ?? throw new InvalidOperationException());
            await db.SaveChangesAsync(Cancel);
        }

        var form = Context.Render<PassOnForm>(one => one.Add(form => form.Me, Ada.Id!.Value).Add(form => form.DraftKey, "draft"));

        form.WaitForAssertion(() => Assert.StartsWith("There is nobody else yet.", form.Find("#panel").TextContent, StringComparison.Ordinal));
        Assert.Equal(["Close"], form.FindAll("input, textarea, button").Select(part => part.TextContent));
    }

    [Fact]
    public async Task What_a_rule_saw_stands_under_the_title_of_the_rule()
    {
        await Site.WriteAsync("Kill it.", rules: ["self-harm", "kept-private-details", "no-longer-a-rule"]);

        var page = Open();

        Assert.Equal(
            ["Self-harm and crisis", "Private details kept", "No longer a rule"],
            page.FindAll(".case li strong").Select(rule => rule.TextContent));
    }

    private async Task<(Comment Comment, Guid Answer)> AnswerAsync()
    {
        var comment = await Site.WriteAsync("A question.");
        await Site.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, Ada, Cancel);
        var answer = Guid.CreateVersion7();
        await Site.Replies.ReplyAsync(new(comment.Id, 1), "A question.", (answer, "An answer."), Ada, Cancel);
        return (comment, answer);
    }

    private Task FlagAsync(Comment comment, string words) => Site.SaveAsync(new CommentFlag
    {
        CommentId = comment.Id,
        Revision = 1,
        Rule = "self-harm",
        Version = 1,
        Level = FlagLevel.Crisis,
        Words = words,
        Why = "Words.",
    });
}
