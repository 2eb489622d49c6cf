using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Accounts;
using ArmTwitch.Moderators.Sessions;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Moderation.Deciding;

/// <summary>A decision asks, in the statement that decides, whether the person still may.</summary>
public abstract class DecisionPermissionTests(DatabaseKind database) : IAsyncLifetime
{
    private readonly ModerationTestSite site = new(database);
    private Decider ada = null!;
    private Comment comment = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SessionStore Sessions => site.Get<SessionStore>();

    private ModeratorAccounts People => site.Get<ModeratorAccounts>();

    public async ValueTask InitializeAsync()
    {
        ada = await site.AddModeratorAsync("Ada", ModeratorRole.Editor);
        ada = ada with { Session = SecretToken.Hash("session", await Sessions.BeginAsync(ada.Id!.Value, Cancel)) };
        comment = await site.WriteAsync("It stopped.");
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await site.DisposeAsync();
    }

    public static TheoryData<string> Ends => ["removed", "signed out", "idle", "too long"];

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Nobody_decides_answers_or_undoes_after_the_end_of_the_session(string end)
    {
        var decision = await DecideAsync();
        Assert.Equal(DecisionOutcome.Done, decision.Outcome);
        var next = await site.WriteAsync("Mine, too.");

        await EndAsync(end);

        Assert.Equal(DecisionOutcome.MayNoLonger, (await site.Decisions.DecideAsync(next.Id, 1, Decision.Approve, ada, Cancel)).Outcome);
        Assert.Equal(DecisionOutcome.MayNoLonger, (await site.Undo.UndoAsync(decision.DecisionId!.Value, ada, Cancel)).Outcome);
        Assert.Equal(
            DecisionOutcome.MayNoLonger,
            (await site.Replies.ReplyAsync(new(comment.Id, 1), comment.Text, (Guid.CreateVersion7(), "Thank you."), ada, Cancel)).Outcome);
        Assert.Equal(
            (CommentStatus.Pending, CommentStatus.Approved),
            ((await site.ReadAsync(next.Id)).Status, (await site.ReadAsync(comment.Id)).Status));
        await using var db = site.Site.Database();
        Assert.Equal(2, await db.Set<Comment>().CountAsync(Cancel));
        Assert.Equal(1, await db.Set<CommentDecision>().CountAsync(Cancel));
    }

    [Fact]
    public async Task A_former_editor_cannot_answer()
    {
        await DecideAsync();

        await People.ChangeRoleAsync(ada.Id!.Value, ModeratorRole.Moderator, cancellationToken: Cancel);

        Assert.Equal(DecisionOutcome.MayNoLonger, (await site.Replies.ReplyAsync(new(comment.Id, 1), comment.Text, (Guid.CreateVersion7(), "Thank you."), ada with { Session = null }, Cancel)).Outcome);
    }

    [Fact]
    public async Task A_removed_moderator_cannot_read_a_hidden_original()
    {
        await site.Decisions.DecideAsync(comment.Id, 1, Decision.ApproveRedacted(new Redaction(0, 2, RemovedKind.Name)), ada, Cancel);
        Assert.NotNull((await site.Queue.ReadOriginalAsync(new(comment.Id, 1), ada, Cancel)).Text);

        await EndAsync("removed");

        Assert.Null((await site.Queue.ReadOriginalAsync(new(comment.Id, 1), ada, Cancel)).Text);
    }

    [Fact]
    public async Task Of_a_removal_and_many_decisions_at_once_none_counts_after_the_removal()
    {
        var comments = new List<Comment>();
        for (var number = 0; number < 12; number++)
            comments.Add(await site.WriteAsync($"Comment {number}."));

        var removal = Task.Run(() => People.RemoveAsync(ada.Id!.Value, cancellationToken: Cancel), Cancel);
        var outcomes = await Task.WhenAll(
            comments.Select(one => Task.Run(() => site.Decisions.DecideAsync(one.Id, 1, Decision.Spam, ada, Cancel), Cancel)));
        Assert.Equal(ModeratorAccountOutcome.Done, await removal);

        Assert.All(outcomes, result => Assert.True(result.Outcome is DecisionOutcome.Done or DecisionOutcome.MayNoLonger));
        Assert.Equal(DecisionOutcome.MayNoLonger, (await DecideAsync()).Outcome);
    }

    private Task<DecisionResult> DecideAsync() => site.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ada, Cancel);

    private async Task EndAsync(string how)
    {
        switch (how)
        {
            case "removed":
                await People.RemoveAsync(ada.Id!.Value, cancellationToken: Cancel);
                break;
            case "signed out":
                await Sessions.EndAsync(ada.Session!, SessionEnd.SignedOut, Cancel);
                break;
            case "idle":
                site.Clock.Advance(TimeSpan.FromMinutes(30));
                break;
            case "too long":
                await WorkAsync(TimeSpan.FromHours(12));
                break;
        }
    }

    private async Task WorkAsync(TimeSpan time)
    {
        for (var worked = TimeSpan.Zero; worked < time; worked += TimeSpan.FromMinutes(20))
        {
            site.Clock.Advance(TimeSpan.FromMinutes(20));
            await Sessions.RecordActivityAsync(ada.Session!);
        }
    }
}

public sealed class DecisionPermissionTestsOnSqlite() : DecisionPermissionTests(DatabaseKind.Sqlite);

public sealed class DecisionPermissionTestsOnPostgres() : DecisionPermissionTests(DatabaseKind.Postgres);
