using ArmTwitch.Data.Availability;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.ReviewQueue;

namespace ArmTwitch.Moderation.QueueState;

/// <summary>The list of one moderator and the comment of it that is open.</summary>
internal sealed class QueueSelection(ModerationQueueService queue, DecisionService decisions, Decider decider, Guid moderator)
{
    public QueueView View { get; private set; } = QueueView.Empty;

    /// <inheritdoc cref="ModerationQueueState.Open"/>
    public CommentReview? Open { get; private set; }

    /// <inheritdoc cref="ModerationQueueState.Original"/>
    public string? Original { get; private set; }

    /// <summary>Comments that are to be marked as spam together.</summary>
    public SpamSelection Spam { get; } = new(decisions);

    /// <summary>The place of the open comment on the page; -1 when it is not there.</summary>
    public int Place => View.Slice.Rows.ToList().FindIndex(row => row.Id == Open?.Comment.Id);

    public Task<QueueView> ReadAsync() => QueueView.ReadAsync(queue, decisions, decider, View.Filter, View.Page);

    public Task LoadAsync() => LoadAsync(View.Filter, View.Page);

    public async Task LoadAsync(QueueFilter filter, int page) => Show(await QueueView.ReadAsync(queue, decisions, decider, filter, page));

    public void Show(QueueView fresh)
    {
        View = fresh;
        Spam.KeepOnly(fresh.Slice.Rows);
    }

    public Task<CommentReview?> FindAsync(CommentVersion one) => queue.FindAsync(one.Id);

    /// <summary>Shows the open comment as it is now; the text is the same.</summary>
    public void Show(CommentReview fresh) => Open = fresh;

    public async Task OpenAsync(Guid id)
    {
        var before = Open?.Comment.Id;
        (Open, Original) = (await queue.FindAsync(id), null);
        try
        {
            if (before is { } left && left != id)
                await queue.ReleaseAsync(left, moderator);
            await queue.ClaimAsync(id, moderator);
        }
        catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed))
        {
            // Colleagues do not see that it is open here. It can be read and decided on all the same, and the claim is renewed in a minute.
        }
    }

    /// <returns>What came of it; the original shows when it is done.</returns>
    public async Task<DecisionOutcome> ReadOriginalAsync(CommentVersion version)
    {
        var (outcome, text) = await queue.ReadOriginalAsync(version, decider);
        if (outcome is not (DecisionOutcome.MayNoLonger or DecisionOutcome.TextChanged))
            Original = text ?? "It is no longer kept.";
        return outcome;
    }

    public Task RenewAsync() => Open is { } now ? queue.ClaimAsync(now.Comment.Id, moderator) : Task.CompletedTask;

    public Task EndAsync() => Open is { } now ? queue.ReleaseAsync(now.Comment.Id, moderator) : Task.CompletedTask;
}
