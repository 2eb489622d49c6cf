using ArmTwitch.Comments;
using ArmTwitch.Comments.Published;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.DecisionForms;
using ArmTwitch.Moderation.QueueState;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace ArmTwitch.Tests.Moderation.ReviewQueue;

/// <summary>The forms for refusing, redacting and answering on the page of the queue.</summary>
public sealed class DecisionFormsTests : QueuePageTestBase
{
    [Fact]
    public async Task A_refusal_needs_a_reason_and_in_words_needs_words()
    {
        var comment = await Site.WriteAsync("Not fit.");
        var page = Open();
        await PressAsync(page, "x");
        Assert.Empty(page.FindAll("#reasons [checked]"));
        await page.Find("form.box").SubmitAsync();
        Assert.Equal("Choose a reason first.", page.Find("#reason-error").TextContent);

        await page.Find("#reason-Other").ChangeAsync(true);
        await page.Find("form.box").SubmitAsync();
        Assert.Equal("Say in words why it is refused.", page.Find("#reason-error").TextContent);
        Assert.Equal(CommentStatus.Pending, (await Site.ReadAsync(comment.Id)).Status);
        await page.Find("#reason-words").InputAsync("It names a school.");
        await page.Find("form.box").SubmitAsync();

        page.WaitForAssertion(() => Assert.StartsWith("Refused", MessageOn(page), StringComparison.Ordinal));
        Assert.Equal("It names a school.", (await Site.ReadAsync(comment.Id)).Reason);
    }

    [Fact]
    public async Task The_sentence_of_a_reason_can_be_changed_for_one_decision()
    {
        var comment = await Site.WriteAsync("Not fit.");
        var page = Open();
        await PressAsync(page, "x");
        await page.Find("[data-digit='1']").ChangeAsync(true);
        Assert.Equal("It is not about the article.", page.Find("#reason-words").GetAttribute("value"));

        await page.Find("#reason-words").InputAsync("It is about cats.");
        await page.Find("[data-digit='2']").ChangeAsync(true);
        await page.Find("[data-digit='1']").ChangeAsync(true);
        await page.Find("form.box").SubmitAsync();

        page.WaitForAssertion(() => Assert.StartsWith("Refused", MessageOn(page), StringComparison.Ordinal));
        Assert.Equal("It is about cats.", (await Site.ReadAsync(comment.Id)).Reason);
        Assert.Equal("OffTopic", (await Site.HistoryAsync(comment.Id))[^1].Code);
    }

    [Fact]
    public async Task Selected_words_private_details_and_doses_are_taken_out()
    {
        var comment = await Site.WriteAsync("Ring 07700 900123, Dr Foo gave me 400 mg.");
        await Site.SaveAsync(new CommentFlag
        {
            CommentId = comment.Id,
            Revision = 1,
            Rule = "dosage",
            Version = 1,
            Level = FlagLevel.Ordinary,
            Words = "400 mg",
            Why = "A dose."
        });
        var page = Open();
        Assert.Equal("400 mg", page.Find("#words mark").TextContent);

        await PressAsync(page, "r", [19, 6]);
        Assert.Equal(["Dr Foo", "400 mg", "07700 900123"], page.FindAll("form.box li q").Select(cut => cut.TextContent));
        Assert.NotNull(Button(page, "Approve without 3 places"));
        await page.FindAll("form.box select")[0].ChangeAsync(RemovedKind.Name.ToString());
        Assert.Equal(
            "Ring [removed: phone number], [removed: name] gave me [removed: dose].", page.Find("form.box blockquote").TextContent);
        await page.Find("form.box").SubmitAsync();

        page.WaitForAssertion(
            () => Assert.StartsWith("Approved without some words", MessageOn(page), StringComparison.Ordinal));
        Assert.Equal(
            "Ring [removed: phone number], [removed: name] gave me [removed: dose].", (await Site.ReadAsync(comment.Id)).ShownText);
    }

    [Fact]
    public async Task Words_about_another_comment_stand_in_a_line_that_leads_to_them()
    {
        await Site.WriteAsync("one");
        var two = await Site.WriteAsync("two");
        Context.JSInterop.Setup<BrowserDraft?>("drafts.last", _ => true)
            .SetResult(new BrowserDraft(two.Id, QueuePanel.Refusal, "It names a school.", null, "Other"));
        var page = Open();
        Assert.Equal(("one", 0), (page.Find("#words").TextContent, page.FindAll("form.box").Count));
        Assert.StartsWith(
            "What you were writing about the comment by Ada is kept.", page.Find(".kept-words").TextContent, StringComparison.Ordinal);

        await Button(page, "Go on with it").ClickAsync();

        page.WaitForAssertion(() => Assert.Single(page.FindAll("form.refusal")));
        Assert.Equal("two", page.Find("#words").TextContent);
        Assert.Empty(page.FindAll(".kept-words"));
    }

    [Fact]
    public async Task The_button_that_approves_everything_does_not_publish_marked_words()
    {
        var comment = await Site.WriteAsync("Dr Foo gave me that.");
        var page = Open();
        await PressAsync(page, "r", [0, 6]);

        await Button(page, "Approve").ClickAsync();
        await PressAsync(page, "a");

        Assert.StartsWith(
            "Nothing is decided yet: you are taking words out.", MessageOn(page), StringComparison.Ordinal);
        Assert.Single(page.FindAll("form.box li"));
        Assert.Equal(CommentStatus.Pending, (await Site.ReadAsync(comment.Id)).Status);
    }

    [Fact]
    public async Task The_field_gets_the_focus_when_refusing_in_words_is_chosen()
    {
        await Site.WriteAsync("Not fit.");
        var page = Open();
        await PressAsync(page, "x");

        await page.Find("#reason-Other").ChangeAsync(true);

        page.WaitForAssertion(() => Context.JSInterop.VerifyFocusAsyncInvoke());
    }

    [Fact]
    public async Task An_editor_answers_below_a_published_comment()
    {
        var comment = await Site.WriteAsync("A question.");
        await Site.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, Ada, Cancel);
        var page = Open(comment.Id);
        Assert.Contains("Ada: Approved, version 1", page.Find(".case").TextContent, StringComparison.Ordinal);

        await PressAsync(page, "e");
        await page.Find("textarea#panel").InputAsync("An answer.");
        await page.Find("form.box").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("Your answer is published.", MessageOn(page)));
        var shown = Assert.Single(
            (await Site.Get<PublishedComments>().ReadAsync(ModerationTestSite.Article, cancellationToken: Cancel)).Comments);
        Assert.Equal(("An answer.", "Editor", "Ada"), (shown.Answers[0].Text, shown.Answers[0].Badge, shown.Answers[0].Author));
    }

    [Theory]
    [InlineData("n", "panel", 1000)]
    [InlineData("p", "pass-on-words", 1000)]
    [InlineData("x", "reason-words", 500)]
    [InlineData("e", "panel", 3000)]
    public async Task What_is_too_long_stays_in_its_form_which_says_by_how_much_and_sends_nothing(string key, string field, int most)
    {
        var comment = await Site.WriteAsync("A question.");
        if (key is "e")
            await Site.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, Ada, Cancel);
        var status = (await Site.ReadAsync(comment.Id)).Status;
        var page = Open(comment.Id);
        await PressAsync(page, key);
        if (key is "p" or "x")
            await page.WaitForElement("[data-digit='1']").ChangeAsync(true);
        var words = new string('a', most + 1);

        await page.Find($"textarea#{field}").InputAsync(words);
        await page.Find("form.box").SubmitAsync();

        Assert.Equal(words, page.Find($"textarea#{field}").GetAttribute("value"));
        Assert.Equal("true", page.Find($"textarea#{field}").GetAttribute("aria-invalid"));
        Assert.Contains($"1 more than the {most:N0} that fit", page.Find($"#{field}-length").TextContent, StringComparison.Ordinal);
        Assert.Equal((status, 1), ((await Site.ReadAsync(comment.Id)).Status, page.FindAll("form.box").Count));
        await page.Find($"textarea#{field}").InputAsync(words[1..]);
        Assert.Empty(page.FindAll($"#{field}-length"));
        await page.Find("form.box").SubmitAsync();

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("form.box")));
    }

    [Fact]
    public async Task A_note_shows_below_the_comment_and_can_be_deleted()
    {
        await Site.WriteAsync("Is this allowed?");
        var page = Open();

        await PressAsync(page, "n");
        await page.Find("textarea#panel").InputAsync("Ask Mo.");
        await page.Find("form.box").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Ask Mo.", page.Find(".notes p").TextContent));
        Assert.Equal("Your note is kept. Only moderators see it.", MessageOn(page));

        await page.InvokeAsync(() => page.Find(".notes button").ClickAsync());
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".notes")));
    }

    [Fact]
    public async Task A_comment_is_passed_on_to_a_colleague_by_a_number()
    {
        var comment = await Site.WriteAsync("Is this allowed?");
        var page = Open();
        await PressAsync(page, "p");
        page.WaitForElement("[data-digit='1']");

        await page.Find("[data-digit='1']").ChangeAsync(true);
        await page.Find("form.box").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("Passed on: Ben has the comment by Ada in the tab “For you”.", MessageOn(page)));
        Assert.Equal(Ben.Id, (await Site.ReadAsync(comment.Id)).EscalatedTo);
    }
}
