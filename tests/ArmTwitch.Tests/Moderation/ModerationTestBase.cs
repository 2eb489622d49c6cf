using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderation.Deciding;

namespace ArmTwitch.Tests.Moderation;

/// <summary>A site with two moderators, Ada and Ben.</summary>
public abstract class ModerationTestBase(DatabaseKind database) : IAsyncLifetime
{
    protected ModerationTestSite Site { get; } = new(database);

    protected Decider Ada { get; private set; } = null!;

    protected Decider Ben { get; private set; } = null!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Ada = await Site.AddModeratorAsync("Ada");
        Ben = await Site.AddModeratorAsync("Ben");
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Site.DisposeAsync();
    }

    /// <param name="by">Null for Ada.</param>
    protected Task<DecisionResult> DecideAsync(Comment comment, Decision decision, Decider? by = null, int revision = 1) =>
        Site.Decisions.DecideAsync(comment.Id, revision, decision, by ?? Ada, Cancel);

    /// <inheritdoc cref="DecideAsync"/>
    protected Task<DecisionResult> UndoAsync(DecisionResult decision, Decider? by = null) =>
        Site.Undo.UndoAsync(decision.DecisionId!.Value, by ?? Ada, Cancel);
}
