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
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ArmTwitch.Tests.Moderation.ReviewQueue;

/// <summary>The queue while the database fails and afterwards: what failed is said, nothing ends, and the act can be done again.</summary>
public sealed class QueueErrorTests : IAsyncLifetime
{
    private const string NotSaved = "Not saved, try again: the database does not answer now.";

    private readonly FailingCommandInterceptor database = new();
    private readonly CapturedLog log = new();
    private readonly BunitContext bunit = new();
    private readonly ModerationTestSite desk;
    private Decider ada = null!;

    public QueueErrorTests() => desk = new(failing: database);

    private static CancellationToken Cancellation => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(20);
        ada = await desk.HireAsync("Ada", ModeratorRole.Editor);
        bunit.Services.AddSingleton(desk.Waiting).AddSingleton(desk.Decisions).AddSingleton(desk.Site.Get<SpamScorer>())
            .AddSingleton(desk.Site.Get<CommentChangeNotifier>()).AddSingleton<TimeProvider>(desk.Site.Clock);
        bunit.Services.AddLogging(logging => logging.AddProvider(log));
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
        database.Refuses = null;
        await bunit.DisposeAsync();
        await desk.DisposeAsync();
        log.Dispose();
    }

    [Fact]
    public async Task A_decision_that_failed_is_said_and_works_at_the_second_press()
    {
        var comment = await desk.WriteAsync("To be decided.");
        var page = Open();

        await FailAsync(() => page.Find(".actions button").ClickAsync());
        Assert.Equal(NotSaved, Said(page));
        Assert.Equal(CommentStatus.Pending, (await desk.ReadAsync(comment.Id)).Status);

        await page.Find(".actions button").ClickAsync();
        page.WaitForAssertion(() => Assert.StartsWith("Approved", Said(page), StringComparison.Ordinal));
        Assert.Equal(CommentStatus.Approved, (await desk.ReadAsync(comment.Id)).Status);
    }

    [Fact]
    public async Task A_key_that_failed_is_said_and_works_at_the_second_press()
    {
        var comment = await desk.WriteAsync("To be decided.");
        var page = Open();
        var seen = new ScreenState(comment.Id, 1, null);

        await FailAsync(() => page.InvokeAsync(() => page.Instance.HandleKeyAsync("s", seen, null)));
        Assert.Equal(NotSaved, Said(page));

        await page.InvokeAsync(() => page.Instance.HandleKeyAsync("s", seen, null));
        Assert.Equal(CommentStatus.Spam, (await desk.ReadAsync(comment.Id)).Status);
    }

    [Fact]
    public async Task An_undo_that_failed_can_be_done_again()
    {
        var comment = await desk.WriteAsync("Decided.");
        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Spam, ada, Cancellation);
        var page = Open();

        await FailAsync(() => page.Find(".recent button").ClickAsync());
        Assert.Equal(NotSaved, Said(page));

        await page.Find(".recent button").ClickAsync();
        page.WaitForAssertion(() => Assert.StartsWith("Undone", Said(page), StringComparison.Ordinal));
        Assert.Equal(CommentStatus.Pending, (await desk.ReadAsync(comment.Id)).Status);
    }

    [Fact]
    public async Task An_answer_that_failed_keeps_its_words_and_is_published_once()
    {
        var comment = await desk.WriteAsync("A question.");
        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ada, Cancellation);
        var page = Open(comment.Id);
        await page.FindAll(".actions button").Single(button => button.TextContent is "Answer (e)").ClickAsync();
        await page.Find("textarea#panel").ChangeAsync("An answer.");

        await FailAsync(() => page.Find("form.box").SubmitAsync());
        Assert.Equal(NotSaved, Said(page));
        Assert.Equal("An answer.", page.Find("textarea#panel").GetAttribute("value"));

        await page.Find("form.box").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Your answer is published.", Said(page)));
        var shown = Assert.Single(
            (await desk.Site.Get<PublishedComments>().ReadAsync(ModerationTestSite.Article, cancellationToken: Cancellation)).Comments);
        Assert.Equal("An answer.", Assert.Single(shown.Answers).Text);
    }

    [Fact]
    public async Task An_answer_that_is_refused_stays_in_its_form_and_the_screen_says_why()
    {
        var comment = await desk.WriteAsync("First.");
        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ada, Cancellation);
        var page = Open(comment.Id);
        await page.FindAll(".actions button").Single(button => button.TextContent is "Answer (e)").ClickAsync();
        await page.Find("textarea#panel").ChangeAsync("An answer.");
        await desk.EditAsync(comment.Id, "Second.");
        await desk.Decisions.DecideAsync(comment.Id, 2, Decision.Approve, ada, Cancellation);

        await page.Find("form.box").SubmitAsync();

        page.WaitForAssertion(
            () => Assert.StartsWith("Not published: the writer has changed the comment", Said(page), StringComparison.Ordinal));
        Assert.Equal(("Second.", "An answer."), (page.Find("#words").TextContent, page.Find("textarea#panel").GetAttribute("value")));
        await page.Find("form.box").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Your answer is published.", Said(page)));
    }

    [Fact]
    public async Task A_reason_that_came_too_late_can_be_copied_from_the_screen()
    {
        var comment = await desk.WriteAsync("To be decided.");
        var page = Open();
        await page.FindAll(".actions button").Single(button => button.TextContent is "Refuse (x)").ClickAsync();
        await page.Find("#reason-Other").ChangeAsync(true);
        await page.Find("#reason-words").ChangeAsync("It names a school.");
        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, await desk.HireAsync("Ben"), Cancellation);

        await page.Find("form.box").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("It names a school.", page.Find("textarea#unsent-0").TextContent));
        Assert.StartsWith("Ben was faster.", page.Find("label[for=unsent-0]").TextContent, StringComparison.Ordinal);
        await page.FindAll("button").Single(button => button.TextContent is "I no longer need it").ClickAsync();
        Assert.Empty(page.FindAll("textarea#unsent-0"));
    }

    [Fact]
    public async Task Searching_and_turning_pages_fail_in_words_and_work_again()
    {
        for (var number = 0; number <= ModerationQueueService.PageSize; number++)
            await desk.WriteAsync($"Number {number}.");
        var page = Open();

        await FailAsync(() => page.Find("#filter-words").ChangeAsync("Number 7."));
        Assert.Equal(NotSaved, Said(page));
        await FailAsync(() => page.FindAll(".queue-list button").Single(button => button.TextContent is "Later").ClickAsync());
        Assert.Equal(ModerationQueueService.PageSize, page.FindAll(".excerpt").Count);

        await page.FindAll(".queue-list button").Single(button => button.TextContent is "Later").ClickAsync();
        page.WaitForAssertion(() => Assert.Single(page.FindAll(".excerpt")));
        await page.Find("#filter-words").ChangeAsync("Number 7.");
        page.WaitForAssertion(() => Assert.Equal("Number 7.", Assert.Single(page.FindAll(".excerpt")).TextContent));
    }

    [Fact]
    public async Task A_comment_whose_claim_failed_opens_all_the_same_and_can_be_decided()
    {
        await desk.WriteAsync("First.");
        var second = await desk.WriteAsync("Second.");
        var page = Open();

        database.Refuses = statement => statement.Contains("SET \"ClaimedBy\"", StringComparison.Ordinal);
        await page.FindAll(".row-button")[1].ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("Second.", page.Find("#words").TextContent));
        await page.Find(".actions button").ClickAsync();

        page.WaitForAssertion(() => Assert.StartsWith("Approved", Said(page), StringComparison.Ordinal));
        Assert.Equal(CommentStatus.Approved, (await desk.ReadAsync(second.Id)).Status);
    }

    [Fact]
    public async Task A_claim_is_renewed_again_after_a_renewal_that_failed()
    {
        var comment = await desk.WriteAsync("Open for long.");
        var page = Open();
        var first = (await desk.ReadAsync(comment.Id)).ClaimedUntil;

        database.RefuseOnce("\"ClaimedBy\"");
        desk.Site.Clock.Advance(TimeSpan.FromMinutes(1));
        await log.WaitForAsync("QueuePage could not do its work (SQLite 5)");
        desk.Site.Clock.Advance(TimeSpan.FromMinutes(1));

        page.WaitForAssertion(
            () => Assert.Equal(first + TimeSpan.FromMinutes(2), desk.ReadAsync(comment.Id).GetAwaiter().GetResult().ClaimedUntil));
    }

    [Fact]
    public async Task What_is_new_appears_by_itself_once_the_database_is_back()
    {
        await desk.WriteAsync("Already here.");
        var page = Open();
        var late = await desk.WriteAsync("Just written.");

        database.Refuses = _ => true;
        desk.Site.Get<CommentChangeNotifier>().Notify(late, isSeen: false);
        page.WaitForAssertion(() => Assert.StartsWith("This page may be out of date", Said(page), StringComparison.Ordinal));
        database.Refuses = null;

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".excerpt").Count));
        Assert.Equal("This page is up to date again.", Said(page));
    }

    [Fact]
    public async Task What_was_saved_before_the_list_failed_is_called_saved()
    {
        var comment = await desk.WriteAsync("To be decided.");
        await desk.WriteAsync("The next.");
        var page = Open();

        database.Refuses = statement => statement.Contains("GROUP BY", StringComparison.Ordinal);
        await page.Find(".actions button").ClickAsync();
        page.WaitForAssertion(() => Assert.StartsWith(
            "Approved: the comment by Ada. Press u to undo. The list is out of date", Said(page), StringComparison.Ordinal));
        Assert.Equal(CommentStatus.Approved, (await desk.ReadAsync(comment.Id)).Status);
        database.Refuses = null;

        page.WaitForAssertion(() => Assert.Equal(["The next."], page.FindAll(".excerpt").Select(excerpt => excerpt.TextContent)));
    }

    [Fact]
    public async Task Spam_that_was_saved_in_part_says_how_much_and_leaves_the_rest_chosen()
    {
        for (var number = 0; number < 3; number++)
            await desk.WriteAsync($"Buy {number}.");
        var page = Open();
        for (var number = 0; number < 3; number++)
            await page.FindAll(".queue-list input[type=checkbox]")[number].ChangeAsync(true);
        await page.Find(".bulk button").ClickAsync();

        var decided = 0;
        database.Refuses = statement => statement.Contains("SET \"Status\"", StringComparison.Ordinal) && decided++ > 0;
        await page.Find(".bulk button").ClickAsync();

        page.WaitForAssertion(
            () => Assert.Equal("1 of 3 marked as spam; the others are not saved. They are still chosen: try again.", Said(page)));
        Assert.Equal("Mark 2 as spam…", page.Find(".bulk button").TextContent);
    }

    [Fact]
    public async Task A_real_lock_of_the_file_is_survived()
    {
        var comment = await desk.WriteAsync("While it is locked.");
        var page = Open();
        await using (var locker = new SqliteConnection(
            $"Data Source={Path.Combine(desk.Site.DataFolder, "armtwitch.db")};Default Timeout=1;Pooling=False"))
        {
            await locker.OpenAsync(Cancellation);
            await using var hold = locker.CreateCommand();
            hold.CommandText = "BEGIN EXCLUSIVE";
            await hold.ExecuteNonQueryAsync(Cancellation);
            await page.Find(".actions button").ClickAsync();
            page.WaitForAssertion(() => Assert.Equal(NotSaved, Said(page)));
        }

        await page.Find(".actions button").ClickAsync();
        page.WaitForAssertion(() => Assert.StartsWith("Approved", Said(page), StringComparison.Ordinal));
        Assert.Equal(CommentStatus.Approved, (await desk.ReadAsync(comment.Id)).Status);
    }

    [Fact]
    public async Task A_page_that_could_not_be_opened_says_so_and_opens_at_the_next_try()
    {
        await desk.WriteAsync("Waiting.");
        bunit.Services.AddSingleton(desk.Site.Get<ArmTwitch.Pages.Site>());
        bunit.Renderer.SetRendererInfo(new Microsoft.AspNetCore.Components.RendererInfo("Server", isInteractive: true));
        database.Refuses = _ => true;
        var layout = bunit.Render<ModerationLayout>(parameters => parameters.Add(one => one.Body, body =>
        {
            body.OpenComponent<QueuePage>(0);
            body.CloseComponent();
        }));
        Assert.Equal("This page could not be shown", layout.Find("h1").TextContent);

        database.Refuses = null;
        await layout.Find("main button").ClickAsync();

        layout.WaitForAssertion(() => Assert.Equal("Waiting.", layout.Find("#words").TextContent));
    }

    private static string Said(IRenderedComponent<QueuePage> page) => page.Find("[role=status]").TextContent;

    private async Task FailAsync(Func<Task> act)
    {
        database.Refuses = _ => true;
        await act();
        database.Refuses = null;
    }

    private IRenderedComponent<QueuePage> Open(Guid? comment = null)
    {
        if (comment is { } asked)
            bunit.Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>()
                .NavigateTo($"/moderation?comment={asked}");
        var page = bunit.Render<QueuePage>();
        page.WaitForElement(".queue");
        return page;
    }
}
