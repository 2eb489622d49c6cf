using ArmTwitch.Articles;
using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderation;
using ArmTwitch.Moderation.Auditing;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.ReviewQueue;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Moderation.ReviewQueue;

public abstract class ModerationQueueServiceTests(DatabaseKind database) : IAsyncLifetime
{
    private readonly ModerationTestSite desk = new(database);
    private Decider ada = null!, ben = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        ada = await desk.HireAsync("Ada");
        ben = await desk.HireAsync("Ben");
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await desk.DisposeAsync();
    }

    [Fact]
    public async Task A_crisis_comes_first_then_red_flags_then_the_oldest()
    {
        await WriteAsync("old", FlagLevel.Ordinary);
        await WriteAsync("flagged", FlagLevel.RedFlag);
        await WriteAsync("young", FlagLevel.Ordinary);
        await WriteAsync("crisis", FlagLevel.Crisis);
        await desk.WriteAsync("decided", status: CommentStatus.Approved);

        var slice = await desk.Waiting.ListAsync(new(), cancellationToken: Cancellation);
        var counts = await desk.Waiting.CountAsync(Cancellation);

        Assert.Equal(["crisis", "flagged", "old", "young"], slice.Rows.Select(row => row.Excerpt));
        Assert.Equal((4, 1, 1), (counts.Waiting, counts.Crisis, counts.RedFlags));
        Assert.Equal(slice.Rows[2].WaitingSince, counts.Oldest);

        async Task WriteAsync(string text, FlagLevel level)
        {
            await desk.WriteAsync(text, level: level);
            desk.Site.Clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public async Task What_looks_like_advertising_comes_last_among_its_equals()
    {
        await WriteAsync("selling", spamScore: ModerationQueueService.SpamLike);
        await WriteAsync("selling help", FlagLevel.RedFlag, spamScore: .99);
        await WriteAsync("just below", spamScore: .89);
        await WriteAsync("plain");
        await WriteAsync("weak arm", FlagLevel.RedFlag);
        await WriteAsync("selling in a crisis", FlagLevel.Crisis, spamScore: .99);

        var all = await desk.Waiting.ListAsync(new(), cancellationToken: Cancellation);
        var pending = await desk.Waiting.ListAsync(new(Status: CommentStatus.Pending), cancellationToken: Cancellation);

        Assert.Equal(
            ["selling in a crisis", "weak arm", "selling help", "just below", "plain", "selling"], all.Rows.Select(row => row.Excerpt));
        Assert.Equal(all.Rows.Select(row => row.Id), pending.Rows.Select(row => row.Id));

        async Task WriteAsync(string text, FlagLevel level = FlagLevel.Ordinary, double spamScore = 0)
        {
            await desk.WriteAsync(text, level: level, spamScore: spamScore);
            desk.Site.Clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    public static TheoryData<string, QueueFilter> Filters => new()
    {
        { "crisis", new QueueFilter(Level: FlagLevel.Crisis) },
        { "selling", new QueueFilter(Rule: "links") },
        { "selling", new QueueFilter(IsSpamLike: true) },
        { "approved", new QueueFilter(Status: CommentStatus.Approved) },
        { "100%_sure", new QueueFilter(Words: "%_SURE") },
        { "", new QueueFilter(Words: "%%") },
        { "", new QueueFilter(Article: Slug.Parse("when-to-get-help")) },
        { "crisis 100%_sure selling", new QueueFilter(Article: ModerationTestSite.Article) },
        { "crisis 100%_sure selling", new QueueFilter(Words: "ada") },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task A_filter_leaves_what_fits(string expected, QueueFilter filter)
    {
        await desk.WriteAsync("crisis", level: FlagLevel.Crisis);
        await desk.WriteAsync("selling", spamScore: .95, rules: ["links"]);
        await desk.WriteAsync("100%_sure");
        await desk.WriteAsync("approved", status: CommentStatus.Approved);

        var slice = await desk.Waiting.ListAsync(filter, cancellationToken: Cancellation);

        Assert.Equal(expected, string.Join(' ', slice.Rows.Select(row => row.Excerpt)));
        Assert.Equal(slice.Rows.Count, slice.Total);
    }

    [Fact]
    public async Task A_thousand_come_in_pages_and_none_is_lost_between_them()
    {
        await desk.SaveAsync([.. Enumerable.Range(0, 120).Select(number => new Comment
        {
            Article = ModerationTestSite.Article,
            Author = "Ada",
            Text = $"{number}",
            WrittenAt = desk.Site.Clock.GetUtcNow(),
            WaitingSince = desk.Site.Clock.GetUtcNow(),
        })]);

        var pages = new List<QueueSlice>();
        for (var page = 0; page < 3; page++)
            pages.Add(await desk.Waiting.ListAsync(new(), page, Cancellation));

        Assert.Equal([50, 50, 20], pages.Select(page => page.Rows.Count));
        Assert.Equal(120, pages.SelectMany(page => page.Rows).Select(row => row.Id).Distinct().Count());
        Assert.All(pages, page => Assert.Equal(120, page.Total));
    }

    [Fact]
    public async Task A_claim_shows_who_looks_and_ends_after_two_minutes_unless_renewed()
    {
        var comment = await desk.WriteAsync();

        Assert.True(await desk.Waiting.ClaimAsync(comment.Id, ada.Id!.Value, Cancellation));
        Assert.False(await desk.Waiting.ClaimAsync(comment.Id, ben.Id!.Value, Cancellation));
        Assert.Equal("Ada", Assert.Single((await desk.Waiting.ListAsync(new(), cancellationToken: Cancellation)).Rows).ClaimedBy?.Name);

        desk.Site.Clock.Advance(TimeSpan.FromSeconds(90));
        Assert.True(await desk.Waiting.ClaimAsync(comment.Id, ada.Id!.Value, Cancellation));
        desk.Site.Clock.Advance(TimeSpan.FromSeconds(90));
        Assert.False(await desk.Waiting.ClaimAsync(comment.Id, ben.Id!.Value, Cancellation));

        desk.Site.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Null((await desk.Waiting.FindAsync(comment.Id, Cancellation))?.ClaimedBy);
        Assert.True(await desk.Waiting.ClaimAsync(comment.Id, ben.Id!.Value, Cancellation));
    }

    [Fact]
    public async Task Of_many_who_claim_at_once_one_has_it()
    {
        var comment = await desk.WriteAsync();

        var claims = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(_ => Task.Run(() => desk.Waiting.ClaimAsync(comment.Id, Guid.NewGuid(), Cancellation), Cancellation)));

        Assert.Single(claims, claimed => claimed);
    }

    [Fact]
    public async Task A_released_comment_is_free_and_a_claim_keeps_nobody_from_deciding()
    {
        var comment = await desk.WriteAsync();
        await desk.Waiting.ClaimAsync(comment.Id, ada.Id!.Value, Cancellation);
        await desk.Waiting.ReleaseAsync(comment.Id, ben.Id!.Value, Cancellation);
        Assert.NotNull((await desk.Waiting.FindAsync(comment.Id, Cancellation))?.ClaimedBy);

        await desk.Waiting.ReleaseAsync(comment.Id, ada.Id!.Value, Cancellation);
        Assert.True(await desk.Waiting.ClaimAsync(comment.Id, ben.Id!.Value, Cancellation));
        Assert.Equal(DecisionOutcome.Done, (await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ada, Cancellation)).Outcome);
        Assert.Null((await desk.ReadAsync(comment.Id)).ClaimedBy);
    }

    [Fact]
    public async Task Reading_an_original_is_recorded()
    {
        var comment = await desk.WriteAsync("I am Ada Smith.");
        Assert.Null((await desk.Waiting.ReadOriginalAsync(new(comment.Id, comment.Revision), ben, Cancellation)).Text);
        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.ApproveRedacted(new Redaction(5, 9, RemovedKind.Name)), ada, Cancellation);

        Assert.Equal("I am Ada Smith.", (await desk.Waiting.ReadOriginalAsync(new(comment.Id, comment.Revision), ben, Cancellation)).Text);

        var history = await desk.HistoryAsync(comment.Id);
        Assert.Equal((DecisionKind.OriginalRead, "Ben"), (history[^1].Kind, history[^1].By));
    }

    [Fact]
    public async Task Sealed_words_show_nowhere_without_a_record()
    {
        const string phone = "07700 900123";
        var comment = await desk.WriteAsync($"{phone} is my number.", rules: ["contact-data"]);
        await desk.WriteAsync($"{phone} is open.");
        await using (var db = await desk.OpenAsync())
            await db.Set<CommentFlag>().ExecuteUpdateAsync(set => set.SetProperty(flag => flag.Words, phone), Cancellation);
        await desk.Decisions.DecideAsync(
            comment.Id, 1, Decision.ApproveRedacted(new Redaction(0, phone.Length, RemovedKind.PhoneNumber)), ada, Cancellation);

        var open = (await desk.Waiting.FindAsync(comment.Id, Cancellation))!;
        Assert.Equal("[removed: phone number] is my number.", open.DisplayText);
        Assert.Equal(("contact-data", ""), (open.Flags[0].Rule, open.Flags[0].Words));
        Assert.Empty(await FindAsync(phone, CommentStatus.ApprovedRedacted));
        Assert.Equal([comment.Id], await FindAsync("removed: phone", CommentStatus.ApprovedRedacted));
        Assert.Single(await FindAsync(phone, CommentStatus.Pending));
        using var output = new StringWriter();
        foreach (var json in (bool[])[false, true])
            await CommentAdministration.ListAsync(desk.Site.Services, "approved-redacted", json, output, Cancellation);
        var file = Path.Combine(desk.Site.DataFolder, "comments.json");
        await CommentAdministration.ExportAsync(desk.Site.Services, file, TextWriter.Null, Cancellation);
        Assert.DoesNotContain(phone, output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain($"{phone} is my number", await File.ReadAllTextAsync(file, Cancellation), StringComparison.Ordinal);
        Assert.DoesNotContain(await desk.HistoryAsync(comment.Id), entry => entry.Kind is DecisionKind.OriginalRead);

        async Task<IEnumerable<Guid>> FindAsync(string words, CommentStatus status) =>
            (await desk.Waiting.ListAsync(new(Status: status, Words: words), cancellationToken: Cancellation)).Rows.Select(row => row.Id);
    }

    [Fact]
    public async Task A_moderator_decides_on_the_words_and_can_see_the_text_as_typed_until_it_is_sealed()
    {
        var plain = await desk.WriteAsync("Take <number> of <i> a day.");
        var marked = await desk.WriteAsync("I am <b>Ada Smith</b>, hello.");

        Assert.Null((await desk.Waiting.FindAsync(plain.Id, Cancellation))!.OriginalText);
        var open = (await desk.Waiting.FindAsync(marked.Id, Cancellation))!;
        Assert.Equal(("I am Ada Smith, hello.", marked.Text), (open.DisplayText, open.OriginalText));

        await desk.Decisions.DecideAsync(marked.Id, 1, Decision.ApproveRedacted(new Redaction(5, 9, RemovedKind.Name)), ada, Cancellation);
        Assert.Equal("I am [removed: name], hello.", (await desk.ReadAsync(marked.Id)).ShownText);
        Assert.Null((await desk.Waiting.FindAsync(marked.Id, Cancellation))!.OriginalText);
        Assert.Equal(marked.Text, (await desk.Waiting.ReadOriginalAsync(new(marked.Id, marked.Revision), ben, Cancellation)).Text);
    }

    [Fact]
    public async Task A_new_version_of_a_comment_whose_words_were_sealed_is_read_and_found()
    {
        var comment = await desk.WriteAsync("I am Ada Smith.");
        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.ApproveRedacted(new Redaction(5, 9, RemovedKind.Name)), ada, Cancellation);
        await desk.EditAsync(comment.Id, "Another text.");

        var row = Assert.Single((await desk.Waiting.ListAsync(new(Words: "another"), cancellationToken: Cancellation)).Rows);

        Assert.Equal("Another text.", row.Excerpt);
    }

    [Fact]
    public async Task The_audit_holds_no_text_and_no_formula()
    {
        var sly = await desk.HireAsync("=SUM(A1), \"x\"", ModeratorRole.Admin);
        var comment = await desk.WriteAsync("Secret words.");
        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Reject(RefusalReason.Other, "Private reason."), sly, Cancellation);
        using var csv = new StringWriter();
        using var json = new StringWriter();

        await desk.Site.Get<AuditLog>().WriteCsvAsync(csv, Cancellation);
        await desk.Site.Get<AuditLog>().WriteJsonAsync(json, Cancellation);

        Assert.Contains("\"'=SUM(A1), \"\"x\"\"\"", csv.ToString(), StringComparison.Ordinal);
        Assert.All(new[] { csv.ToString(), json.ToString() }, text =>
        {
            Assert.DoesNotContain("Secret", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Private", text, StringComparison.Ordinal);
            Assert.Contains($"{comment.Id}", text, StringComparison.Ordinal);
        });
        using var parsed = System.Text.Json.JsonDocument.Parse(json.ToString());
        Assert.Equal("Reject", parsed.RootElement[0].GetProperty("kind").GetString());
    }
}

public sealed class ModerationQueueServiceTestsOnSqlite() : ModerationQueueServiceTests(DatabaseKind.Sqlite);

public sealed class ModerationQueueServiceTestsOnPostgres() : ModerationQueueServiceTests(DatabaseKind.Postgres);
