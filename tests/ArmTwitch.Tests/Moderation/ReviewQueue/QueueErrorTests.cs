using ArmTwitch.Comments;
using ArmTwitch.Comments.Published;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.QueueState;
using ArmTwitch.Moderation.ReviewQueue;
using ArmTwitch.Moderators.Layout;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ArmTwitch.Tests.Moderation.ReviewQueue;

/// <summary>The queue while the database fails and afterwards: errors are shown, nothing ends, and the action can be repeated.</summary>
public sealed class QueueErrorTests : QueuePageTestBase
{
    private const string NotSaved = "Not saved, try again: the database does not answer now.";

    private readonly FailingCommandInterceptor database;
    private readonly CapturedLog log = new();

    public QueueErrorTests()
        : this(new FailingCommandInterceptor())
    {
    }

    private QueueErrorTests(FailingCommandInterceptor database)
        : base(database)
    {
        this.database = database;
        Context.Services.AddLogging(logging => logging.AddProvider(log));
    }

    public override async ValueTask DisposeAsync()
    {
        database.Refuses = null;
        await base.DisposeAsync();
        log.Dispose();
    }

    [Fact]
    public async Task A_decision_that_failed_says_so_and_works_at_the_second_press()
    {
        var comment = await Site.WriteAsync("To be decided.");
        var page = Open();

        await FailAsync(() => page.Find(".actions button").ClickAsync());
        Assert.Equal(NotSaved, MessageOn(page));
        Assert.Equal(CommentStatus.Pending, (await Site.ReadAsync(comment.Id)).Status);

        await page.Find(".actions button").ClickAsync();
        page.WaitForAssertion(() => Assert.StartsWith("Approved", MessageOn(page), StringComparison.Ordinal));
        Assert.Equal(CommentStatus.Approved, (await Site.ReadAsync(comment.Id)).Status);
    }

    [Fact]
    public async Task A_key_that_failed_says_so_and_works_at_the_second_press()
    {
        var comment = await Site.WriteAsync("To be decided.");
        var page = Open();
        var seen = new ScreenState(comment.Id, 1, null);

        await FailAsync(() => page.InvokeAsync(() => page.Instance.HandleKeyAsync("s", seen, null)));
        Assert.Equal(NotSaved, MessageOn(page));

        await page.InvokeAsync(() => page.Instance.HandleKeyAsync("s", seen, null));
        Assert.Equal(CommentStatus.Spam, (await Site.ReadAsync(comment.Id)).Status);
    }

    [Fact]
    public async Task An_undo_that_failed_can_be_done_again()
    {
        var comment = await Site.WriteAsync("Decided.");
        await Site.Decisions.DecideAsync(comment.Id, 1, Decision.Spam, Ada, Cancel);
        var page = Open();

        await FailAsync(() => page.Find(".recent button").ClickAsync());
        Assert.Equal(NotSaved, MessageOn(page));

        await page.Find(".recent button").ClickAsync();
        page.WaitForAssertion(() => Assert.StartsWith("Undone", MessageOn(page), StringComparison.Ordinal));
        Assert.Equal(CommentStatus.Pending, (await Site.ReadAsync(comment.Id)).Status);
    }

    [Fact]
    public async Task An_answer_that_failed_keeps_its_words_and_is_published_once()
    {
        var comment = await Site.WriteAsync("A question.");
        await Site.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, Ada, Cancel);
        var page = Open(comment.Id);
        await Button(page, "Answer").ClickAsync();
        await page.Find("textarea#panel").InputAsync("An answer.");

        await FailAsync(() => page.Find("form.box").SubmitAsync());
        Assert.Equal(NotSaved, MessageOn(page));
        Assert.Equal("An answer.", page.Find("textarea#panel").GetAttribute("value"));

        await page.Find("form.box").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Your answer is published.", MessageOn(page)));
        var shown = Assert.Single(
            (await Site.Get<PublishedComments>().ReadAsync(ModerationTestSite.Article, cancellationToken: Cancel)).Comments);
        Assert.Equal("An answer.", Assert.Single(shown.Answers).Text);
    }

    [Fact]
    public async Task An_answer_that_is_refused_stays_in_its_form_and_the_page_says_why()
    {
        var comment = await Site.WriteAsync("First.");
        await Site.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, Ada, Cancel);
        var page = Open(comment.Id);
        await Button(page, "Answer").ClickAsync();
        await page.Find("textarea#panel").InputAsync("An answer.");
        await Site.EditAsync(comment.Id, "Second.");
        await Site.Decisions.DecideAsync(comment.Id, 2, Decision.Approve, Ada, Cancel);

        await page.Find("form.box").SubmitAsync();

        page.WaitForAssertion(
            () => Assert.StartsWith("Not published: the author has changed the comment", MessageOn(page), StringComparison.Ordinal));
        Assert.Equal(("Second.", "An answer."), (page.Find("#words").TextContent, page.Find("textarea#panel").GetAttribute("value")));
        await page.Find("form.box").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Your answer is published.", MessageOn(page)));
    }

    [Fact]
    public async Task A_reason_that_came_too_late_can_be_copied_from_the_page()
    {
        var comment = await Site.WriteAsync("To be decided.");
        var page = Open();
        await Button(page, "Refuse").ClickAsync();
        await page.Find("#reason-Other").ChangeAsync(true);
        await page.Find("#reason-words").InputAsync("It names a school.");
        await Site.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, Ben, Cancel);

        await page.Find("form.box").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("It names a school.", page.Find("textarea#unsent-0").TextContent));
        Assert.StartsWith("Ben was faster.", page.Find("label[for=unsent-0]").TextContent, StringComparison.Ordinal);
        await PressAsync(page, "Escape");
        Assert.Empty(page.FindAll("textarea#unsent-0"));
        Assert.StartsWith("Ben was faster. Nothing was changed.", page.Find(".kept-words").TextContent, StringComparison.Ordinal);
        await Button(page, "Show what you wrote").ClickAsync();
        Assert.Equal("It names a school.", page.Find("textarea#unsent-0").TextContent);
        await Button(page, "Fold it").ClickAsync();
        await Button(page, "Show what you wrote").ClickAsync();
        await Button(page, "I no longer need it").ClickAsync();
        Assert.Empty(page.FindAll("textarea#unsent-0, .kept-words"));
    }

    [Fact]
    public async Task Searching_and_paging_say_that_they_failed_and_work_again()
    {
        for (var number = 0; number <= ModerationQueueService.PageSize; number++)
            await Site.WriteAsync($"Number {number}.");
        var page = Open();

        await page.Find("#filter-words").InputAsync("Number 7.");
        await FailAsync(() => page.Find(".search").SubmitAsync());
        Assert.Equal(NotSaved, MessageOn(page));
        await FailAsync(() => Button(page, "Later").ClickAsync());
        Assert.Equal(ModerationQueueService.PageSize, page.FindAll(".excerpt").Count);

        await page.InvokeAsync(() => Button(page, "Later").ClickAsync());
        page.WaitForAssertion(() => Assert.Single(page.FindAll(".excerpt")));
        await page.Find(".search").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Number 7.", Assert.Single(page.FindAll(".excerpt")).TextContent));
    }

    [Fact]
    public async Task A_comment_whose_claim_failed_opens_all_the_same_and_can_be_decided()
    {
        await Site.WriteAsync("First.");
        var second = await Site.WriteAsync("Second.");
        var page = Open();

        database.Refuses = statement => statement.Contains("SET \"ClaimedBy\"", StringComparison.Ordinal);
        await page.InvokeAsync(() => page.FindAll(".row-button")[1].ClickAsync());
        page.WaitForAssertion(() => Assert.Equal("Second.", page.Find("#words").TextContent));
        await page.InvokeAsync(() => page.Find(".actions button").ClickAsync());

        page.WaitForAssertion(() => Assert.StartsWith("Approved", MessageOn(page), StringComparison.Ordinal));
        Assert.Equal(CommentStatus.Approved, (await Site.ReadAsync(second.Id)).Status);
    }

    [Fact]
    public async Task A_claim_is_renewed_again_after_a_renewal_that_failed()
    {
        var comment = await Site.WriteAsync("Open for long.");
        var page = Open();
        var first = (await Site.ReadAsync(comment.Id)).ClaimedUntil;

        database.RefuseOnce("\"ClaimedBy\"");
        Site.Clock.Advance(TimeSpan.FromMinutes(1));
        await log.WaitForAsync("QueuePage could not read or save: the database does not answer (SQLite 5)");
        Site.Clock.Advance(TimeSpan.FromMinutes(1));

        page.WaitForAssertion(
            () => Assert.Equal(first + TimeSpan.FromMinutes(2), Site.ReadAsync(comment.Id).GetAwaiter().GetResult().ClaimedUntil));
    }

    [Fact]
    public async Task What_is_new_appears_by_itself_once_the_database_is_back()
    {
        await Site.WriteAsync("Already here.");
        var page = Open();
        var late = await Site.WriteAsync("Just written.");

        database.Refuses = _ => true;
        Site.Get<CommentChangeNotifier>().Notify(late, isSeen: false);
        page.WaitForAssertion(() => Assert.StartsWith("This page may be out of date", MessageOn(page), StringComparison.Ordinal));
        database.Refuses = null;

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".excerpt").Count));
        Assert.Equal("This page is up to date again.", MessageOn(page));
    }

    [Fact]
    public async Task What_was_saved_before_the_list_failed_is_called_saved()
    {
        var comment = await Site.WriteAsync("To be decided.");
        await Site.WriteAsync("The next.");
        var page = Open();

        database.Refuses = statement => statement.Contains("GROUP BY", StringComparison.Ordinal);
        await page.Find(".actions button").ClickAsync();
        page.WaitForAssertion(() => Assert.StartsWith(
            "Approved: the comment by Ada. The list is out of date", MessageOn(page), StringComparison.Ordinal));
        Assert.Equal(CommentStatus.Approved, (await Site.ReadAsync(comment.Id)).Status);
        database.Refuses = null;

        page.WaitForAssertion(() => Assert.Equal(["The next."], page.FindAll(".queue-list .excerpt").Select(excerpt => excerpt.TextContent)));
    }

    [Fact]
    public async Task Spam_that_was_saved_in_part_says_how_much_and_leaves_the_rest_chosen()
    {
        for (var number = 0; number < 3; number++)
            await Site.WriteAsync($"Buy {number}.");
        var page = Open();
        for (var number = 0; number < 3; number++)
            await page.InvokeAsync(() => page.FindAll(".queue-list input[type=checkbox]")[number].ChangeAsync(true));
        await page.Find(".bulk button").ClickAsync();

        var decided = 0;
        database.Refuses = statement => statement.Contains("SET \"Status\"", StringComparison.Ordinal) && decided++ > 0;
        await page.Find(".bulk button").ClickAsync();

        page.WaitForAssertion(
            () => Assert.Equal("1 of 3 marked as spam; the others are not saved. They are still chosen: try again.", MessageOn(page)));
        Assert.NotNull(Button(page, "Mark 2 as spam…"));
    }

    [Fact]
    public async Task The_page_survives_a_lock_of_the_database_file()
    {
        var comment = await Site.WriteAsync("While it is locked.");
        var page = Open();
        await using (var locker = new SqliteConnection(
            $"Data Source={Path.Combine(Site.Site.DataFolder, "armtwitch.db")};Default Timeout=1;Pooling=False"))
        {
            await locker.OpenAsync(Cancel);
            await using var hold = locker.CreateCommand();
            hold.CommandText = "BEGIN EXCLUSIVE";
            await hold.ExecuteNonQueryAsync(Cancel);
            await page.Find(".actions button").ClickAsync();
            page.WaitForAssertion(() => Assert.Equal(NotSaved, MessageOn(page)));
        }

        await page.Find(".actions button").ClickAsync();
        page.WaitForAssertion(() => Assert.StartsWith("Approved", MessageOn(page), StringComparison.Ordinal));
        Assert.Equal(CommentStatus.Approved, (await Site.ReadAsync(comment.Id)).Status);
    }

    [Fact]
    public async Task A_page_that_could_not_be_opened_says_so_and_opens_at_the_next_try()
    {
        await Site.WriteAsync("Waiting.");
        Context.Services.AddSingleton(Site.Get<ArmTwitch.Pages.Site>());
        Context.Renderer.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        database.Refuses = _ => true;
        var layout = Context.Render<ModerationLayout>(parameters => parameters.Add(one => one.Body, body =>
        {
            body.OpenComponent<QueuePage>(0);
            body.CloseComponent();
        }));
        layout.WaitForAssertion(() => Assert.Equal("This page could not be shown", layout.Find("h1").TextContent));

        database.Refuses = null;
        await layout.Find("main button").ClickAsync();

        layout.WaitForAssertion(() => Assert.Equal("Waiting.", layout.Find("#words").TextContent));
    }

    private async Task FailAsync(Func<Task> act)
    {
        database.Refuses = _ => true;
        await act();
        database.Refuses = null;
    }
}
