using ArmTwitch.Articles;
using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Feedback;
using ArmTwitch.Moderation.ReviewQueue;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Dashboard;
using ArmTwitch.Newsletter;
using ArmTwitch.Tests.Editing;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ArmTwitch.Tests.Moderators.Dashboard;

/// <summary>The first screen after the sign-in: what waits, for whom, and whether the site is well.</summary>
public abstract class DashboardScreenTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly LintTestContent content = new();
    private readonly BunitContext bunit = new();
    private readonly TestSite site;

    protected DashboardScreenTests(DatabaseKind database)
    {
        content.Files.Write("articles/one.md", LintTestContent.Article(LintTestContent.Whole, "title: Fine", "related: [{article: two, sign: It.}]"));
        content.Files.Write("articles/two.md", LintTestContent.Article(LintTestContent.Whole, "title: Fine too", "related: [{article: one, sign: It.}]"));
        site = new TestSite(content.Files.Folder, database: database, settings: [("Content:CheckRules", "true")]);
    }

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        site.Visit().Dispose();
        bunit.Services.AddSingleton(site.Get<WaitingWorkList>()).AddSingleton(site.Get<HealthCheckService>())
            .AddSingleton<TimeProvider>(site.Clock);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await bunit.DisposeAsync();
        site.Dispose();
        content.Dispose();
    }

    [Fact]
    public void Where_nothing_waits_it_says_so()
    {
        var page = Open(ModeratorRole.Admin);

        Assert.Equal("Nothing waits for you. Everything is decided, mended and sent.", page.Find(".empty").TextContent);
    }

    [Fact]
    public async Task Each_kind_of_work_is_counted_with_a_link_and_the_most_urgent_comes_first()
    {
        await AddAsync(
            Comment("It hurts", FlagLevel.Crisis), Comment("My arm is weak", FlagLevel.RedFlag), Comment("One"), Comment("Two"),
            Appeal("I mean it"), Note("one", "I miss salt."), Paused("held-issue"));
        content.Files.Write("articles/draft.md", LintTestContent.Article("Words.", "draft: true"));
        content.Files.Write("articles/held.md", LintTestContent.Article(LintTestContent.Whole, "summary: It is deadly."));
        content.Files.Write(
            "articles/two.md",
            LintTestContent.Article(LintTestContent.Whole, "nextReview: 2026-11-29", "related: [{article: one, sign: It.}]"));
        site.Get<ArticleLibrary>().Reload();

        var page = Open(ModeratorRole.Editor);

        Assert.Equal(
            [
                "now 1 possible crisis /moderation/queue?tab=crisis", "now 1 issue that has stopped /moderation/newsletter/held-issue",
                "today 1 red flag /moderation/queue?tab=red-flags", "today 1 appeal /moderation/queue?tab=appeals",
                "today 2 other comments /moderation/queue?tab=rest",
                "today 1 article held back for errors /moderation/articles?show=held-back",
                "later 1 overdue review /moderation/articles?show=review-due",
                "later 1 draft with errors or remarks /moderation/articles?show=drafts", "later 1 note from a reader /moderation/feedback",
            ],
            Order(page));
        Assert.Contains("the oldest for 1 minute", page.Find(".waiting li").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_colleague_passed_on_is_counted_for_whom_it_is_for()
    {
        var (mine, another, me) = (Comment("For me"), Comment("For somebody else"), Guid.NewGuid());
        (mine.EscalatedTo, another.EscalatedTo) = (me, Guid.NewGuid());
        await AddAsync(mine, another);

        var page = Open(ModeratorRole.Moderator, me);

        Assert.Equal(
            ["today 1 comment passed on to you /moderation/queue?tab=for-me", "today 2 other comments /moderation/queue?tab=rest"], Order(page));
    }

    [Fact]
    public async Task Each_number_of_comments_is_that_of_the_tab_to_which_it_leads()
    {
        var me = Guid.NewGuid();
        var (mine, reported, spam) = (Comment("For me"), Comment("Reported", FlagLevel.RedFlag), Appeal("Buy."));
        (mine.EscalatedTo, reported.DecidedAt, reported.ShownText, spam.SpamScore) = (me, site.Clock.GetUtcNow(), "Reported", .99);
        await AddAsync(
            mine, reported, spam, new CommentReport { CommentId = reported.Id, Reason = "Rude", At = site.Clock.GetUtcNow().AddSeconds(1) },
            Comment("It hurts", FlagLevel.Crisis), Comment("One"), Advertisement("Cheap"), Appeal("I cannot go on", FlagLevel.Crisis),
            Appeal("My arm is weak", FlagLevel.RedFlag), Appeal("I mean it"));
        var counts = await site.Get<ModerationQueueService>().CountAsync(me, Stop);

        var work = await site.Get<WaitingWorkList>().FindAsync(new(me, "Ada", "ada@example.org", ModeratorRole.Moderator), Stop);

        var ofQueue = work.Waiting.Where(one => one.Address.StartsWith(QueueAddress.Path, StringComparison.Ordinal)).ToList();
        Assert.Equal(Enum.GetValues<QueueTab>().Except([QueueTab.All]).Order(), ofQueue.Select(TabOf).Order());
        Assert.All(ofQueue, one => Assert.Equal((TabOf(one), counts.Of(TabOf(one))), (TabOf(one), one.Count)));
        Assert.Equal(4, counts.Appeals);

        static QueueTab TabOf(WaitingWork one) => QueueAddress.Parse(one.Address).Filter.Tab;
    }

    [Fact]
    public async Task A_moderator_sees_only_the_work_of_a_moderator()
    {
        await AddAsync(Comment("One"), Note("one", "I miss salt."), Paused("held-issue"));

        var page = Open(ModeratorRole.Moderator);

        Assert.Equal(["today 1 other comment /moderation/queue?tab=rest"], Order(page));
        Assert.Equal(
            ["possible crises", "comments passed on to you", "red flags", "reported comments", "appeals"],
            page.FindAll(".quiet-work a").Take(5).Select(link => link.TextContent));
    }

    [Fact]
    public async Task What_comes_while_it_is_open_shows_and_what_is_urgent_is_said()
    {
        var page = Open(ModeratorRole.Moderator);
        await AddAsync(Comment("It hurts", FlagLevel.Crisis));

        site.Clock.Advance(TimeSpan.FromSeconds(15));

        page.WaitForAssertion(() => Assert.Equal("1 possible crisis", page.Find("[role=status]").TextContent), Patience);
        Assert.Equal(["now 1 possible crisis /moderation/queue?tab=crisis"], Order(page));
    }

    [Fact]
    public async Task What_is_urgent_and_new_is_said_although_something_else_is_urgent_no_more()
    {
        await AddAsync(Paused("held-issue"));
        var page = Open(ModeratorRole.Editor);
        await using (var db = site.Database())
            await db.Set<Issue>().ExecuteUpdateAsync(set => set.SetProperty(issue => issue.State, IssueState.Sent), Stop);
        await AddAsync(Comment("It hurts", FlagLevel.Crisis));

        site.Clock.Advance(TimeSpan.FromSeconds(15));

        page.WaitForAssertion(() => Assert.Equal("1 possible crisis", page.Find("[role=status]").TextContent), Patience);
    }

    [Fact]
    public void Trouble_of_the_site_stands_below_in_words()
    {
        content.Files.Write("articles/held.md", LintTestContent.Article(LintTestContent.Whole, "summary: It is deadly."));
        site.Get<ArticleLibrary>().Reload();

        var page = Open(ModeratorRole.Moderator);

        page.WaitForAssertion(() => Assert.Contains("Articles. 2 articles, 1 fault", Words(page.Find(".health")), StringComparison.Ordinal), Patience);
    }

    [Fact]
    public void A_link_of_an_old_mail_to_a_comment_leads_to_it_in_the_queue()
    {
        var comment = Guid.CreateVersion7();
        bunit.SignIn(ModeratorRole.Moderator);
        var navigation = bunit.Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo($"/moderation?comment={comment}");

        bunit.Render<DashboardScreen>();

        Assert.EndsWith($"/moderation/queue?comment={comment}", navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feature_that_fails_keeps_nobody_from_the_others()
    {
        var list = new WaitingWorkList(
            [new Broken(), new Fixed(new WaitingWork("thing", "things", 3, "/moderation/queue", WaitingUrgency.Later))],
            Microsoft.Extensions.Logging.Abstractions.NullLogger<WaitingWorkList>.Instance);

        var found = await list.FindAsync(new(Guid.NewGuid(), "Ada", "ada@example.org", ModeratorRole.Moderator), Stop);

        Assert.Equal((1, "things"), (found.Failed, Assert.Single(found.Waiting).Title));
    }

    private IRenderedComponent<DashboardScreen> Open(ModeratorRole role, Guid? me = null)
    {
        bunit.SignIn(new CurrentModerator(me ?? Guid.NewGuid(), "Ada", "ada@example.org", role));
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        var page = bunit.Render<DashboardScreen>();
        page.WaitForAssertion(() => Assert.DoesNotContain("Looking…", page.Find(".health").TextContent, StringComparison.Ordinal), Patience);
        // The timer that counts again begins behind the first count.
        page.InvokeAsync(() => { });
        return page;
    }

    private static IEnumerable<string> Order(IRenderedComponent<DashboardScreen> page) =>
        page.FindAll(".waiting li").Select(item =>
            $"{item.ClassName} {item.QuerySelector("strong")!.TextContent} {item.QuerySelector("a span")!.TextContent} {item.QuerySelector("a")!.GetAttribute("href")}");

    private static string Words(AngleSharp.Dom.IElement part) =>
        string.Join(' ', part.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private async Task AddAsync(params object[] rows)
    {
        await using var db = site.Database();
        db.AddRange(rows);
        await db.SaveChangesAsync(Stop);
    }

    private Comment Comment(string text, FlagLevel level = FlagLevel.Ordinary) => new()
    {
        Article = Slug.Parse("one"),
        Author = "Grace",
        Text = text,
        WrittenAt = site.Clock.GetUtcNow(),
        WaitingSince = site.Clock.GetUtcNow(),
        Level = level,
    };

    private Comment Appeal(string text, FlagLevel level = FlagLevel.Ordinary)
    {
        var comment = Comment("Refused once", level);
        comment.Appeal = text;
        return comment;
    }

    private Comment Advertisement(string text)
    {
        var comment = Comment(text);
        comment.SpamScore = .99;
        return comment;
    }

    private FeedbackAnswer Note(string article, string note) =>
        new() { Article = Slug.Parse(article), WasUseful = false, Note = note, At = site.Clock.GetUtcNow() };

    private Issue Paused(string slug) => new()
    {
        Slug = Slug.Parse(slug),
        Subject = "A subject",
        Preheader = "Words.",
        CreatedAt = site.Clock.GetUtcNow(),
        State = IssueState.Paused,
    };

    private sealed class Broken : IWaitingWork
    {
        public ModerationNavigationGroup Group => ModerationNavigationGroup.Comments;

        public ModeratorRole AtLeast => ModeratorRole.Moderator;

        public Task<IReadOnlyList<WaitingWork>> FindAsync(CurrentModerator moderator, CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException("It is broken.");
    }

    private sealed class Fixed(WaitingWork work) : IWaitingWork
    {
        public ModerationNavigationGroup Group => ModerationNavigationGroup.Comments;

        public ModeratorRole AtLeast => ModeratorRole.Moderator;

        public Task<IReadOnlyList<WaitingWork>> FindAsync(CurrentModerator moderator, CancellationToken cancellationToken = default) =>
            Task.FromResult<IReadOnlyList<WaitingWork>>([work]);
    }
}

public sealed class DashboardScreenTestsOnSqlite() : DashboardScreenTests(DatabaseKind.Sqlite);

public sealed class DashboardScreenTestsOnPostgres() : DashboardScreenTests(DatabaseKind.Postgres);
