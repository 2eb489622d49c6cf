using ArmTwitch.Data.Availability;
using ArmTwitch.Moderation.CommentCase;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.QueueQueries;
using ArmTwitch.Moderation.ReviewQueue;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Sessions;

namespace ArmTwitch.Moderation.QueueState;

/// <summary>The list of one moderator, the comment of it that is open, and the comments of it that are ticked.</summary>
/// <remarks>What it reads and writes, it reads and writes on another thread than that of the screen (<see cref="CircuitThread"/>).</remarks>
/// <param name="dropped">Called with how many comments are no longer ticked because the list no longer has them as they were.</param>
internal sealed class QueueSelection(
    ModerationQueueService queue, DecisionUndoService undo, CurrentModerator moderator, Action<int> dropped)
{
    private readonly HashSet<CommentVersion> ticked = [];

    public QueueView View { get; private set; } = QueueView.Empty;

    public CrisisAlarm Alarm { get; } = new();

    /// <inheritdoc cref="ModerationQueueState.Open"/>
    public CommentReview? Open { get; private set; }

    /// <summary>
    /// The open comment as it stood when its buttons were drawn, which is what a press on them means. Only the moderator changes that.
    /// </summary>
    public CommentReview? Offered { get; private set; }

    /// <inheritdoc cref="ModerationQueueState.Original"/>
    public string? Original { get; private set; }

    /// <inheritdoc cref="ModerationQueueState.Ticked"/>
    public IReadOnlySet<CommentVersion> Ticked => ticked;

    /// <summary>The ticked comments of which the moderator was asked whether they are spam; empty when nothing was asked.</summary>
    public IReadOnlyCollection<CommentVersion> Asked { get; set; } = [];

    /// <summary>The index of the open comment on the page; -1 when it is not there.</summary>
    public int OpenIndex => View.Slice.Rows.ToList().FindIndex(row => row.Id == Open?.Comment.Id);

    private Decider Decider => Decider.Of(moderator);

    public Task<QueueView> ReadAsync() => ReadAsync(View, View.Filter, View.Starts);

    /// <summary>Reads the list again after something was done with it.</summary>
    public async Task LoadAsync() => Show(await ReadAsync(null, View.Filter, View.Starts));

    /// <param name="starts"><see cref="QueueView.Starts"/>; empty for the first page.</param>
    public async Task LoadAsync(QueueFilter filter, IReadOnlyList<QueueCursor> starts) =>
        Show(await ReadAsync(View, filter, starts));

    /// <summary>Shows the part of the list in which a comment stands.</summary>
    /// <returns>False when the list does not have it.</returns>
    public async Task<bool> ListAroundAsync(CommentReview one)
    {
        if (View.Slice.Rows.Any(row => row.Id == one.Comment.Id))
            return true;
        var filter = View.Filter;
        if (await CircuitThread.LeaveForAsync(() => queue.FindPlaceAsync(filter, one.Comment, moderator.Id)) is not { } place)
            return false;
        await LoadAsync(filter, [place]);
        return true;
    }

    /// <summary>Turns to the next page, or with -1 to the one before.</summary>
    /// <returns>False when there is none.</returns>
    public async Task<bool> TurnAsync(int by)
    {
        if (by > 0 ? View.Slice.Next is null : View.Starts.Count is 0)
            return false;
        await LoadAsync(View.Filter, by > 0 ? [.. View.Starts, View.Slice.Next!] : [.. View.Starts.SkipLast(1)]);
        return true;
    }

    /// <summary>
    /// Shows a list, or another page of it. What is ticked stays so, on whatever page it stands, unless the list no longer has it or its
    /// text is another by now.
    /// </summary>
    public void Show(QueueView fresh)
    {
        View = fresh;
        Alarm.Compare(fresh.Crises);
        var before = ticked.Count;
        ticked.ExceptWith(fresh.Gone);
        if (ticked.Count < before)
            dropped(before - ticked.Count);
    }

    /// <summary>Ticks all of the list, on other pages too, up to <see cref="ModerationQueueService.MostTogether"/>.</summary>
    public async Task TickAllAsync()
    {
        var filter = View.Filter;
        var all = await CircuitThread.LeaveForAsync(() => queue.ListVersionsAsync(filter));
        ticked.UnionWith(all);
    }

    public void UntickAll() => ticked.Clear();

    public void SetTicked(CommentVersion row, bool isTicked)
    {
        if (isTicked)
            ticked.Add(row);
        else
            ticked.Remove(row);
    }

    public Task<CommentReview?> FindAsync(Guid id) => CircuitThread.LeaveForAsync(() => queue.FindAsync(id));

    /// <summary>Shows the open comment as it is now; its text is the same. The buttons stay when it stands otherwise.</summary>
    public void Show(CommentReview fresh)
    {
        if (Offered?.Version != fresh.Version || CommentStanding.ChangeBetween(Offered, fresh) is null)
            Offered = fresh;
        Open = fresh;
    }

    /// <summary>Offers what can be done with the open comment now.</summary>
    public void OfferAnew() => Offered = Open;

    /// <summary>Reads the open comment again, with what has come to it, unless its text is another by now.</summary>
    public async Task ShowAgainAsync(CommentVersion version)
    {
        if (await FindAsync(version.Id) is { } fresh && fresh.Version == version)
            Show(fresh);
    }

    /// <summary>Leaves no comment open.</summary>
    public async Task CloseAsync()
    {
        var left = Open;
        (Open, Offered, Original) = (null, null, null);
        if (left is not null)
            await ReleaseAsync(left.Comment.Id);
    }

    public async Task OpenAsync(Guid id)
    {
        var before = Open?.Comment.Id;
        var opened = await FindAsync(id);
        (Open, Offered, Original) = (opened, opened, null);
        if (before is { } left && left != id)
            await ReleaseAsync(left);
        await IgnoreOutageAsync(() => ClaimAsync(id));
    }

    /// <returns>The outcome; the original shows when it is done.</returns>
    public async Task<DecisionOutcome> ReadOriginalAsync(CommentVersion version)
    {
        var (outcome, text) = await CircuitThread.LeaveForAsync(() => queue.ReadOriginalAsync(version, Decider));
        if (outcome is not (DecisionOutcome.MayNoLonger or DecisionOutcome.TextChanged))
            Original = text ?? "It is no longer kept.";
        return outcome;
    }

    /// <summary>Tells colleagues that the open comment is still being looked at.</summary>
    public Task RenewClaimAsync() => Open is { } now ? ClaimAsync(now.Comment.Id) : Task.CompletedTask;

    public Task ReleaseClaimAsync() => Open is { } now ? CircuitThread.LeaveForAsync(() => queue.ReleaseAsync(now.Comment.Id, moderator.Id)) : Task.CompletedTask;

    private Task<QueueView> ReadAsync(QueueView? before, QueueFilter filter, IReadOnlyList<QueueCursor> starts)
    {
        List<CommentVersion> some = [.. ticked];
        return CircuitThread.LeaveForAsync(() => QueueView.ReadAsync(queue, undo, Decider, before, filter, starts, some));
    }

    private Task<bool> ClaimAsync(Guid id) => CircuitThread.LeaveForAsync(() => queue.ClaimAsync(id, moderator.Id));

    private Task ReleaseAsync(Guid id) => IgnoreOutageAsync(() => CircuitThread.LeaveForAsync(() => queue.ReleaseAsync(id, moderator.Id)));

    /// <summary>
    /// Colleagues then do not see what is open here. It can be read and decided on all the same, and the claim is renewed in a minute.
    /// </summary>
    private static async Task IgnoreOutageAsync(Func<Task> claim)
    {
        try
        {
            await claim();
        }
        catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed))
        {
            // Said above.
        }
    }
}
