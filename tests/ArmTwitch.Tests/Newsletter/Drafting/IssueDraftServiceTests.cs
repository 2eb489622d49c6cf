using ArmTwitch.Articles;
using ArmTwitch.Data;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Auditing;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.Issues;

namespace ArmTwitch.Tests.Newsletter.Drafting;

public abstract class IssueDraftServiceTests(DatabaseKind database) : IssueDraftTestBase(database)
{
    private static readonly Guid Grace = Guid.NewGuid();

    private static readonly CurrentModerator Editor = new(Ada, "Ada", "ada@example.org", ModeratorRole.Editor);

    [Fact]
    public async Task What_is_written_on_the_screen_goes_out_as_a_mail_and_stands_on_the_web()
    {
        await Newsletter.JoinAsync("ada@example.org");
        var issue = await WriteAsync(Draft("Calmer arms", "Hello *you*.", "To read\tone\tOur favourite."));

        var answer = await Issues.ScheduleAsync(issue, "Ada", cancellationToken: Stop);
        var mail = Assert.Single(await SendAsync());
        var web = await Newsletter.Site.Get<IssueArchive>().FindAsync(issue, Stop);

        Assert.Null(answer.Error);
        Assert.Equal("Calmer arms", mail.Subject);
        Assert.Contains("<em>you</em>", mail.HtmlBody, StringComparison.Ordinal);
        Assert.All([mail.HtmlBody!, mail.TextBody!], part => Assert.Contains("Our favourite.", part, StringComparison.Ordinal));
        Assert.Equal(("Our favourite.", "To read"), (Assert.Single(web!.Articles).Note, web.Articles[0].Section));
    }

    [Fact]
    public async Task Articles_keep_the_order_in_which_they_were_picked()
    {
        Content.WriteArticle("two");
        Content.WriteArticle("three");
        Reload();
        var issue = await WriteAsync(Draft("x", "", "New\ttwo\nTo read\tone\nNew\tthree"));

        var text = (await Issues.PreviewAsync(issue, Stop)).Mail!.Text;

        int[] places = [.. new[] { "two", "one", "three" }.Select(name => text.IndexOf($"/articles/{name}\n", StringComparison.Ordinal))];
        Assert.True(places is [> 0, _, _] && places.SequenceEqual(places.Order()), text);
    }

    [Fact]
    public async Task A_save_over_a_newer_version_changes_nothing_and_shows_what_is_there()
    {
        var issue = await WriteAsync(Draft("Begun", "Words"));
        var begun = (await Drafts.FindAsync(issue, Stop))!;
        await Drafts.SaveAsync(issue, begun.Draft with { Introduction = "Hers" }, begun, Grace, Stop);

        var (isSaved, now) = await Drafts.SaveAsync(issue, begun.Draft with { Introduction = "Mine" }, begun, Ada, Stop);

        Assert.Equal((false, "Hers"), (isSaved, now!.Draft.Introduction));
        Assert.Equal("Hers", (await Drafts.FindAsync(issue, Stop))!.Draft.Introduction);
    }

    [Fact]
    public async Task Of_many_saves_of_one_version_one_succeeds()
    {
        var issue = await WriteAsync(Draft("Begun", "Words"));
        var begun = (await Drafts.FindAsync(issue, Stop))!;

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => Task.Run(
            () => Drafts.SaveAsync(issue, begun.Draft with { Introduction = $"Text {number}" }, begun, Ada, Stop), Stop)));

        var saved = Assert.Single(answers, answer => answer.IsSaved);
        Assert.Equal(saved.Now!.Draft, (await Drafts.FindAsync(issue, Stop))!.Draft);
    }

    [Fact]
    public async Task Editors_who_change_different_fields_do_not_get_in_each_others_way()
    {
        var issue = await WriteAsync(Draft("Begun", "Words"));
        var begun = (await Drafts.FindAsync(issue, Stop))!;
        await Drafts.SaveAsync(issue, begun.Draft with { Subject = "Hers" }, begun, Grace, Stop);

        var (isSaved, now) = await Drafts.SaveAsync(issue, begun.Draft with { Introduction = "Mine" }, begun, Ada, Stop);

        Assert.Equal((true, begun.Draft with { Subject = "Hers", Introduction = "Mine" }), (isSaved, now!.Draft));
    }

    [Fact]
    public async Task A_save_whose_answer_was_lost_may_come_again()
    {
        var issue = await WriteAsync(Draft("Begun", "Words"));
        var begun = (await Drafts.FindAsync(issue, Stop))!;
        var first = await Drafts.SaveAsync(issue, begun.Draft with { Subject = "Mine" }, begun, Ada, Stop);

        var second = await Drafts.SaveAsync(issue, begun.Draft with { Subject = "Mine" }, begun, Ada, Stop);

        Assert.Equal((true, first.Now!.Version), (second.IsSaved, second.Now!.Version));
    }

    [Fact]
    public async Task What_was_approved_cannot_be_changed_before_it_is_taken_back()
    {
        await Newsletter.JoinAsync("ada@example.org");
        var issue = await WriteAsync(Draft("Begun", "Words"));
        await Issues.ScheduleAsync(issue, "Ada", Newsletter.Site.Clock.GetUtcNow().AddHours(1), Stop);
        var approved = (await Drafts.FindAsync(issue, Stop))!;

        var refused = await Drafts.SaveAsync(issue, approved.Draft with { Introduction = "Other" }, approved, Ada, Stop);
        var back = await Issues.UnscheduleAsync(issue, "Grace", Stop);
        var saved = await Drafts.SaveAsync(issue, approved.Draft with { Introduction = "Other" }, approved, Ada, Stop);
        Newsletter.Site.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal((false, true, true), (refused.IsSaved, back.IsDone, saved.IsSaved));
        Assert.Empty(await SendAsync());
        Assert.Equal(IssueState.Draft, (await ViewOfAsync(issue)).State);
        Assert.Equal(IssueAuditAction.Unscheduled, (await Issues.ListAuditEntriesAsync(issue, Stop))[0].Act);
    }

    [Fact]
    public async Task Approval_holds_for_the_version_that_was_looked_at()
    {
        await Newsletter.JoinAsync("ada@example.org");
        var issue = await WriteAsync(Draft("Begun", "Words"));
        var seen = (await Issues.PreviewAsync(issue, Stop)).Mail!.Hash;
        var begun = (await Drafts.FindAsync(issue, Stop))!;
        await Drafts.SaveAsync(issue, begun.Draft with { Introduction = "Other words" }, begun, Grace, Stop);

        var answer = await Issues.ScheduleAsync(issue, "Ada", seen, cancellationToken: Stop);

        Assert.Contains("has changed since you looked at it", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_begins_an_issue_twice_and_writes_nothing_has_begun_one()
    {
        var (first, again) = (await Drafts.StartAsync(Ada, Stop), await Drafts.StartAsync(Ada, Stop));
        var hers = await Drafts.StartAsync(Grace, Stop);

        Assert.Equal(("issue-2026-11-30", first, "issue-2026-11-30-2"), (first.ToString(), again, hers.ToString()));
    }

    [Fact]
    public async Task A_draft_is_deleted_as_it_was_looked_at_and_only_before_it_was_scheduled()
    {
        await Newsletter.JoinAsync("ada@example.org");
        var (one, two) = (await WriteAsync(Draft("One", "Words")), await WriteAsync(Draft("Two", "Words")));
        await Issues.ScheduleAsync(two, "Ada", Newsletter.Site.Clock.GetUtcNow().AddHours(1), Stop);
        await Issues.UnscheduleAsync(two, "Ada", Stop);

        var (first, second) = ((await Drafts.FindAsync(one, Stop))!, (await Drafts.FindAsync(two, Stop))!);

        Assert.False(await Drafts.DeleteAsync(first with { Version = 1 }, Editor, Stop));
        Assert.False(await Drafts.DeleteAsync(second, Editor, Stop));
        Assert.True(await Drafts.DeleteAsync(first, Editor, Stop));
        Assert.Null(await Drafts.FindAsync(one, Stop));
    }

    [Fact]
    public async Task Another_draft_that_got_the_address_of_a_deleted_one_is_not_deleted_in_its_place()
    {
        var issue = await WriteAsync(Draft("One", "Words"));
        var seen = (await Drafts.FindAsync(issue, Stop))!;
        await Drafts.DeleteAsync(seen, Editor, Stop);
        Assert.Equal(issue, await WriteAsync(Draft("Another", "Other words")));
        Assert.Equal(seen.Version, (await Drafts.FindAsync(issue, Stop))!.Version);

        Assert.False(await Drafts.DeleteAsync(seen, Editor, Stop));

        Assert.Equal("Other words", (await Drafts.FindAsync(issue, Stop))!.Draft.Introduction);
    }

    [Fact]
    public async Task Words_that_are_kept_become_a_new_draft_and_not_an_empty_one_that_is_open_in_another_tab()
    {
        var empty = await Drafts.StartAsync(Ada, Stop);

        var kept = await Drafts.StartWithAsync(Draft("Kept", "Words"), Ada, Stop);

        Assert.NotEqual(empty, kept);
        Assert.Equal(Draft("Kept", "Words"), (await Drafts.FindAsync(kept, Stop))!.Draft);
        Assert.Equal(empty, await Drafts.StartAsync(Ada, Stop));
    }

    [Fact]
    public async Task Of_many_drafts_that_are_begun_at_once_each_gets_an_address()
    {
        var drafts = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => Task.Run(
            () => Drafts.StartWithAsync(Draft($"Draft {number}", "Words"), Ada, Stop), Stop)));

        Assert.Equal(12, drafts.Distinct().Count());
    }

    [Fact]
    public async Task The_audit_of_issues_keeps_who_deleted_which_draft_and_when()
    {
        var issue = await WriteAsync(Draft("Calmer arms", "Words"));
        Assert.True(await Drafts.DeleteAsync((await Drafts.FindAsync(issue, Stop))!, Editor, Stop));

        async Task<IReadOnlyList<AuditLine>> ListAsync(AuditKind kind) =>
            (await Newsletter.Site.Get<AuditReader>().ListAsync(new AuditFilter { Kind = kind }, ModeratorRole.Editor, cancellationToken: Stop)).Lines;
        var line = Assert.Single(await ListAsync(AuditKind.Issues));

        Assert.Equal(("Ada", "Deleted a draft of an issue", "Calmer arms", (string?)null), (line.By, line.What, line.Subject, line.SubjectAddress));
        Assert.Equal(Newsletter.Site.Clock.GetUtcNow(), line.Position.At);
        Assert.Empty(await ListAsync(AuditKind.People));
    }

    [Fact]
    public async Task What_was_begun_in_a_deleted_draft_is_not_saved_into_another_one_at_its_address()
    {
        var issue = await WriteAsync(Draft("One", "Words"));
        var begun = (await Drafts.FindAsync(issue, Stop))!;
        Assert.True(await Drafts.DeleteAsync((await Drafts.FindAsync(issue, Stop))!, Editor, Stop));
        Assert.Equal(issue, await WriteAsync(Draft("Another", "Other words")));

        var (isSaved, now) = await Drafts.SaveAsync(issue, begun.Draft with { Introduction = "Late words" }, begun, Grace, Stop);

        Assert.Equal((false, null), (isSaved, now));
        Assert.Equal("Other words", (await Drafts.FindAsync(issue, Stop))!.Draft.Introduction);
    }
}

public sealed class IssueDraftServiceTestsOnSqlite() : IssueDraftServiceTests(DatabaseKind.Sqlite);

public sealed class IssueDraftServiceTestsOnPostgres() : IssueDraftServiceTests(DatabaseKind.Postgres);
