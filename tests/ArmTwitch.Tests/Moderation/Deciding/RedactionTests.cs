using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderation.Deciding;

namespace ArmTwitch.Tests.Moderation.Deciding;

/// <summary>Takes words out of a comment.</summary>
public abstract class RedactionTests(DatabaseKind database) : ModerationTestBase(database)
{
    [Fact]
    public async Task A_redaction_marks_its_place_or_leaves_nothing_and_names_its_kinds()
    {
        const string text = "Call me on 07700 900123, I take 300 mg. 👍 Bye";
        var comment = await Site.WriteAsync(text);

        await DecideAsync(comment, Decision.ApproveRedacted(
            new Redaction(text.IndexOf("300", StringComparison.Ordinal), 6, RemovedKind.Dose, IsMarked: false),
            new Redaction(text.IndexOf("07700", StringComparison.Ordinal), 12, RemovedKind.PhoneNumber),
            new Redaction(text.IndexOf("👍", StringComparison.Ordinal) + 1, 1, RemovedKind.Name)));

        var after = await Site.ReadAsync(comment.Id);
        Assert.Equal("Call me on [removed: phone number], I take . [removed: name] Bye", after.ShownText);
        Assert.Equal("dose, name, phone number", after.Removed);
        Assert.Equal(text, after.Text);
        Assert.Equal("dose, name, phone number", Assert.Single(await Site.HistoryAsync(comment.Id)).Code);
    }

    public static TheoryData<int, int> Outside => new() { { -1, 2 }, { 0, 0 }, { 5, 100 }, { 3, int.MaxValue } };

    [Theory]
    [MemberData(nameof(Outside))]
    public async Task A_redaction_outside_the_text_is_refused(int start, int length)
    {
        var comment = await Site.WriteAsync("Short text.");

        var result = await DecideAsync(comment, Decision.ApproveRedacted(new Redaction(start, length, RemovedKind.Name)));

        Assert.Equal(DecisionOutcome.NotAllowed, result.Outcome);
        Assert.True((await Site.ReadAsync(comment.Id)).IsWaiting);
    }

    [Fact]
    public async Task A_reported_comment_keeps_its_redaction_when_it_is_approved_again()
    {
        var comment = await Site.WriteAsync("I am Ada Smith, hello.");
        await DecideAsync(comment, Decision.ApproveRedacted(new Redaction(5, 9, RemovedKind.Name)));
        await Site.ReportAsync(comment.Id, CommentStatus.Pending);

        Assert.Equal("I am [removed: name], hello.", (await Site.Queue.FindAsync(comment.Id, Cancel))?.DisplayText);
        await DecideAsync(comment, Decision.Approve, Ben);

        var after = await Site.ReadAsync(comment.Id);
        Assert.Equal(
            (CommentStatus.ApprovedRedacted, "I am [removed: name], hello.", "name"), (after.Status, after.ShownText, after.Removed));
    }
}

public sealed class RedactionTestsOnSqlite() : RedactionTests(DatabaseKind.Sqlite);

public sealed class RedactionTestsOnPostgres() : RedactionTests(DatabaseKind.Postgres);
