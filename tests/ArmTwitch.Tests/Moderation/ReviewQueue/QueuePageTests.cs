using System.Globalization;
using ArmTwitch.Comments;
using ArmTwitch.Comments.Published;
using ArmTwitch.Comments.Spam;
using ArmTwitch.Data;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.QueueState;
using ArmTwitch.Moderation.ReviewQueue;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Layout;
using ArmTwitch.Moderators.SigningIn;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace ArmTwitch.Tests.Moderation.ReviewQueue;

/// <summary>The queue as Ada sees it: the real services on a real database, and real clicks and keys.</summary>
public sealed class QueuePageTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ModerationTestSite desk = new();
    private readonly BunitContext bunit = new();
    private Decider ada = null!, ben = null!;

    private static CancellationToken Cancellation => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        BunitContext.DefaultWaitTimeout = Patience;
        ada = await desk.HireAsync("Ada", ModeratorRole.Editor);
        ben = await desk.HireAsync("Ben");
        bunit.Services.AddSingleton(desk.Waiting).AddSingleton(desk.Decisions).AddSingleton(desk.Site.Get<SpamScorer>())
            .AddSingleton(desk.Site.Get<CommentChangeNotifier>()).AddSingleton<TimeProvider>(desk.Site.Clock);
        bunit.JSInterop.Mode = JSRuntimeMode.Loose;
        bunit.JSInterop.SetupModule(ModerationAssets.Address("queue.js")).Mode = JSRuntimeMode.Loose;
        var session = bunit.AddAuthorization();
        session.SetAuthorized("Ada");
        session.SetPolicies(ModeratorPolicies.Moderator);
        session.SetClaims(
            new(System.Security.Claims.ClaimTypes.NameIdentifier, ada.Id.ToString()!),
            new(System.Security.Claims.ClaimTypes.Role, ModeratorPolicies.Editor), new(ModeratorClaimsFactory.DisplayName, "Ada"));
    }

    public async ValueTask DisposeAsync()
    {
        await bunit.DisposeAsync();
        await desk.DisposeAsync();
    }

    [Fact]
    public async Task A_crisis_comes_first_then_a_red_flag_then_what_has_waited_longest()
    {
        await desk.WriteAsync("The oldest.");
        await desk.WriteAsync("Newer.");
        await desk.WriteAsync("Suddenly weak.", level: FlagLevel.RedFlag);
        await desk.WriteAsync("I cannot go on.", level: FlagLevel.Crisis);

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
    public async Task The_keys_walk_decide_and_take_back()
    {
        var first = await desk.WriteAsync("The first.");
        var second = await desk.WriteAsync("The second.");
        var page = Open();

        await PressAsync(page, "j");
        Assert.Equal("The second.", page.Find("#words").TextContent);
        await PressAsync(page, "k");
        await PressAsync(page, "a");
        Assert.Equal(CommentStatus.Approved, (await desk.ReadAsync(first.Id)).Status);
        Assert.Equal("Approved: the comment by Ada. Press u to undo.", page.Find("[role=status]").TextContent);
        Assert.Equal("The second.", page.Find("#words").TextContent);
        await PressAsync(page, "s");
        Assert.Equal(CommentStatus.Spam, (await desk.ReadAsync(second.Id)).Status);

        await PressAsync(page, "u");
        Assert.Equal(CommentStatus.Pending, (await desk.ReadAsync(second.Id)).Status);
        await PressAsync(page, "u");
        Assert.Equal(CommentStatus.Pending, (await desk.ReadAsync(first.Id)).Status);
        await PressAsync(page, "u");
        Assert.Contains("nothing to undo", page.Find("[role=status]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_of_an_earlier_visit_can_be_taken_back_for_ten_minutes()
    {
        var comment = await desk.WriteAsync("Decided before.");
        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Spam, ada, Cancellation);
        var page = Open(hasComments: false);
        Assert.Contains("Undo one of your last decisions (1)", page.Find(".recent summary").TextContent, StringComparison.Ordinal);

        await page.Find(".recent button").ClickAsync();

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".recent")));
        Assert.Equal(CommentStatus.Pending, (await desk.ReadAsync(comment.Id)).Status);
    }

    [Fact]
    public async Task Nobody_takes_back_what_a_colleague_decided_or_what_is_older_than_ten_minutes()
    {
        var bens = await desk.WriteAsync("Ben's.");
        var old = await desk.WriteAsync("Old.");
        await desk.Decisions.DecideAsync(old.Id, 1, Decision.Spam, ada, Cancellation);
        desk.Site.Clock.Advance(TimeSpan.FromMinutes(11));
        await desk.Decisions.DecideAsync(bens.Id, 1, Decision.Spam, ben, Cancellation);

        var page = Open(hasComments: false);

        Assert.Empty(page.FindAll(".recent"));
    }

    [Fact]
    public async Task A_refusal_needs_a_reason_and_its_words_are_kept_when_they_are_missing()
    {
        var comment = await desk.WriteAsync("Not fit.");
        var page = Open();
        await PressAsync(page, "x");
        Assert.Contains("The writer reads: It is not about the article.", page.Find("form.box").TextContent, StringComparison.Ordinal);

        await page.Find("#reason-Other").ChangeAsync(true);
        await page.Find("form.box").SubmitAsync();
        Assert.Equal("Say in words why it is refused.", page.Find("[role=alert]").TextContent);
        Assert.Equal(CommentStatus.Pending, (await desk.ReadAsync(comment.Id)).Status);
        await page.Find("#reason-words").ChangeAsync("It names a school.");
        await page.Find("form.box").SubmitAsync();

        page.WaitForAssertion(() => Assert.StartsWith("Refused", page.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Equal("It names a school.", (await desk.ReadAsync(comment.Id)).Reason);
    }

    [Fact]
    public async Task Selected_words_private_details_and_doses_are_taken_out()
    {
        var comment = await desk.WriteAsync("Ring 07700 900123, Dr Foo gave me 400 mg.");
        await desk.SaveAsync(new CommentFlag
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
        Assert.Equal(["07700 900123", "400 mg", "Dr Foo"], page.FindAll("form.box li q").Select(cut => cut.TextContent));
        await page.FindAll("form.box select")[2].ChangeAsync(RemovedKind.Name.ToString());
        Assert.Equal(
            "Ring [removed: phone number], [removed: name] gave me [removed: dose].", page.Find("form.box blockquote").TextContent);
        await page.Find("form.box").SubmitAsync();

        page.WaitForAssertion(
            () => Assert.StartsWith("Approved without some words", page.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Equal(
            "Ring [removed: phone number], [removed: name] gave me [removed: dose].", (await desk.ReadAsync(comment.Id)).ShownText);
    }

    [Fact]
    public async Task Words_marked_to_go_are_not_published_by_the_button_that_approves_everything()
    {
        var comment = await desk.WriteAsync("Dr Foo gave me that.");
        var page = Open();
        await PressAsync(page, "r", [0, 6]);

        await Button(page, "Approve (a)").ClickAsync();
        await PressAsync(page, "a");

        Assert.StartsWith(
            "Nothing is decided yet: you are taking words out.", page.Find("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Single(page.FindAll("form.box li"));
        Assert.Equal(CommentStatus.Pending, (await desk.ReadAsync(comment.Id)).Status);
    }

    [Fact]
    public async Task Whoever_chooses_to_refuse_in_words_types_into_the_field()
    {
        await desk.WriteAsync("Not fit.");
        var page = Open();
        await PressAsync(page, "x");

        await page.Find("#reason-Other").ChangeAsync(true);

        page.WaitForAssertion(() => bunit.JSInterop.VerifyFocusAsyncInvoke());
    }

    [Fact]
    public async Task The_line_that_tells_of_a_decision_has_a_button_that_takes_that_one_back()
    {
        var first = await desk.WriteAsync("The first.");
        var second = await desk.WriteAsync("The second.");
        var page = Open();
        Assert.Empty(page.FindAll(".said button"));

        await PressAsync(page, "a");
        Assert.Equal("Undo (u): Approved, Ada", page.Find(".said button").TextContent);
        await PressAsync(page, "s");
        Assert.Equal("Undo (u): Marked as spam, Ada", page.Find(".said button").TextContent);
        await page.Find(".said button").ClickAsync();

        page.WaitForAssertion(() => Assert.StartsWith("Undone", page.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Equal(
            (CommentStatus.Approved, CommentStatus.Pending),
            ((await desk.ReadAsync(first.Id)).Status, (await desk.ReadAsync(second.Id)).Status));
        Assert.Equal("Undo (u): Approved, Ada", page.Find(".said button").TextContent);
    }

    [Fact]
    public async Task The_words_that_make_it_look_like_advertising_are_told()
    {
        const string text = "Buy cheap pills at http://pills.example, best price, 50% off!";
        await desk.WriteAsync(text, spamScore: desk.Site.Get<SpamScorer>().Score("Ada", text));

        var page = Open();

        Assert.Contains("advertising?", page.Find(".queue-list").TextContent, StringComparison.Ordinal);
        Assert.True(page.Find(".weighed").ParentElement!.HasAttribute("open"));
        Assert.Contains("speaks for it", page.Find(".weighed").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_are_marked_as_spam_after_a_second_word_and_come_back_together()
    {
        Comment[] spam = [await desk.WriteAsync("Buy."), await desk.WriteAsync("Buy now.")];
        await desk.WriteAsync("A real one.");
        var page = Open();

        await page.FindAll(".queue-list input[type=checkbox]")[0].ChangeAsync(true);
        await page.FindAll(".queue-list input[type=checkbox]")[1].ChangeAsync(true);
        await Button(page, "Mark 2 as spam…").ClickAsync();
        Assert.Equal(CommentStatus.Pending, (await desk.ReadAsync(spam[0].Id)).Status);
        await Button(page, "Yes, mark 2 as spam").ClickAsync();
        page.WaitForAssertion(
            () => Assert.Equal("2 of 2 marked as spam. Press u to undo them all.", page.Find("[role=status]").TextContent));
        Assert.All(spam, one => Assert.Equal(CommentStatus.Spam, desk.ReadAsync(one.Id).GetAwaiter().GetResult().Status));

        await PressAsync(page, "u");

        Assert.Equal("2 of 2 undone.", page.Find("[role=status]").TextContent);
        Assert.All(spam, one => Assert.Equal(CommentStatus.Pending, desk.ReadAsync(one.Id).GetAwaiter().GetResult().Status));
    }

    [Fact]
    public async Task Filters_choose_by_words_level_rule_article_and_state()
    {
        await desk.WriteAsync("About coffee.", rules: "dosage");
        await desk.WriteAsync("About swimming.", level: FlagLevel.RedFlag);
        var page = Open();
        Assert.Equal(["All", "dosage"], page.FindAll("#filter-rule option").Select(option => option.TextContent));
        Assert.Equal(2, page.FindAll("#filter-article option").Count);

        await page.Find("#filter-rule").ChangeAsync("dosage");
        page.WaitForAssertion(() => Assert.Equal(["About coffee."], page.FindAll(".excerpt").Select(excerpt => excerpt.TextContent)));
        Assert.Contains("Filter and search (1)", page.Find(".filters-box summary").TextContent, StringComparison.Ordinal);
        await page.Find("#filter-words").ChangeAsync("swim");
        page.WaitForAssertion(
            () => Assert.Contains("Nothing fits what you have chosen.", page.Find(".queue-list").TextContent, StringComparison.Ordinal));
        await Button(page, "List all that waits").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".excerpt").Count));
        Assert.Empty(page.FindAll("#filter-words[value]:not([value=''])"));
    }

    [Fact]
    public async Task A_new_comment_and_a_colleague_appear_by_themselves()
    {
        var comment = await desk.WriteAsync("Already here.");
        var page = Open();

        var late = await desk.WriteAsync("Just written.");
        desk.Site.Get<CommentChangeNotifier>().Notify(late, isSeen: false);
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".excerpt").Count));
        await desk.Waiting.ClaimAsync(late.Id, ben.Id!.Value, Cancellation);
        page.WaitForAssertion(() => Assert.Contains("Ben is here", page.Find(".queue-list").TextContent, StringComparison.Ordinal));
        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ben, Cancellation);

        page.WaitForAssertion(() => Assert.Contains("decided by Ben", page.Find(".case").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain(
            page.FindAll(".actions button"), button => button.TextContent.StartsWith("Approve", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_second_moderator_is_told_who_was_faster()
    {
        var comment = await desk.WriteAsync("Both look.");
        var page = Open();
        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Spam, ben, Cancellation);

        await PressAsync(page, "a");

        page.WaitForAssertion(() => Assert.DoesNotContain("Approved", page.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Equal(CommentStatus.Spam, (await desk.ReadAsync(comment.Id)).Status);
    }

    [Fact]
    public async Task Keys_can_be_switched_off()
    {
        var comment = await desk.WriteAsync("Stays.");
        var page = Open();
        await PressAsync(page, "?");
        await page.Find("#keys-on").ChangeAsync(false);

        await PressAsync(page, "s");

        Assert.Equal(CommentStatus.Pending, (await desk.ReadAsync(comment.Id)).Status);
    }

    [Fact]
    public async Task An_editor_answers_below_a_published_comment()
    {
        var comment = await desk.WriteAsync("A question.");
        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ada, Cancellation);
        var page = Open(comment.Id);
        Assert.Contains("Ada: Approved, version 1", page.Find(".case").TextContent, StringComparison.Ordinal);

        await PressAsync(page, "e");
        await page.Find("textarea#panel").ChangeAsync("An answer.");
        await page.Find("form.box").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("Your answer is published.", page.Find("[role=status]").TextContent));
        var shown = Assert.Single(
            (await desk.Site.Get<PublishedComments>().ReadAsync(ModerationTestSite.Article, cancellationToken: Cancellation)).Comments);
        Assert.Equal(("An answer.", "Editor", "Ada"), (shown.Answers[0].Text, shown.Answers[0].Badge, shown.Answers[0].Author));
    }

    [Fact]
    public async Task Whoever_judges_a_report_sees_the_words_that_were_reported()
    {
        var comment = await desk.WriteAsync("The new text.", shownText: "The text on the page.");
        await desk.SaveAsync(new CommentReport { CommentId = comment.Id, Reason = "It is rude", At = desk.Site.Clock.GetUtcNow() });

        var page = Open(comment.Id);

        Assert.Equal("What readers sawThe text on the page.", page.Find(".case details[open]").TextContent);
    }

    [Fact]
    public async Task A_list_tells_of_a_published_comment_by_the_words_that_readers_see()
    {
        var comment = await desk.WriteAsync(
            "The text that was refused.", status: CommentStatus.Approved, shownText: "The text on the page.");

        var rows = await desk.Waiting.ListAsync(new() { Status = CommentStatus.Approved }, cancellationToken: Cancellation);

        Assert.Equal((comment.Id, "The text on the page."), (rows.Rows[0].Id, rows.Rows[0].Excerpt));
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<QueuePage> page, string text) =>
        page.FindAll("button").Single(button => button.TextContent == text);

    /// <summary>Tells what the screen shows, as queue.js does.</summary>
    private static Task PressAsync(IRenderedComponent<QueuePage> page, string key, int[]? selection = null) =>
        page.InvokeAsync(() => page.Instance.HandleKeyAsync(key, SeenOn(page.Find(".queue")), selection));

    private static ScreenState SeenOn(AngleSharp.Dom.IElement screen) => new(
        Guid.TryParse(screen.GetAttribute("data-comment"), out var comment) ? comment : null,
        int.TryParse(screen.GetAttribute("data-revision"), CultureInfo.InvariantCulture, out var revision) ? revision : 0,
        long.TryParse(screen.GetAttribute("data-undo"), CultureInfo.InvariantCulture, out var undo) ? undo : null);

    private IRenderedComponent<QueuePage> Open(Guid? comment = null, bool hasComments = true)
    {
        if (comment is { } asked)
            bunit.Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>()
                .NavigateTo($"/moderation?comment={asked}");
        var page = bunit.Render<QueuePage>();
        if (hasComments)
            page.WaitForElement("#words");
        return page;
    }
}
