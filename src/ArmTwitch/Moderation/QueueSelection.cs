using ArmTwitch.Data;

namespace ArmTwitch.Moderation;

/// <summary>The list of one moderator and the comment of it that is open.</summary>
internal sealed class QueueSelection(WaitingComments waiting, Decisions decisions, Decider decider, Guid moderator)
{
    public QueueView View { get; private set; } = QueueView.Empty;

    /// <inheritdoc cref="QueueSitting.Open"/>
    public CommentCase? Open { get; private set; }

    /// <inheritdoc cref="QueueSitting.Original"/>
    public string? Original { get; private set; }

    /// <summary>Comments that are to be marked as spam together.</summary>
    public SpamSelection Spam { get; } = new(decisions);

    /// <summary>The place of the open comment on the page; -1 when it is not there.</summary>
    public int Place => View.Slice.Rows.ToList().FindIndex(row => row.Id == Open?.Comment.Id);

    public Task<QueueView> ReadAsync() => QueueView.ReadAsync(waiting, decisions, decider, View.Filter, View.Page);

    public Task LoadAsync() => LoadAsync(View.Filter, View.Page);

    public async Task LoadAsync(QueueFilter filter, int page) => Show(await QueueView.ReadAsync(waiting, decisions, decider, filter, page));

    public void Show(QueueView fresh)
    {
        View = fresh;
        Spam.KeepOnly(fresh.Slice.Rows);
    }

    public Task<CommentCase?> FindAsync(SeenComment one) => waiting.FindAsync(one.Id);

    /// <summary>Shows the open comment as it is now; the text is the same.</summary>
    public void Show(CommentCase fresh) => Open = fresh;

    public async Task OpenAsync(Guid id)
    {
        var before = Open?.Comment.Id;
        (Open, Original) = (await waiting.FindAsync(id), null);
        try
        {
            if (before is { } left && left != id)
                await waiting.ReleaseAsync(left, moderator);
            await waiting.ClaimAsync(id, moderator);
        }
        catch (Exception failed) when (DatabaseFailure.Is(failed))
        {
            // Colleagues do not see that it is open here. It can be read and decided on all the same, and the claim is renewed in a minute.
        }
    }

    /// <returns>What came of it; the original shows when it is done.</returns>
    public async Task<DecisionOutcome> ReadOriginalAsync(SeenComment seen)
    {
        var (outcome, text) = await waiting.ReadOriginalAsync(seen, decider);
        if (outcome is not (DecisionOutcome.MayNoLonger or DecisionOutcome.TextChanged))
            Original = text ?? "It is no longer kept.";
        return outcome;
    }

    public Task RenewAsync() => Open is { } now ? waiting.ClaimAsync(now.Comment.Id, moderator) : Task.CompletedTask;

    public Task EndAsync() => Open is { } now ? waiting.ReleaseAsync(now.Comment.Id, moderator) : Task.CompletedTask;
}
