using ArmTwitch.Articles;
using ArmTwitch.Data;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Auditing;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.Drafting;
using ArmTwitch.Newsletter.Issues;
using ArmTwitch.Tests.Newsletter.Issues;

namespace ArmTwitch.Tests.Newsletter.Drafting;

public abstract class IssueDraftServiceTests(DatabaseKind database) : IssueTestBase(database)
{
    private static readonly Guid Ada = Guid.NewGuid(), Grace = Guid.NewGuid();

    private static readonly CurrentModerator Editor = new(Ada, "Ada", "ada@example.org", ModeratorRole.Editor);

    private IssueDraftService Drafts => Newsletter.Site.Get<IssueDraftService>();

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

    [Theory]
    [InlineData("", "Words", "", "no subject")]
    [InlineData("x", "", "", "is empty")]
    [InlineData("x", "Words", "To read\tgone", "\"gone\" is not there any more")]
    [InlineData("x", "One.\n\n[out](https://example.org)", "", "line 3: The link \"https://example.org\" leaves the site.")]
    [InlineData("x", "[in](/articles/nothing)", "", "\"/articles/nothing\" leads nowhere")]
    [InlineData("x", "![a picture](/favicon.ico)", "", "Pictures are not sent")]
    [InlineData("x", ":::myth A claim\nWords\n:::", "", "Boxes such as \":::myth\" are not sent. Put it in an article and link to that.")]
    [InlineData("x", "One.\n\n:::warning\nWords\n:::", "", "line 3: Boxes such as \":::warning\" are not sent. Put it in an article and link to that.")]
    [InlineData("x", "One<br>two", "", "line 1: \"<br>\" is HTML, which is not read: readers would see it as it is typed. Begin a new paragraph")]
    [InlineData("x", "One\ntwo *<u>team</u>*", "", "line 2: \"<u>\" is HTML")]
    [InlineData("x", "1\\. Read <b>this</b>", "", "\"<b>\" is HTML")]
    [InlineData("x", "Write `that` and <b>this</b>", "", "\"<b>\" is HTML")]
    [InlineData("x", "[Read <b>this</b>](/articles/one)", "", "\"<b>\" is HTML")]
    [InlineData("x", "An <img src=\"/x.png\">", "", "Pictures are not sent.")]
    [InlineData("x", "Our ~~old~~ new way", "", "\"~~old~~\" is not struck out")]
    [InlineData("x", "Words\n\n| a | b |\n| - | - |\n| c | d |", "", "line 3: Tables are not sent")]
    [InlineData("x", "One\n\n[z](articles/foo)", "", "line 3: The link \"articles/foo\" lacks the slash at its beginning. Write \"/articles/foo\".")]
    [InlineData("An <b>x</b>", "Words", "", "The subject line: \"<b>\" is HTML")]
    [InlineData("x", "Words", "To read\tone\tA <b>note</b>", "The note on \"")]
    [InlineData("x", "Words", "To read\tone\tRead this **first**", "\"**first**\" is not bold or slanted here")]
    [InlineData("x", "Words", "To read\tone\tA [link](/articles/one)", "\"[link](/articles/one)\" is no link here")]
    [InlineData("Rest &amp; sleep", "Words", "", "\"&amp;\" is no character here: readers would see it as it is typed. Take it out")]
    [InlineData("x", "- [ ] rest", "", "line 1: \"[ ]\" is no box to tick")]
    [InlineData("x", "[in](/articles/nothing)\n\nOne<br>two\n\n:::nothing\n:::", "", "line 1: the link \"/articles/nothing\"")]
    public async Task A_draft_with_a_fault_is_shown_and_not_sent(string subject, string words, string articles, string fault)
    {
        await Newsletter.JoinAsync("ada@example.org");
        var issue = await WriteAsync(Draft(subject, words, articles));

        var (mail, trouble) = await Issues.PreviewAsync(issue, Stop);
        var answer = await Issues.ScheduleAsync(issue, "Ada", cancellationToken: Stop);

        Assert.NotNull(mail);
        Assert.Contains(fault, trouble, StringComparison.Ordinal);
        Assert.Equal(trouble, answer.Error);
    }

    [Fact]
    public async Task A_line_of_dashes_at_the_top_hides_nothing()
    {
        var issue = await WriteAsync(Draft("x", "---\nwords: all of them\n---\n\nMore."));

        Assert.Contains("words: all of them", (await Issues.PreviewAsync(issue, Stop)).Mail!.Html, StringComparison.Ordinal);
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

    [Theory]
    [InlineData("Words", "New\tlater")]
    [InlineData("See [it](/articles/later#about).", "")]
    public async Task An_article_that_appears_later_goes_out_on_its_day_and_not_before(string words, string articles)
    {
        await Newsletter.JoinAsync("ada@example.org");
        Content.WriteArticle("later", title: "A later one", published: "2026-12-08");
        Reload();
        var issue = await WriteAsync(Draft("x", words, articles));
        var day = new DateTimeOffset(2026, 12, 8, 0, 0, 0, TimeSpan.Zero);
        Assert.Null((await Issues.PreviewAsync(issue, Stop)).Trouble);

        var now = await Issues.ScheduleAsync(issue, "Ada", cancellationToken: Stop);
        var before = await Issues.ScheduleAsync(issue, "Ada", day.AddMinutes(-1), Stop);
        var then = await Issues.ScheduleAsync(issue, "Ada", day.AddHours(6), Stop);
        Newsletter.Site.Clock.SetUtcNow(day.AddHours(6));
        Reload();
        var mail = Assert.Single(await SendAsync());

        Assert.All([now.Error, before.Error], error => Assert.Contains(
            "appears 8 Dec 2026. Schedule the issue for that day (in UTC) or later", error, StringComparison.Ordinal));
        Assert.Null(then.Error);
        Assert.Contains("/articles/later", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_article_that_is_taken_back_to_a_draft_meanwhile_holds_its_issue_up_with_the_reason()
    {
        await Newsletter.JoinAsync("ada@example.org");
        Content.WriteArticle("later", title: "A later one", published: "2026-12-08");
        Reload();
        var issue = await WriteAsync(Draft("x", "See [it](/articles/later)."));
        var day = new DateTimeOffset(2026, 12, 8, 6, 0, 0, TimeSpan.Zero);
        await Issues.ScheduleAsync(issue, "Ada", day, Stop);
        Content.WriteArticle("later", title: "A later one", frontMatter: "draft: true", published: "2026-12-08");
        Newsletter.Site.Clock.SetUtcNow(day);
        Reload();
        await AdvanceAsync();

        var view = await ViewOfAsync(issue);

        Assert.Equal(IssueState.PrepareFailed, view.State);
        Assert.Contains("leads to \"A later one\", which is a draft. Mend it, or take the link out.", view.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_readers_shall_see_as_it_is_typed_is_no_fault()
    {
        var issue = await WriteAsync(Draft("a < b", "Write `<br>` or \\<br>, if a < b.\n\n## A heading\n\n- one\n- two ~ three"));

        Assert.Equal((true, null), await Issues.PreviewAsync(issue, Stop) is { } seen ? (seen.Mail is not null, seen.Trouble) : default);
    }

    private static IssueDraft Draft(string subject, string introduction, string articles = "") =>
        new(subject, "A tip.", introduction, articles);

    private async Task<Slug> WriteAsync(IssueDraft draft)
    {
        var slug = await Drafts.StartAsync(Ada, Stop);
        Assert.True((await Drafts.SaveAsync(slug, draft, (await Drafts.FindAsync(slug, Stop))!, Ada, Stop)).IsSaved);
        return slug;
    }
}

public sealed class IssueDraftServiceTestsOnSqlite() : IssueDraftServiceTests(DatabaseKind.Sqlite);

public sealed class IssueDraftServiceTestsOnPostgres() : IssueDraftServiceTests(DatabaseKind.Postgres);
