using ArmTwitch.Articles;
using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderation;
using ArmTwitch.Moderation.Auditing;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.ReviewQueue;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Moderation.ReviewQueue;

public abstract class ModerationQueueServiceTests(DatabaseKind database) : ModerationTestBase(database)
{
    [Fact]
    public async Task A_crisis_comes_first_then_red_flags_then_the_oldest()
    {
        await WriteAsync("old", FlagLevel.Ordinary);
        await WriteAsync("flagged", FlagLevel.RedFlag);
        await WriteAsync("young", FlagLevel.Ordinary);
        await WriteAsync("crisis", FlagLevel.Crisis);
        await Site.WriteAsync("decided", status: CommentStatus.Approved);

        var slice = await Site.Queue.ListAsync(new(), cancellationToken: Cancel);
        var counts = await Site.Queue.CountAsync(cancellationToken: Cancel);

        Assert.Equal(["crisis", "flagged", "old", "young"], slice.Rows.Select(row => row.Excerpt));
        Assert.Equal((4, 1, 1), (counts.Waiting, counts.Crisis, counts.RedFlags));
        Assert.Equal(slice.Rows[2].WaitingSince, counts.Oldest);

        async Task WriteAsync(string text, FlagLevel level)
        {
            await Site.WriteAsync(text, level: level);
            Site.Clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public async Task The_list_shows_a_published_comment_as_readers_see_it()
    {
        var comment = await Site.WriteAsync(
            "The text that was refused.", status: CommentStatus.Approved, shownText: "The text on the page.");

        var rows = await Site.Queue.ListAsync(new() { Status = CommentStatus.Approved }, cancellationToken: Cancel);

        Assert.Equal((comment.Id, "The text on the page."), (rows.Rows[0].Id, rows.Rows[0].Excerpt));
    }

    [Fact]
    public async Task What_looks_like_advertising_comes_last_among_its_equals_but_not_among_crises()
    {
        await WriteAsync("selling", spamScore: Comment.SpamLike);
        await WriteAsync("selling help", FlagLevel.RedFlag, spamScore: .99);
        await WriteAsync("just below", spamScore: .89);
        await WriteAsync("plain");
        await WriteAsync("weak arm", FlagLevel.RedFlag);
        await WriteAsync("selling in a crisis", FlagLevel.Crisis, spamScore: .99);
        await WriteAsync("later crisis", FlagLevel.Crisis);

        var all = await Site.Queue.ListAsync(new(), cancellationToken: Cancel);
        var pending = await Site.Queue.ListAsync(new(Status: CommentStatus.Pending), cancellationToken: Cancel);

        Assert.Equal(
            ["selling in a crisis", "later crisis", "weak arm", "selling help", "just below", "plain", "selling"], all.Rows.Select(row => row.Excerpt));
        Assert.Equal(all.Rows.Select(row => row.Id), pending.Rows.Select(row => row.Id));

        async Task WriteAsync(string text, FlagLevel level = FlagLevel.Ordinary, double spamScore = 0)
        {
            await Site.WriteAsync(text, level: level, spamScore: spamScore);
            Site.Clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    public static TheoryData<string, QueueFilter> Filters => new()
    {
        { "crisis", new QueueFilter(Tab: QueueTab.Crisis) },
        { "selling", new QueueFilter(Rule: "links") },
        { "selling", new QueueFilter(Tab: QueueTab.Advertising) },
        { "approved", new QueueFilter(Status: CommentStatus.Approved) },
        { "100%_sure", new QueueFilter(Words: "%_SURE") },
        { "", new QueueFilter(Words: "%%") },
        { "", new QueueFilter(Words: "*") },
        { "", new QueueFilter(Article: Slug.Parse("when-to-get-help")) },
        { "crisis 100%_sure selling", new QueueFilter(Article: ModerationTestSite.Article) },
        { "crisis 100%_sure selling", new QueueFilter(Words: "ada") },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task A_filter_lists_only_what_matches(string expected, QueueFilter filter)
    {
        await Site.WriteAsync("crisis", level: FlagLevel.Crisis);
        await Site.WriteAsync("selling", spamScore: .95, rules: ["links"]);
        await Site.WriteAsync("100%_sure");
        await Site.WriteAsync("approved", status: CommentStatus.Approved);

        var slice = await Site.Queue.ListAsync(filter, cancellationToken: Cancel);

        Assert.Equal(expected, string.Join(' ', slice.Rows.Select(row => row.Excerpt)));
        Assert.Equal(slice.Rows.Count, slice.Total);
    }

    [Fact]
    public async Task A_thousand_come_in_pages_and_none_is_lost_between_them()
    {
        await Site.SaveAsync([.. Enumerable.Range(0, 120).Select(number => new Comment
        {
            Article = ModerationTestSite.Article,
            Author = "Ada",
            Text = $"{number}",
            WrittenAt = Site.Clock.GetUtcNow(),
            WaitingSince = Site.Clock.GetUtcNow(),
        })]);

        var pages = new List<QueueSlice> { await Site.Queue.ListAsync(new(), cancellationToken: Cancel) };
        while (pages[^1].Next is { } next)
            pages.Add(await Site.Queue.ListAsync(new(), next, cancellationToken: Cancel));

        Assert.Equal([50, 50, 20], pages.Select(page => page.Rows.Count));
        Assert.Equal(120, pages.SelectMany(page => page.Rows).Select(row => row.Id).Distinct().Count());
        Assert.All(pages, page => Assert.Equal(120, page.Total));
    }

    [Fact]
    public async Task A_claim_ends_after_two_minutes_unless_it_is_renewed()
    {
        var comment = await Site.WriteAsync();

        Assert.True(await Site.Queue.ClaimAsync(comment.Id, Ada.Id!.Value, Cancel));
        Assert.False(await Site.Queue.ClaimAsync(comment.Id, Ben.Id!.Value, Cancel));
        Assert.Equal("Ada", Assert.Single((await Site.Queue.ListAsync(new(), cancellationToken: Cancel)).Rows).ClaimedBy?.Name);

        Site.Clock.Advance(TimeSpan.FromSeconds(90));
        Assert.True(await Site.Queue.ClaimAsync(comment.Id, Ada.Id!.Value, Cancel));
        Site.Clock.Advance(TimeSpan.FromSeconds(90));
        Assert.False(await Site.Queue.ClaimAsync(comment.Id, Ben.Id!.Value, Cancel));

        Site.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Null((await Site.Queue.FindAsync(comment.Id, Cancel))?.ClaimedBy);
        Assert.True(await Site.Queue.ClaimAsync(comment.Id, Ben.Id!.Value, Cancel));
    }

    [Fact]
    public async Task Of_many_who_claim_at_once_one_has_it()
    {
        var comment = await Site.WriteAsync();

        var claims = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(_ => Task.Run(() => Site.Queue.ClaimAsync(comment.Id, Guid.NewGuid(), Cancel), Cancel)));

        Assert.Single(claims, claimed => claimed);
    }

    [Fact]
    public async Task A_released_comment_is_free_and_a_claim_keeps_nobody_from_deciding()
    {
        var comment = await Site.WriteAsync();
        await Site.Queue.ClaimAsync(comment.Id, Ada.Id!.Value, Cancel);
        await Site.Queue.ReleaseAsync(comment.Id, Ben.Id!.Value, Cancel);
        Assert.NotNull((await Site.Queue.FindAsync(comment.Id, Cancel))?.ClaimedBy);

        await Site.Queue.ReleaseAsync(comment.Id, Ada.Id!.Value, Cancel);
        Assert.True(await Site.Queue.ClaimAsync(comment.Id, Ben.Id!.Value, Cancel));
        Assert.Equal(DecisionOutcome.Done, (await DecideAsync(comment, Decision.Approve)).Outcome);
        Assert.Null((await Site.ReadAsync(comment.Id)).ClaimedBy);
    }

    [Fact]
    public async Task Reading_an_original_is_recorded()
    {
        var comment = await Site.WriteAsync("I am Ada Smith.");
        Assert.Null((await Site.Queue.ReadOriginalAsync(new(comment.Id, comment.Revision), Ben, Cancel)).Text);
        await DecideAsync(comment, Decision.ApproveRedacted(new Redaction(5, 9, RemovedKind.Name)));

        Assert.Equal("I am Ada Smith.", (await Site.Queue.ReadOriginalAsync(new(comment.Id, comment.Revision), Ben, Cancel)).Text);

        var history = await Site.HistoryAsync(comment.Id);
        Assert.Equal((DecisionKind.OriginalRead, "Ben"), (history[^1].Kind, history[^1].By));
    }

    [Fact]
    public async Task A_hidden_original_is_shown_nowhere_without_a_record()
    {
        const string phone = "07700 900123";
        var comment = await Site.WriteAsync($"{phone} is my number.", rules: ["contact-data"]);
        await Site.WriteAsync($"{phone} is open.");
        await using (var db = await Site.OpenAsync())
            await db.Set<CommentFlag>().ExecuteUpdateAsync(set => set.SetProperty(flag => flag.Words, phone), Cancel);
        await DecideAsync(comment, Decision.ApproveRedacted(new Redaction(0, phone.Length, RemovedKind.PhoneNumber)));

        var open = (await Site.Queue.FindAsync(comment.Id, Cancel))!;
        Assert.Equal("[removed: phone number] is my number.", open.DisplayText);
        Assert.Equal(("contact-data", ""), (open.Flags[0].Rule, open.Flags[0].Words));
        Assert.Empty(await FindAsync(phone, CommentStatus.ApprovedRedacted));
        Assert.Equal([comment.Id], await FindAsync("removed: phone", CommentStatus.ApprovedRedacted));
        Assert.Single(await FindAsync(phone, CommentStatus.Pending));
        using var output = new StringWriter();
        foreach (var json in (bool[])[false, true])
            await CommentAdministration.ListAsync(Site.Site.Services, "approved-redacted", json, output, Cancel);
        var file = Path.Combine(Site.Site.DataFolder, "comments.json");
        await CommentAdministration.ExportAsync(Site.Site.Services, file, TextWriter.Null, Cancel);
        Assert.DoesNotContain(phone, output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain($"{phone} is my number", await File.ReadAllTextAsync(file, Cancel), StringComparison.Ordinal);
        Assert.DoesNotContain(await Site.HistoryAsync(comment.Id), entry => entry.Kind is DecisionKind.OriginalRead);

        async Task<IEnumerable<Guid>> FindAsync(string words, CommentStatus status) =>
            (await Site.Queue.ListAsync(new(Status: status, Words: words), cancellationToken: Cancel)).Rows.Select(row => row.Id);
    }

    [Fact]
    public async Task A_moderator_can_see_the_text_as_typed_until_something_is_taken_out()
    {
        var plain = await Site.WriteAsync("Take <number> of <i> a day.");
        var marked = await Site.WriteAsync("I am <b>Ada Smith</b>, hello.");

        Assert.Null((await Site.Queue.FindAsync(plain.Id, Cancel))!.OriginalText);
        var open = (await Site.Queue.FindAsync(marked.Id, Cancel))!;
        Assert.Equal(("I am Ada Smith, hello.", marked.Text), (open.DisplayText, open.OriginalText));

        await DecideAsync(marked, Decision.ApproveRedacted(new Redaction(5, 9, RemovedKind.Name)));
        Assert.Equal("I am [removed: name], hello.", (await Site.ReadAsync(marked.Id)).ShownText);
        Assert.Null((await Site.Queue.FindAsync(marked.Id, Cancel))!.OriginalText);
        Assert.Equal(marked.Text, (await Site.Queue.ReadOriginalAsync(new(marked.Id, marked.Revision), Ben, Cancel)).Text);
    }

    [Theory]
    [InlineData("özlem")]
    [InlineData("ÖZLEM [*")]
    public async Task The_search_takes_every_letter_in_both_cases(string words)
    {
        var comment = await Site.WriteAsync("Ask Özlem [*] about it.");

        Assert.Equal(
            comment.Id, Assert.Single((await Site.Queue.ListAsync(new(Words: words), cancellationToken: Cancel)).Rows).Id);
    }

    [Fact]
    public async Task A_new_version_of_a_redacted_comment_is_shown_and_found()
    {
        var comment = await Site.WriteAsync("I am Ada Smith.");
        await DecideAsync(comment, Decision.ApproveRedacted(new Redaction(5, 9, RemovedKind.Name)));
        await Site.EditAsync(comment.Id, "Another text.");

        var row = Assert.Single((await Site.Queue.ListAsync(new(Words: "another"), cancellationToken: Cancel)).Rows);

        Assert.Equal("Another text.", row.Excerpt);
    }

    [Fact]
    public async Task The_audit_log_contains_no_text_and_no_formula()
    {
        var sly = await Site.AddModeratorAsync("=SUM(A1), \"x\"", ModeratorRole.Admin);
        var comment = await Site.WriteAsync("Secret words.");
        await DecideAsync(comment, Decision.Reject(RefusalReason.Other, "Private reason."), sly);
        using var csv = new StringWriter();
        using var json = new StringWriter();

        await Site.Get<AuditLog>().WriteCsvAsync(csv, Cancel);
        await Site.Get<AuditLog>().WriteJsonAsync(json, Cancel);

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
