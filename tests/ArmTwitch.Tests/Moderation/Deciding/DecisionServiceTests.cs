using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Pages.Store;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Moderation.Deciding;

public abstract class DecisionServiceTests(DatabaseKind database) : ModerationTestBase(database)
{
    /// <summary>
    /// The state of DESIGN 4, whether it waits, and what each decision makes of it. A dash: it is refused and nothing changes.
    /// </summary>
    public static TheoryData<CommentStatus, bool, string, string, string, string, string> Transitions => new()
    {
        { CommentStatus.Pending, true, "Approved", "ApprovedRedacted", "Rejected", "Spam", "- NotAllowed" },
        { CommentStatus.Approved, false, "- AlreadyDecided", "- AlreadyDecided", "- AlreadyDecided", "- AlreadyDecided", "Removed" },
        { CommentStatus.ApprovedRedacted, false, "- AlreadyDecided", "- AlreadyDecided", "- AlreadyDecided", "- AlreadyDecided",
            "Removed" },
        { CommentStatus.Approved, true, "Approved", "ApprovedRedacted", "Approved", "Approved", "Removed" },
        { CommentStatus.ApprovedRedacted, true, "Approved", "ApprovedRedacted", "ApprovedRedacted", "ApprovedRedacted", "Removed" },
        { CommentStatus.Rejected, false, "- AlreadyDecided", "- AlreadyDecided", "- AlreadyDecided", "- AlreadyDecided", "- NotAllowed" },
        { CommentStatus.Spam, false, "- AlreadyDecided", "- AlreadyDecided", "- AlreadyDecided", "- AlreadyDecided", "- NotAllowed" },
        { CommentStatus.Removed, false, "- AlreadyDecided", "- AlreadyDecided", "- AlreadyDecided", "- AlreadyDecided",
            "- AlreadyDecided" },
        { CommentStatus.Withdrawn, false, "- AlreadyDecided", "- AlreadyDecided", "- AlreadyDecided", "- AlreadyDecided",
            "- AlreadyDecided" },
        { CommentStatus.Erased, false, "- AlreadyDecided", "- AlreadyDecided", "- AlreadyDecided", "- AlreadyDecided", "- AlreadyDecided" },
    };

    [Theory]
    [MemberData(nameof(Transitions))]
    public async Task A_decision_leads_where_the_contract_says(
        CommentStatus before, bool isWaiting, string approve, string redact, string reject, string spam, string remove)
    {
        var all = new (Decision Decision, string Expected)[]
        {
            (Decision.Approve, approve),
            (Decision.ApproveRedacted(new Redaction(0, 4, RemovedKind.Name)), redact),
            (Decision.Reject(RefusalReason.OffTopic), reject),
            (Decision.Spam, spam),
            (Decision.Remove, remove),
        };
        foreach (var (decision, expected) in all)
        {
            var comment = await Site.WriteAsync(
                "New words.", status: before, isWaiting: isWaiting, shownText: before.IsPublished() ? "Old words." : null);

            var result = await DecideAsync(comment, decision);

            var after = await Site.ReadAsync(comment.Id);
            Assert.Equal(expected, result.Outcome is DecisionOutcome.Done ? after.Status.ToString() : $"- {result.Outcome}");
            var isDone = result.Outcome is DecisionOutcome.Done;
            Assert.Equal(isDone ? 1 : 0, (await Site.HistoryAsync(comment.Id)).Count);
            Assert.Equal(isWaiting && !isDone, after.IsWaiting);
            if (!isDone)
                Assert.Equal(before, after.Status);
        }
    }

    [Fact]
    public async Task An_approval_shows_the_text_and_records_who_when_and_the_rules()
    {
        var comment = await Site.WriteAsync(rules: ["links", "shouting"]);
        Site.Clock.Advance(TimeSpan.FromMinutes(5));

        await DecideAsync(comment, Decision.Approve);

        var after = await Site.ReadAsync(comment.Id);
        Assert.Equal(comment.Text, after.ShownText);
        Assert.Equal(Site.Clock.GetUtcNow(), after.ShownAt);
        var entry = Assert.Single(await Site.HistoryAsync(comment.Id));
        Assert.Equal((DecisionKind.Approve, Ada.Id, "Ada", 1), (entry.Kind, entry.ModeratorId, entry.By, entry.Revision));
        Assert.Equal((CommentStatus.Pending, CommentStatus.Approved), (entry.Before, entry.After));
        Assert.Equal("links@1 shouting@1", entry.Flags);
        Assert.Equal(300, entry.WaitedSeconds);
    }

    [Fact]
    public async Task Readers_see_an_approved_text_without_its_markup()
    {
        var comment = await Site.WriteAsync("It was <a 200, <b>really</b>.");

        await DecideAsync(comment, Decision.Approve);

        Assert.Equal(
            ("It was <a 200, really.", comment.Text),
            ((await Site.ReadAsync(comment.Id)).ShownText, (await Site.ReadAsync(comment.Id)).Text));
    }

    [Fact]
    public async Task The_first_of_two_moderators_wins_and_the_second_is_told_by_whom()
    {
        var comment = await Site.WriteAsync();

        await DecideAsync(comment, Decision.Approve);
        var second = await DecideAsync(comment, Decision.Spam, Ben);

        Assert.Equal(new DecisionResult(DecisionOutcome.AlreadyDecided, "Ada"), second);
    }

    [Fact]
    public async Task Of_many_moderators_deciding_at_once_exactly_one_decides()
    {
        for (var round = 0; round < 10; round++)
        {
            var comment = await Site.WriteAsync(email: "reader@example.org");
            using var start = new Barrier(8);
            var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait(Cancel);
                    return DecideAsync(comment, number % 2 is 0 ? Decision.Approve : Decision.Reject(RefusalReason.Abuse), number % 2 is 0 ? Ada : Ben);
                },
                Cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));

            Assert.Single(results, result => result.Outcome is DecisionOutcome.Done);
            Assert.Equal(7, results.Count(result => result.Outcome is DecisionOutcome.AlreadyDecided));
            var entry = Assert.Single(await Site.HistoryAsync(comment.Id));
            Assert.Equal(entry.After, (await Site.ReadAsync(comment.Id)).Status);
            Assert.Single(await Site.MailsAsync(), mail => mail.Cause.Contains($"{comment.Id}", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_text_that_the_moderator_has_not_seen_is_not_decided_on()
    {
        var comment = await Site.WriteAsync();
        await Site.EditAsync(comment.Id, "Buy now!");

        Assert.Equal(
            DecisionOutcome.TextChanged, (await DecideAsync(comment, Decision.Approve)).Outcome);
        Assert.Null((await Site.ReadAsync(comment.Id)).ShownText);
    }

    [Fact]
    public async Task Removal_and_spam_hold_however_fast_the_author_changes_the_text()
    {
        var published = await Site.WriteAsync("First.");
        await DecideAsync(published, Decision.Approve);
        var waiting = await Site.WriteAsync("First.");
        foreach (var id in (Guid[])[published.Id, waiting.Id])
        {
            await Site.EditAsync(id, "Second.");
            await Site.EditAsync(id, "Third.");
        }

        Assert.Equal(DecisionOutcome.Done, (await DecideAsync(published, Decision.Remove)).Outcome);
        Assert.Equal(DecisionOutcome.Done, (await DecideAsync(waiting, Decision.Spam)).Outcome);

        Assert.Equal(
            (CommentStatus.Removed, false), ((await Site.ReadAsync(published.Id)).Status, (await Site.ReadAsync(published.Id)).IsWaiting));
        Assert.Equal(
            (CommentStatus.Spam, 3), ((await Site.ReadAsync(waiting.Id)).Status, (await Site.HistoryAsync(waiting.Id))[^1].Revision));
    }

    [Fact]
    public async Task A_new_version_replaces_the_old_one_only_when_it_is_approved()
    {
        var comment = await Site.WriteAsync("First.", email: "reader@example.org");
        await DecideAsync(comment, Decision.Approve);
        var shownAt = (await Site.ReadAsync(comment.Id)).ShownAt;
        Site.Clock.Advance(TimeSpan.FromHours(1));

        await Site.EditAsync(comment.Id, "Second.");
        await DecideAsync(comment, Decision.Reject(RefusalReason.Advertising), Ada, 2);
        var refused = await Site.ReadAsync(comment.Id);
        await Site.EditAsync(comment.Id, "Third.");
        await DecideAsync(comment, Decision.Approve, Ada, 3);
        var approved = await Site.ReadAsync(comment.Id);

        Assert.Equal(
            (CommentStatus.Approved, "First.", "It promotes a product, a service or a site."),
            (refused.Status, refused.ShownText, refused.Reason));
        Assert.Equal((CommentStatus.Approved, "Third.", null), (approved.Status, approved.ShownText, approved.Reason));
        Assert.Equal(shownAt, approved.ShownAt);
        Assert.Collection(
            await Site.MailsAsync(),
            mail => Assert.Equal($"comment {comment.Id} revision 1", mail.Cause),
            mail => Assert.Contains("What you wrote before stays published", mail.Text, StringComparison.Ordinal),
            mail => Assert.Equal($"comment {comment.Id} revision 3", mail.Cause));
    }

    [Theory]
    [InlineData(CommentStatus.Pending, CommentStatus.Rejected)]
    [InlineData(CommentStatus.Approved, CommentStatus.Removed)]
    public async Task A_reported_comment_goes_when_refused_and_is_not_mailed_again_when_approved(
        CommentStatus reported, CommentStatus refused)
    {
        var comment = await Site.WriteAsync(email: "reader@example.org");
        await DecideAsync(comment, Decision.Approve);

        await Site.ReportAsync(comment.Id, reported);
        await DecideAsync(comment, Decision.Approve, Ben);
        Assert.Equal(CommentStatus.Approved, (await Site.ReadAsync(comment.Id)).Status);
        Assert.Single(await Site.MailsAsync());

        await Site.ReportAsync(comment.Id, reported);
        await DecideAsync(comment, Decision.Reject(RefusalReason.Abuse), Ben);
        Assert.Equal(refused, (await Site.ReadAsync(comment.Id)).Status);
        Assert.Equal(2, (await Site.MailsAsync()).Count);
    }

    [Fact]
    public async Task Another_reason_needs_words_and_they_reach_the_author()
    {
        var comment = await Site.WriteAsync(email: "reader@example.org");

        Assert.Equal(
            DecisionOutcome.NotAllowed,
            (await DecideAsync(comment, Decision.Reject(RefusalReason.Other, "  "))).Outcome);
        Assert.Equal(DecisionOutcome.Done, (await DecideAsync(comment, Decision.Reject(RefusalReason.Other, "You sent it twice."))).Outcome);

        Assert.Equal("You sent it twice.", (await Site.ReadAsync(comment.Id)).Reason);
        Assert.Contains("You sent it twice.", Assert.Single(await Site.MailsAsync()).Text, StringComparison.Ordinal);
        Assert.Equal("Other", Assert.Single(await Site.HistoryAsync(comment.Id)).Code);
    }

    [Fact]
    public async Task An_appeal_is_decided_by_another_moderator()
    {
        var comment = await Site.WriteAsync(email: "reader@example.org");
        await DecideAsync(comment, Decision.Reject(RefusalReason.OffTopic));
        await Site.AppealAsync(comment.Id);

        Assert.Equal(
            DecisionOutcome.NotAllowed,
            (await DecideAsync(comment, Decision.Reject(RefusalReason.OffTopic))).Outcome);
        Assert.Equal(DecisionOutcome.Done, (await DecideAsync(comment, Decision.Approve, Ben)).Outcome);

        var mails = await Site.MailsAsync();
        Assert.Equal([$"comment {comment.Id} revision 1", $"comment {comment.Id} revision 1 decision 2"], mails.Select(mail => mail.Cause));
    }

    [Fact]
    public async Task A_moderator_who_is_alone_decides_the_appeal_too()
    {
        var comment = await Site.WriteAsync();
        await DecideAsync(comment, Decision.Reject(RefusalReason.OffTopic));
        await Site.AppealAsync(comment.Id);
        await using var db = await Site.OpenAsync();
        await db.Users.Where(moderator => moderator.Id == Ben.Id).ExecuteDeleteAsync(Cancel);

        Assert.Equal(DecisionOutcome.Done, (await DecideAsync(comment, Decision.Approve)).Outcome);
    }

    [Fact]
    public async Task Only_a_change_that_readers_see_drops_their_pages()
    {
        var store = Site.Get<PageStore>();
        var comment = await Site.WriteAsync();
        var told = new List<Guid>();
        Site.Get<CommentChangeNotifier>().Changed += told.Add;

        var before = store.Drops;
        await DecideAsync((await Site.WriteAsync()), Decision.Reject(RefusalReason.Abuse));
        var afterRefusal = store.Drops;
        await DecideAsync(comment, Decision.Approve);

        Assert.Equal(before, afterRefusal);
        Assert.Equal(before + 1, store.Drops);
        Assert.Equal(comment.Id, told[1]);
    }

    [Fact]
    public async Task A_decision_on_a_comment_that_does_not_exist_says_so() =>
        Assert.Equal(
            DecisionOutcome.NoSuchComment,
            (await Site.Decisions.DecideAsync(Guid.NewGuid(), 1, Decision.Approve, Ada, Cancel)).Outcome);
}

public sealed class DecisionServiceTestsOnSqlite() : DecisionServiceTests(DatabaseKind.Sqlite);

public sealed class DecisionServiceTestsOnPostgres() : DecisionServiceTests(DatabaseKind.Postgres);
