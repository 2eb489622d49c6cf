using ArmTwitch.Articles;
using ArmTwitch.Comments;
using ArmTwitch.Comments.Flags;
using ArmTwitch.Comments.Published;
using ArmTwitch.Data;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Messages;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Pages.Store;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Moderation.Deciding;

public abstract class DecisionServiceTests(DatabaseKind database) : IAsyncLifetime
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
            var comment = await desk.WriteAsync(
                "New words.", status: before, isWaiting: isWaiting, shownText: before.IsPublished() ? "Old words." : null);

            var result = await desk.Decisions.DecideAsync(comment.Id, 1, decision, ada, Cancellation);

            var after = await desk.ReadAsync(comment.Id);
            Assert.Equal(expected, result.Outcome is DecisionOutcome.Done ? after.Status.ToString() : $"- {result.Outcome}");
            var isDone = result.Outcome is DecisionOutcome.Done;
            Assert.Equal(isDone ? 1 : 0, (await desk.HistoryAsync(comment.Id)).Count);
            Assert.Equal(isWaiting && !isDone, after.IsWaiting);
            if (!isDone)
                Assert.Equal(before, after.Status);
        }
    }

    [Fact]
    public async Task Approving_shows_the_text_and_records_who_when_and_what_the_rules_said()
    {
        var comment = await desk.WriteAsync(rules: ["links", "shouting"]);
        desk.Site.Clock.Advance(TimeSpan.FromMinutes(5));

        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ada, Cancellation);

        var after = await desk.ReadAsync(comment.Id);
        Assert.Equal(comment.Text, after.ShownText);
        Assert.Equal(desk.Site.Clock.GetUtcNow(), after.ShownAt);
        var entry = Assert.Single(await desk.HistoryAsync(comment.Id));
        Assert.Equal((DecisionKind.Approve, ada.Id, "Ada", 1), (entry.Kind, entry.ModeratorId, entry.By, entry.Revision));
        Assert.Equal((CommentStatus.Pending, CommentStatus.Approved), (entry.Before, entry.After));
        Assert.Equal("links@1 shouting@1", entry.Flags);
        Assert.Equal(300, entry.WaitedSeconds);
    }

    [Fact]
    public async Task Readers_see_an_approved_text_without_its_markup()
    {
        var comment = await desk.WriteAsync("It was <a 200, <b>really</b>.");

        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ada, Cancellation);

        Assert.Equal(
            ("It was <a 200, really.", comment.Text),
            ((await desk.ReadAsync(comment.Id)).ShownText, (await desk.ReadAsync(comment.Id)).Text));
    }

    [Fact]
    public async Task The_first_of_two_moderators_wins_and_the_second_is_told_by_whom()
    {
        var comment = await desk.WriteAsync();

        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ada, Cancellation);
        var second = await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Spam, ben, Cancellation);

        Assert.Equal(new DecisionResult(DecisionOutcome.AlreadyDecided, "Ada"), second);
    }

    [Fact]
    public async Task Of_many_moderators_deciding_at_once_exactly_one_decides()
    {
        for (var round = 0; round < 10; round++)
        {
            var comment = await desk.WriteAsync(email: "reader@example.org");
            using var start = new Barrier(8);
            var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait(Cancellation);
                    return desk.Decisions.DecideAsync(
                        comment.Id, 1, number % 2 is 0 ? Decision.Approve : Decision.Reject(RefusalReason.Abuse),
                        number % 2 is 0 ? ada : ben, Cancellation);
                },
                Cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));

            Assert.Single(results, result => result.Outcome is DecisionOutcome.Done);
            Assert.Equal(7, results.Count(result => result.Outcome is DecisionOutcome.AlreadyDecided));
            var entry = Assert.Single(await desk.HistoryAsync(comment.Id));
            Assert.Equal(entry.After, (await desk.ReadAsync(comment.Id)).Status);
            Assert.Single(await desk.MailsAsync(), mail => mail.Cause.Contains($"{comment.Id}", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_text_that_changed_under_the_moderators_eyes_is_not_decided()
    {
        var comment = await desk.WriteAsync();
        await desk.EditAsync(comment.Id, "Buy now!");

        Assert.Equal(
            DecisionOutcome.TextChanged, (await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ada, Cancellation)).Outcome);
        Assert.Null((await desk.ReadAsync(comment.Id)).ShownText);
    }

    [Fact]
    public async Task Removal_and_spam_hold_however_fast_the_writer_changes_the_text()
    {
        var published = await desk.WriteAsync("First.");
        await desk.Decisions.DecideAsync(published.Id, 1, Decision.Approve, ada, Cancellation);
        var waiting = await desk.WriteAsync("First.");
        foreach (var id in (Guid[])[published.Id, waiting.Id])
        {
            await desk.EditAsync(id, "Second.");
            await desk.EditAsync(id, "Third.");
        }

        Assert.Equal(DecisionOutcome.Done, (await desk.Decisions.DecideAsync(published.Id, 1, Decision.Remove, ada, Cancellation)).Outcome);
        Assert.Equal(DecisionOutcome.Done, (await desk.Decisions.DecideAsync(waiting.Id, 1, Decision.Spam, ada, Cancellation)).Outcome);

        Assert.Equal(
            (CommentStatus.Removed, false), ((await desk.ReadAsync(published.Id)).Status, (await desk.ReadAsync(published.Id)).IsWaiting));
        Assert.Equal(
            (CommentStatus.Spam, 3), ((await desk.ReadAsync(waiting.Id)).Status, (await desk.HistoryAsync(waiting.Id))[^1].Revision));
    }

    [Fact]
    public async Task A_removal_that_is_undone_gives_back_the_version_that_waited()
    {
        var comment = await desk.WriteAsync("First.");
        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ada, Cancellation);
        desk.Site.Clock.Advance(TimeSpan.FromMinutes(1));
        await desk.EditAsync(comment.Id, "Second.");
        var before = await desk.ReadAsync(comment.Id);

        var removal = await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Remove, ada, Cancellation);
        await desk.Decisions.UndoAsync(removal.DecisionId!.Value, ada, Cancellation);

        Assert.Equivalent(before, await desk.ReadAsync(comment.Id));
    }

    [Fact]
    public async Task A_new_version_replaces_the_old_one_only_when_it_is_approved()
    {
        var comment = await desk.WriteAsync("First.", email: "reader@example.org");
        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ada, Cancellation);
        var shownAt = (await desk.ReadAsync(comment.Id)).ShownAt;
        desk.Site.Clock.Advance(TimeSpan.FromHours(1));

        await desk.EditAsync(comment.Id, "Second.");
        await desk.Decisions.DecideAsync(comment.Id, 2, Decision.Reject(RefusalReason.Advertising), ada, Cancellation);
        var refused = await desk.ReadAsync(comment.Id);
        await desk.EditAsync(comment.Id, "Third.");
        await desk.Decisions.DecideAsync(comment.Id, 3, Decision.Approve, ada, Cancellation);
        var approved = await desk.ReadAsync(comment.Id);

        Assert.Equal(
            (CommentStatus.Approved, "First.", "It promotes a product, a service or a site."),
            (refused.Status, refused.ShownText, refused.Reason));
        Assert.Equal((CommentStatus.Approved, "Third.", null), (approved.Status, approved.ShownText, approved.Reason));
        Assert.Equal(shownAt, approved.ShownAt);
        Assert.Collection(
            await desk.MailsAsync(),
            mail => Assert.Equal($"comment {comment.Id} revision 1", mail.Cause),
            mail => Assert.Contains("What you wrote before stays published", mail.Text, StringComparison.Ordinal),
            mail => Assert.Equal($"comment {comment.Id} revision 3", mail.Cause));
    }

    [Theory]
    [InlineData(CommentStatus.Pending, CommentStatus.Rejected)]
    [InlineData(CommentStatus.Approved, CommentStatus.Removed)]
    public async Task What_readers_report_goes_when_it_is_refused_and_comes_back_without_a_second_mail_when_approved(
        CommentStatus reported, CommentStatus refused)
    {
        var comment = await desk.WriteAsync(email: "reader@example.org");
        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ada, Cancellation);

        await desk.ReportAsync(comment.Id, reported);
        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ben, Cancellation);
        Assert.Equal(CommentStatus.Approved, (await desk.ReadAsync(comment.Id)).Status);
        Assert.Single(await desk.MailsAsync());

        await desk.ReportAsync(comment.Id, reported);
        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Reject(RefusalReason.Abuse), ben, Cancellation);
        Assert.Equal(refused, (await desk.ReadAsync(comment.Id)).Status);
        Assert.Equal(2, (await desk.MailsAsync()).Count);
    }

    [Fact]
    public async Task A_redaction_marks_its_place_or_leaves_nothing_and_names_its_kinds()
    {
        const string text = "Call me on 07700 900123, I take 300 mg. 👍 Bye";
        var comment = await desk.WriteAsync(text);

        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.ApproveRedacted(
            new Redaction(text.IndexOf("300", StringComparison.Ordinal), 6, RemovedKind.Dose, IsMarked: false),
            new Redaction(text.IndexOf("07700", StringComparison.Ordinal), 12, RemovedKind.PhoneNumber),
            new Redaction(text.IndexOf("👍", StringComparison.Ordinal) + 1, 1, RemovedKind.Name)), ada, Cancellation);

        var after = await desk.ReadAsync(comment.Id);
        Assert.Equal("Call me on [removed: phone number], I take . [removed: name] Bye", after.ShownText);
        Assert.Equal("dose, name, phone number", after.Removed);
        Assert.Equal(text, after.Text);
        Assert.Equal("dose, name, phone number", Assert.Single(await desk.HistoryAsync(comment.Id)).Code);
    }

    public static TheoryData<int, int> Outside => new() { { -1, 2 }, { 0, 0 }, { 5, 100 }, { 3, int.MaxValue } };

    [Theory]
    [MemberData(nameof(Outside))]
    public async Task A_redaction_outside_the_text_is_refused(int start, int length)
    {
        var comment = await desk.WriteAsync("Short text.");

        var result = await desk.Decisions.DecideAsync(
            comment.Id, 1, Decision.ApproveRedacted(new Redaction(start, length, RemovedKind.Name)), ada, Cancellation);

        Assert.Equal(DecisionOutcome.NotAllowed, result.Outcome);
        Assert.True((await desk.ReadAsync(comment.Id)).IsWaiting);
    }

    [Fact]
    public async Task A_reported_comment_keeps_its_redaction_when_it_is_approved_again()
    {
        var comment = await desk.WriteAsync("I am Ada Smith, hello.");
        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.ApproveRedacted(new Redaction(5, 9, RemovedKind.Name)), ada, Cancellation);
        await desk.ReportAsync(comment.Id, CommentStatus.Pending);

        Assert.Equal("I am [removed: name], hello.", (await desk.Waiting.FindAsync(comment.Id, Cancellation))?.DisplayText);
        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ben, Cancellation);

        var after = await desk.ReadAsync(comment.Id);
        Assert.Equal(
            (CommentStatus.ApprovedRedacted, "I am [removed: name], hello.", "name"), (after.Status, after.ShownText, after.Removed));
    }

    [Fact]
    public async Task Another_reason_needs_words_and_they_reach_the_writer()
    {
        var comment = await desk.WriteAsync(email: "reader@example.org");

        Assert.Equal(
            DecisionOutcome.NotAllowed,
            (await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Reject(RefusalReason.Other, "  "), ada, Cancellation)).Outcome);
        Assert.Equal(DecisionOutcome.Done, (await desk.Decisions.DecideAsync(
            comment.Id, 1, Decision.Reject(RefusalReason.Other, "You sent it twice."), ada, Cancellation)).Outcome);

        Assert.Equal("You sent it twice.", (await desk.ReadAsync(comment.Id)).Reason);
        Assert.Contains("You sent it twice.", Assert.Single(await desk.MailsAsync()).Text, StringComparison.Ordinal);
        Assert.Equal("Other", Assert.Single(await desk.HistoryAsync(comment.Id)).Code);
    }

    [Fact]
    public async Task An_appeal_is_decided_by_another_moderator()
    {
        var comment = await desk.WriteAsync(email: "reader@example.org");
        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Reject(RefusalReason.OffTopic), ada, Cancellation);
        await desk.AppealAsync(comment.Id);

        Assert.Equal(
            DecisionOutcome.NotAllowed,
            (await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Reject(RefusalReason.OffTopic), ada, Cancellation)).Outcome);
        Assert.Equal(DecisionOutcome.Done, (await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ben, Cancellation)).Outcome);

        var mails = await desk.MailsAsync();
        Assert.Equal([$"comment {comment.Id} revision 1", $"comment {comment.Id} revision 1 decision 2"], mails.Select(mail => mail.Cause));
    }

    [Fact]
    public async Task A_moderator_who_is_alone_decides_the_appeal_too()
    {
        var comment = await desk.WriteAsync();
        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Reject(RefusalReason.OffTopic), ada, Cancellation);
        await desk.AppealAsync(comment.Id);
        await using var db = await desk.OpenAsync();
        await db.Users.Where(moderator => moderator.Id == ben.Id).ExecuteDeleteAsync(Cancellation);

        Assert.Equal(DecisionOutcome.Done, (await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ada, Cancellation)).Outcome);
    }

    [Fact]
    public async Task The_mail_of_an_approval_leads_to_the_comment_and_quotes_nothing()
    {
        var comment = await desk.WriteAsync("<b>Secret</b> words", email: "reader@example.org");

        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ada, Cancellation);

        var mail = Assert.Single(await desk.MailsAsync());
        Assert.Equal(
            ("reader@example.org", "Your comment on ArmTwitch is published", MailState.Queued), (mail.To, mail.Subject, mail.State));
        Assert.Equal(desk.Site.Get<MimeMessageFactory>().IdFor(mail.Id), mail.MessageId);
        Assert.Equal(desk.Site.Clock.GetUtcNow() + DecisionMailer.Delay, mail.DueAt);
        Assert.EndsWith("@armtwitch.test", mail.MessageId, StringComparison.Ordinal);
        Assert.All(new[] { mail.Text, mail.Html }, body =>
        {
            Assert.Contains(
                $"https://armtwitch.test/articles/arm-muscle-twitching/comments/{comment.Id:N}", body, StringComparison.Ordinal);
            Assert.DoesNotContain("Secret", body, StringComparison.Ordinal);
            Assert.DoesNotContain("Ada", body, StringComparison.Ordinal);
        });
        Assert.Matches("^https://armtwitch.test/comments/[A-Za-z0-9_-]{43}/mute$", mail.UnsubscribeAddress);
        await using var db = await desk.OpenAsync();
        var token = await db.Set<CommentToken>().SingleAsync(Cancellation);
        Assert.Equal(SecretToken.Hash(CommentToken.Purpose, mail.UnsubscribeAddress!.Split('/')[^2]), token.Hash);
        Assert.Equal(comment.Id, token.CommentId);
    }

    [Fact]
    public async Task The_mail_of_a_refusal_tells_the_reason_and_how_to_object()
    {
        var comment = await desk.WriteAsync(email: "reader@example.org");

        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Reject(RefusalReason.MedicalAdvice), ada, Cancellation);

        var mail = Assert.Single(await desk.MailsAsync());
        Assert.Contains(RefusalReason.MedicalAdvice.ForAuthor(), mail.Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("you can say so once", mail.Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Spam_and_writers_without_an_address_get_no_mail(bool isSpam)
    {
        var comment = await desk.WriteAsync(email: isSpam ? "seller@example.org" : null);

        await desk.Decisions.DecideAsync(comment.Id, 1, isSpam ? Decision.Spam : Decision.Approve, ada, Cancellation);

        Assert.Empty(await desk.MailsAsync());
    }

    public static TheoryData<int> Undoable => [.. Enumerable.Range(0, 4)];

    [Theory]
    [MemberData(nameof(Undoable))]
    public async Task An_undo_puts_everything_back_and_holds_the_mail(int number)
    {
        Decision[] decisions = [
            Decision.Approve, Decision.ApproveRedacted(new Redaction(0, 3, RemovedKind.Name)), Decision.Reject(RefusalReason.Abuse),
            Decision.Spam];
        var comment = await desk.WriteAsync("First words.", email: "reader@example.org");
        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.ApproveRedacted(new Redaction(0, 5, RemovedKind.Dose)), ada, Cancellation);
        await desk.EditAsync(comment.Id, "Second words.");
        var before = await desk.ReadAsync(comment.Id);
        desk.Site.Clock.Advance(TimeSpan.FromMinutes(1));

        var done = await desk.Decisions.DecideAsync(comment.Id, 2, decisions[number], ada, Cancellation);
        desk.Site.Clock.Advance(DecisionService.UndoWindow);
        var undone = await desk.Decisions.UndoAsync(done.DecisionId!.Value, ada, Cancellation);

        Assert.Equal(DecisionOutcome.Done, undone.Outcome);
        Assert.Equivalent(before, await desk.ReadAsync(comment.Id));
        Assert.All(
            (await desk.MailsAsync()).Where(mail => mail.Cause.EndsWith("revision 2", StringComparison.Ordinal)),
            mail => Assert.Equal(MailState.Cancelled, mail.State));
        var history = await desk.HistoryAsync(comment.Id);
        Assert.NotNull(history[1].UndoneAt);
        Assert.Equal(DecisionKind.Undo, history[2].Kind);
        Assert.Equal(
            DecisionOutcome.Done,
            (await desk.Decisions.DecideAsync(comment.Id, 2, Decision.Reject(RefusalReason.Abuse), ben, Cancellation)).Outcome);
    }

    [Fact]
    public async Task An_undo_comes_too_late_after_ten_minutes()
    {
        var comment = await desk.WriteAsync();
        var done = await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Spam, ada, Cancellation);
        desk.Site.Clock.Advance(DecisionService.UndoWindow + TimeSpan.FromSeconds(1));

        Assert.Equal(DecisionOutcome.TooLate, (await desk.Decisions.UndoAsync(done.DecisionId!.Value, ada, Cancellation)).Outcome);
    }

    [Fact]
    public async Task Only_the_moderator_who_decided_or_an_admin_undoes()
    {
        var chief = await desk.HireAsync("Chief", ModeratorRole.Admin);
        var comment = await desk.WriteAsync();
        var done = await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Spam, ada, Cancellation);

        Assert.Equal(DecisionOutcome.NotAllowed, (await desk.Decisions.UndoAsync(done.DecisionId!.Value, ben, Cancellation)).Outcome);
        Assert.Equal(DecisionOutcome.Done, (await desk.Decisions.UndoAsync(done.DecisionId!.Value, chief, Cancellation)).Outcome);
        Assert.Equal(DecisionOutcome.AlreadyDecided, (await desk.Decisions.UndoAsync(done.DecisionId!.Value, ada, Cancellation)).Outcome);
    }

    [Fact]
    public async Task Nothing_is_undone_once_the_writer_has_changed_the_text()
    {
        var comment = await desk.WriteAsync();
        var done = await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ada, Cancellation);
        await desk.EditAsync(comment.Id, "Other words.");

        Assert.Equal(DecisionOutcome.TextChanged, (await desk.Decisions.UndoAsync(done.DecisionId!.Value, ada, Cancellation)).Outcome);
    }

    [Fact]
    public async Task Of_two_undos_at_once_one_undoes()
    {
        var comment = await desk.WriteAsync();
        var done = await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ada, Cancellation);

        var results = await Task.WhenAll(Enumerable.Range(0, 6)
            .Select(_ => Task.Run(() => desk.Decisions.UndoAsync(done.DecisionId!.Value, ada, Cancellation), Cancellation)));

        Assert.Single(results, result => result.Outcome is DecisionOutcome.Done);
        Assert.Single(await desk.HistoryAsync(comment.Id), entry => entry.Kind is DecisionKind.Undo);
    }

    [Fact]
    public async Task An_editor_answers_what_is_published_and_a_moderator_does_not()
    {
        var editor = await desk.HireAsync("Edith", ModeratorRole.Editor);
        var comment = await desk.WriteAsync();
        Assert.Equal(DecisionOutcome.NotShown, (await desk.Decisions.ReplyAsync(
            new(comment.Id, 1), comment.Text, Guid.CreateVersion7(), "Thank you.", editor, Cancellation)).Outcome);
        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ada, Cancellation);

        Assert.Equal(DecisionOutcome.NotAllowed, (await desk.Decisions.ReplyAsync(
            new(comment.Id, 1), comment.Text, Guid.CreateVersion7(), "Thank you.", ada, Cancellation)).Outcome);
        Assert.Equal(
            DecisionOutcome.NotAllowed,
            (await desk.Decisions.ReplyAsync(new(comment.Id, 1), comment.Text, Guid.CreateVersion7(), "  ", editor, Cancellation)).Outcome);
        Assert.Equal(DecisionOutcome.Done, (await desk.Decisions.ReplyAsync(
            new(comment.Id, 1), comment.Text, Guid.CreateVersion7(), "Thank you.", editor, Cancellation)).Outcome);

        await using var db = await desk.OpenAsync();
        var reply = await db.Set<Comment>().SingleAsync(one => one.ParentId == comment.Id, Cancellation);
        Assert.Equal(
            (CommentStatus.Approved, "Thank you.", "Edith", "Editor", false),
            (reply.Status, reply.ShownText, reply.Author, reply.Badge, reply.IsWaiting));
        Assert.Equal("Edith", Assert.Single(await desk.HistoryAsync(reply.Id)).By);
    }

    [Fact]
    public async Task An_answer_that_is_sent_several_times_at_once_is_published_once()
    {
        var editor = await desk.HireAsync("Eve", ModeratorRole.Editor);
        var comment = await desk.WriteAsync();
        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ada, Cancellation);
        var id = Guid.CreateVersion7();

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => desk.Decisions.ReplyAsync(new(comment.Id, 1), comment.Text, id, "Thank you.", editor, Cancellation), Cancellation)));
        var later = await desk.Decisions.ReplyAsync(new(comment.Id, 1), comment.Text, id, "Thank you again.", editor, Cancellation);

        Assert.Single(results, result => result.Outcome is DecisionOutcome.Done);
        Assert.All(results.Append(later), result =>
            Assert.True(result.Outcome is DecisionOutcome.Done || result == new DecisionResult(DecisionOutcome.AlreadyDecided, "Eve")));
        var seen = Assert.Single(
            (await desk.Site.Get<PublishedComments>().ReadAsync(ModerationTestSite.Article, cancellationToken: Cancellation)).Comments);
        Assert.Equal("Thank you.", Assert.Single(seen.Answers).Text);
        Assert.Single(await desk.HistoryAsync(id));
    }

    [Theory]
    [InlineData("I want to end my life.", FlagLevel.Crisis, PublishingRiskKinds.Crisis, "it speaks of ending life")]
    [InlineData("Ring me on 07700 900123.", FlagLevel.Ordinary, PublishingRiskKinds.PersonalData, "it holds a phone number")]
    [InlineData("Write to ada@example.org or ring 07700 900123.", FlagLevel.Ordinary, PublishingRiskKinds.PersonalData, "it holds an e-mail address and a phone number")]
    [InlineData("My card is 4111 1111 1111 1111.", FlagLevel.Ordinary, PublishingRiskKinds.PersonalData, "it holds a number by which a person can be found")]
    [InlineData("I want to end my life. 07700 900123", FlagLevel.Crisis, PublishingRiskKinds.Crisis
        | PublishingRiskKinds.PersonalData, "it speaks of ending life and it holds a phone number")]
    public async Task What_speaks_against_publishing_has_to_be_named(
        string text, FlagLevel level, PublishingRiskKinds risks, string although)
    {
        var comment = await desk.WriteAsync(text, level: level);

        var first = await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ada, Cancellation);
        Assert.Equal(new DecisionResult(DecisionOutcome.NeedsConfirmation, Risk: new(risks, although)), first);
        foreach (var other in (PublishingRiskKinds[])[PublishingRiskKinds.Crisis, PublishingRiskKinds.PersonalData])
        {
            if (!other.HasFlag(risks))
                Assert.Equal(DecisionOutcome.NeedsConfirmation, (await desk.Decisions.DecideAsync(
                    comment.Id, 1, Decision.Approve.WithAcknowledgedRisk(other), ada, Cancellation)).Outcome);
        }

        Assert.Empty(await desk.HistoryAsync(comment.Id));
        Assert.Null((await desk.ReadAsync(comment.Id)).ShownText);

        Assert.Equal(
            DecisionOutcome.Done,
            (await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Approve.WithAcknowledgedRisk(risks), ada, Cancellation)).Outcome);
        Assert.StartsWith("despite", Assert.Single(await desk.HistoryAsync(comment.Id)).Code, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Personal_data_that_were_taken_out_need_no_second_act_and_a_crisis_still_does()
    {
        var phone = await desk.WriteAsync("Ring me on 07700 900123.");
        var crisis = await desk.WriteAsync("I want to end my life. 07700 900123", level: FlagLevel.Crisis);

        var first = await desk.Decisions.DecideAsync(
            phone.Id, 1, Decision.ApproveRedacted(new Redaction(11, 12, RemovedKind.PhoneNumber)), ada, Cancellation);
        var second = await desk.Decisions.DecideAsync(
            crisis.Id, 1, Decision.ApproveRedacted(new Redaction(23, 12, RemovedKind.PhoneNumber)), ada, Cancellation);

        Assert.Equal((DecisionOutcome.Done, DecisionOutcome.NeedsConfirmation), (first.Outcome, second.Outcome));
        Assert.Equal(PublishingRiskKinds.Crisis, second.Risk!.Kinds);
    }

    [Fact]
    public async Task A_crisis_that_no_rule_could_look_for_is_held_too()
    {
        var comment = await desk.WriteAsync(level: FlagLevel.Crisis, rules: Flag.CouldNotCheck);

        var result = await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ada, Cancellation);

        Assert.Equal("it could not be checked whether it speaks of ending life", result.Risk!.Although);
        Assert.Equal(
            DecisionOutcome.Done,
            (await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Reject(RefusalReason.Safeguarding), ada, Cancellation)).Outcome);
    }

    [Fact]
    public async Task An_answer_to_an_answer_stands_beside_it()
    {
        var editor = await desk.HireAsync("Edith", ModeratorRole.Editor);
        var comment = await desk.WriteAsync(status: CommentStatus.Approved, shownText: "x");
        var answer = await desk.WriteAsync(status: CommentStatus.Approved, shownText: "y", parent: comment.Id);

        await desk.Decisions.ReplyAsync(new(answer.Id, 1), answer.ShownText!, Guid.CreateVersion7(), "Thank you.", editor, Cancellation);

        await using var db = await desk.OpenAsync();
        Assert.Equal(2, await db.Set<Comment>().CountAsync(one => one.ParentId == comment.Id, Cancellation));
    }

    [Fact]
    public async Task Only_what_readers_see_has_their_pages_made_again()
    {
        var store = desk.Site.Get<PageStore>();
        var comment = await desk.WriteAsync();
        var told = new List<Guid>();
        desk.Site.Get<CommentChangeNotifier>().Changed += told.Add;

        var before = store.Drops;
        await desk.Decisions.DecideAsync((await desk.WriteAsync()).Id, 1, Decision.Reject(RefusalReason.Abuse), ada, Cancellation);
        var afterRefusal = store.Drops;
        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ada, Cancellation);

        Assert.Equal(before, afterRefusal);
        Assert.Equal(before + 1, store.Drops);
        Assert.Equal(comment.Id, told[1]);
    }

    [Fact]
    public async Task A_comment_that_is_not_there_is_told_apart() =>
        Assert.Equal(
            DecisionOutcome.NoSuchComment,
            (await desk.Decisions.DecideAsync(Guid.NewGuid(), 1, Decision.Approve, ada, Cancellation)).Outcome);
}

public sealed class DecisionServiceTestsOnSqlite() : DecisionServiceTests(DatabaseKind.Sqlite);

public sealed class DecisionServiceTestsOnPostgres() : DecisionServiceTests(DatabaseKind.Postgres);
