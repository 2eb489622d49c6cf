using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using ArmTwitch.Articles;
using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Newsletter.ImportExport;
using ArmTwitch.Tests.Moderators;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Moderation.Auditing;

public abstract partial class AuditPageTests(DatabaseKind database) : IDisposable
{
    private const string Admin = "grace@example.org";

    private readonly ModeratorTestSite site = new(database);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        site.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_all_rooms_recorded_stands_together_the_newest_first_with_links_in_place_of_numbers()
    {
        var admin = await site.JoinAsync(Admin, ModeratorRole.Admin);
        site.Site.Clock.Advance(TimeSpan.FromMinutes(1));
        var comment = await DecideAsync("Ada", 1);
        site.Site.Clock.Advance(TimeSpan.FromMinutes(1));
        await ImportAsync();

        var page = await admin.Browser.OpenAsync("/moderation/audit");

        Assert.Equal(
            ["Imported a list", "Began an import", "Approved", "Joined", "Accepted an invitation", "Invited somebody"],
            page.QuerySelectorAll("tbody td:nth-child(3)").Select(cell => cell.TextContent));
        Assert.Equal($"/moderation/queue?comment={comment}", page.QuerySelector("tbody tr:nth-child(3) td:nth-child(4) a")!.GetAttribute("href"));
        Assert.StartsWith("/moderation/people/", page.QuerySelector("tbody tr:nth-child(4) a")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.DoesNotMatch(Number(), page.QuerySelector("tbody")!.TextContent);
        Assert.DoesNotContain('@', page.QuerySelector("tbody")!.TextContent);
    }

    [Theory]
    [InlineData("?who=Ada", "Approved Approved Joined Accepted")]
    [InlineData("?who=Grace", "Approved")]
    [InlineData("?who=Gr%00ace", "Approved")]
    [InlineData("?who=gra", "Approved")]
    [InlineData("?who=a%25", "")]
    [InlineData("?what=people", "Joined Accepted Invited")]
    [InlineData("?what=subscribers", "Imported Began")]
    [InlineData("?what=comments&who=Ada", "Approved Approved")]
    [InlineData("?from=2026-12-01", "Imported Began Approved")]
    [InlineData("?to=2026-11-30", "Approved Approved Joined Accepted Invited")]
    [InlineData("?from=2026-12-01&to=2026-12-01", "")]
    [InlineData("?what=nonsense&from=x&to=9999-12-31&after=1-2", "Imported Began Approved Approved Approved Joined Accepted Invited")]
    public async Task It_is_filtered_by_who_what_and_when(string query, string expected)
    {
        var admin = await site.JoinAsync(Admin, ModeratorRole.Admin);
        await DecideAsync("Ada", 1);
        await DecideAsync("Ada", 1);
        site.Site.Clock.Advance(TimeSpan.FromDays(2));
        await DecideAsync("Grace", 1);
        site.Site.Clock.Advance(TimeSpan.FromMinutes(1));
        await ImportAsync();
        var browser = await site.SignInAsync(admin);

        var page = await browser.OpenAsync($"/moderation/audit{query}");

        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Equal(expected, string.Join(' ', page.QuerySelectorAll("tbody td:nth-child(3)").Select(cell => cell.TextContent.Split(' ')[0])));
    }

    [Fact]
    public async Task Days_in_the_wrong_order_are_named()
    {
        var admin = await site.JoinAsync(Admin, ModeratorRole.Admin);

        var page = await admin.Browser.OpenAsync("/moderation/audit?from=2026-12-02&to=2026-12-01");

        Assert.StartsWith("The day in “From” is after the day in “To”", page.QuerySelector(".empty")!.TextContent.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_of_one_moment_are_on_pages_without_a_gap_or_a_repetition()
    {
        var admin = await site.JoinAsync(Admin, ModeratorRole.Admin);
        await DecideAsync("Ada", 120);
        await ImportAsync();

        var (address, pages, seen) = ("/moderation/audit?who=Ada", 0, new List<string>());
        while (address is not null)
        {
            var page = await admin.Browser.OpenAsync(address);
            seen.AddRange(page.QuerySelectorAll("tbody a[href*='comment=']").Select(link => link.GetAttribute("href")!));
            address = page.QuerySelector("[rel=next]")?.GetAttribute("href");
            pages++;
        }

        Assert.Equal((3, 120, 120), (pages, seen.Count, seen.Distinct().Count()));
    }

    [Fact]
    public async Task What_was_done_together_is_one_row_that_opens_and_each_by_itself_in_the_table()
    {
        var admin = await site.JoinAsync(Admin, ModeratorRole.Admin);
        await using var db = site.Site.Database();
        var ada = (await db.Users.SingleAsync(Stop)).Id;
        foreach (var kind in (DecisionKind[])[DecisionKind.Spam, DecisionKind.Undo])
        {
            db.AddRange(Enumerable.Range(0, 69).Select(_ => Entry("Ada", kind, kind is DecisionKind.Undo ? "Spam" : null, moderator: ada)));
            await db.SaveChangesAsync(Stop);
            site.Site.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await DecideAsync("Ada", 49);
        var first = await admin.Browser.OpenAsync("/moderation/audit?who=Ada&what=comments");
        var second = await admin.Browser.OpenAsync(first.QuerySelector("[rel=next]")!.GetAttribute("href")!);

        Assert.Equal((50, 1), (first.QuerySelectorAll("tbody tr").Length, second.QuerySelectorAll("tbody tr").Length));
        Assert.Equal(
            ["Taken back together: 69 comments", "Marked as spam together: 69 comments"],
            new[] { first, second }.Select(page => page.QuerySelector("tbody tr:last-child")!).Select(
                row => $"{row.Children[2].TextContent}: {row.QuerySelector("summary")!.TextContent}"));
        var links = second.QuerySelectorAll("tbody details a[href*='comment=']").Select(link => link.GetAttribute("href"));
        Assert.Equal(69, links.Distinct().Count());
        var (_, table) = await admin.Browser.LookAsync(HttpMethod.Get, LinkIn(first));
        Assert.Equal(1 + 69 + 69 + 49, table.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task A_moderator_sees_what_was_done_with_comments()
    {
        var moderator = await site.JoinAsync();
        await DecideAsync("Grace", 1);
        await ImportAsync();

        var page = await moderator.Browser.OpenAsync("/moderation/audit");

        Assert.Equal(["Approved"], page.QuerySelectorAll("tbody td:nth-child(3)").Select(cell => cell.TextContent));
    }

    [Theory]
    [InlineData(ModeratorRole.Moderator, "Everything Comments")]
    [InlineData(ModeratorRole.Editor, "Everything Comments Issues Subscribers People")]
    public async Task The_filter_offers_once_each_kind_that_a_role_sees(ModeratorRole role, string kinds)
    {
        var somebody = await site.JoinAsync(role: role);

        var page = await somebody.Browser.OpenAsync("/moderation/audit");

        Assert.Equal(kinds, string.Join(' ', page.QuerySelectorAll("#what option").Select(option => option.TextContent)));
    }

    [Fact]
    public async Task It_says_to_whom_a_comment_was_passed_on_and_why_one_was_refused()
    {
        var admin = await site.JoinAsync(Admin, ModeratorRole.Admin);
        await using var db = site.Site.Database();
        var ada = await db.Users.SingleAsync(Stop);
        db.AddRange(
            Entry("Grace", DecisionKind.Escalate, ada.Id.ToString()), Entry("Grace", DecisionKind.Escalate, Guid.NewGuid().ToString()),
            Entry("Grace", DecisionKind.Reject, nameof(RefusalReason.OffTopic)));
        await db.SaveChangesAsync(Stop);

        var page = await admin.Browser.OpenAsync("/moderation/audit?who=Grace");

        Assert.Equal(
            ["Refused Off topic", "Passed on to a former colleague", $"Passed on to {ada.DisplayName}"],
            page.QuerySelectorAll("tbody tr").Select(row => $"{row.Children[2].TextContent} {row.Children[4].TextContent}"));
    }

    [Fact]
    public async Task A_comment_is_told_in_the_words_of_the_queue_by_its_author_and_the_title_of_the_article()
    {
        var admin = await site.JoinAsync(Admin, ModeratorRole.Admin);
        await using var db = site.Site.Database();
        var article = site.Site.Get<ArticleLibrary>().Current.All.First();
        var comment = new Comment
        {
            Article = article.Slug,
            Author = "Grieving",
            Text = "Words.",
            WrittenAt = site.Site.Clock.GetUtcNow(),
            WaitingSince = site.Site.Clock.GetUtcNow(),
        };
        var entry = Entry("Grace", DecisionKind.Remove, null, CommentStatus.Removed, of: comment.Id, flags: "self-harm@5");
        db.AddRange(comment, entry);
        await db.SaveChangesAsync(Stop);

        var page = await admin.Browser.OpenAsync("/moderation/audit?who=Grace");

        var row = page.QuerySelector("tbody tr")!;
        Assert.Equal($"a comment by Grieving on “{article.Title}”", row.Children[3].TextContent.Trim());
        Assert.Equal("waiting, now taken off the page; rule: Self-harm and crisis", row.Children[4].TextContent);
        var (_, table) = await admin.Browser.LookAsync(HttpMethod.Get, LinkIn(page));
        Assert.Contains(article.Title, table, StringComparison.Ordinal);
        Assert.DoesNotContain("Grieving", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_shown_can_be_taken_along_as_a_table()
    {
        var admin = await site.JoinAsync(Admin, ModeratorRole.Admin);
        await DecideAsync("=Ada", 2);
        var page = await admin.Browser.OpenAsync("/moderation/audit?what=comments");

        var (type, table) = await admin.Browser.LookAsync(HttpMethod.Get, LinkIn(page));

        var lines = table.Split("\r\n");
        Assert.Equal("text/csv; charset=utf-8", type);
        Assert.Equal(("at,by,what,subject,detail,address", 4), (lines[0], lines.Length));
        Assert.StartsWith("2026-11-30T12:00:00Z,\"'=Ada\",Approved,a comment,\"waiting, now approved\",/moderation/queue?comment=", lines[1], StringComparison.Ordinal);
    }

    private static string LinkIn(IHtmlDocument page) =>
        page.QuerySelector("a[href*='/audit/table']")!.GetAttribute("href")!;

    /// <returns>The comment of the last decision.</returns>
    private async Task<Guid> DecideAsync(string by, int count)
    {
        await using var db = site.Site.Database();
        var decisions = Enumerable.Range(0, count).Select(_ => Entry(by, DecisionKind.Approve, code: null, CommentStatus.Approved)).ToList();
        db.AddRange(decisions);
        await db.SaveChangesAsync(Stop);
        return decisions[^1].CommentId;
    }

    private CommentDecision Entry(
        string by, DecisionKind kind, string? code, CommentStatus after = CommentStatus.Pending, Guid? moderator = null, Guid? of = null,
        string flags = "") => new()
        {
            CommentId = of ?? Guid.NewGuid(),
            Revision = 1,
            Kind = kind,
            ModeratorId = moderator,
            By = by,
            Code = code,
            Before = CommentStatus.Pending,
            After = after,
            At = site.Site.Clock.GetUtcNow(),
            Flags = flags,
        };

    private Task<SubscriberImportReport?> ImportAsync() => site.Site.Get<SubscriberTransferService>()
        .ImportAsync(new SubscriberImportFile("email\nada@example.org\n"u8.ToArray()), by: null, cancellationToken: Stop);

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}")]
    private static partial Regex Number();
}

public sealed class AuditPageTestsOnSqlite() : AuditPageTests(DatabaseKind.Sqlite);

public sealed class AuditPageTestsOnPostgres() : AuditPageTests(DatabaseKind.Postgres);
