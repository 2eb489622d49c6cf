using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.DecisionForms;
using ArmTwitch.Moderation.ReviewQueue;
using ArmTwitch.Moderators;

namespace ArmTwitch.Moderation.QueueState;

/// <summary>
/// What one open queue shows: the list, the open comment, the form below it, the message, and where the focus goes.
/// <see cref="QueueActions"/> and <see cref="QueueKeyboard"/> change it.
/// </summary>
public sealed class ModerationQueueState
{
    /// <summary>The ids of the elements of the page that can get the focus.</summary>
    public const string ListHeading = "list-heading", CommentHeading = "case-heading", FormHeading = "panel", HelpHeading = "help-heading";

    internal const string TextChanged = "The author has changed this text. Open the comment again to read the new one.";

    private const string PressRejected = "Your last press was not taken: the screen had only just changed.";

    private HashSet<long> decidedTogether = [];
    private string? focusTarget;

    public ModerationQueueState(ModerationQueueService queue, DecisionUndoService undo, CurrentModerator moderator)
    {
        Me = moderator;
        (Gate, Selection) = (new(RejectStaleAction), new(queue, undo, moderator));
    }

    public CurrentModerator Me { get; }

    public QueueCounts Counts => Selection.View.Counts;

    public QueueFilter Filter => Selection.View.Filter;

    public QueueFilterChoices Choices => Selection.View.Choices;

    /// <summary>The page of the list, counted from 0.</summary>
    public int Page => Selection.View.Page;

    public QueueSlice Slice => Selection.View.Slice;

    /// <summary>The comment to decide on; null when none is open.</summary>
    public CommentReview? Open => Selection.Open;

    /// <summary>The original of the open comment, when it was asked for.</summary>
    public string? Original => Selection.Original;

    public QueuePanel Panel => Forms.Open;

    /// <summary>Comments that are to be marked as spam together.</summary>
    public IReadOnlySet<CommentVersion> Ticked => Selection.Ticked;

    public IReadOnlyList<UndoableDecision> Undoable => Selection.View.Undoable;

    /// <summary>What the next undo takes back: one decision, or all that were made together.</summary>
    public IReadOnlyList<UndoableDecision> NextUndoable =>
        decidedTogether.Count > 0 ? [.. Undoable.Where(one => decidedTogether.Contains(one.Id))] : [.. Undoable.Take(1)];

    /// <summary>The first of them; null when there is none.</summary>
    public long? OfferedUndo => NextUndoable is [var first, ..] ? first.Id : null;

    /// <summary>What has just happened, in words.</summary>
    public string Message { get; private set; } = "";

    /// <summary>Whether the page has to be brought up to date again.</summary>
    public bool IsStale { get; private set; }

    public bool ShowsHelp { get; private set; }

    /// <summary>Whether keys do anything but help and escape.</summary>
    public bool ShortcutsEnabled { get; set; } = true;

    public bool MayReply => Me.Role >= ModeratorRole.Editor && Open?.Comment.IsShown is true;

    internal SingleActionGate Gate { get; }

    internal QueueSelection Selection { get; }

    internal QueueForms Forms { get; } = new();

    /// <returns>The element that gets the focus now; null when the focus stays where it is. The second call returns null.</returns>
    public string? TakeFocusTarget()
    {
        var id = focusTarget;
        focusTarget = null;
        return id;
    }

    /// <param name="asked">The comment that a mail leads to; null for the first of the list.</param>
    /// <param name="draft">What the moderator was writing when the page was lost; null when nothing.</param>
    public async Task InitializeAsync(Guid? asked, BrowserDraft? draft = null)
    {
        await Selection.LoadAsync();
        if ((asked ?? draft?.Comment) is { } id)
            await OpenAsync(id);
        if (draft is not null && (asked ?? draft.Comment) == draft.Comment)
            Resume(draft);
        if (Open is null && asked is null && Slice.Rows.Count > 0)
            await OpenAsync(Slice.Rows[0].Id, moveFocus: false);
    }

    /// <summary>Shows what others did meanwhile, but not a new text of the open comment: the moderator is told of that first.</summary>
    public async Task ShowChangesAsync()
    {
        var (begun, now) = (Gate.Begun, Open);
        var fresh = await Selection.ReadAsync();
        var opened = now is null ? null : await Selection.FindAsync(now.Version);
        // An action that came in between has changed what was read before it.
        IsStale = Gate.IsBusy || Gate.Begun != begun;
        if (IsStale)
            return;
        Selection.Show(fresh);
        if (now is null)
            return;
        if (Panel is not QueuePanel.None)
            Forms.Overtaken = WhyOvertaken(opened, now);
        else if (opened?.Version == now.Version)
            Selection.Show(opened);
        else if (opened is not null)
            Message = TextChanged;
    }

    /// <summary>Says that a press was not taken: it was meant for what was on the screen before.</summary>
    public void RejectStaleAction()
    {
        if (!Message.EndsWith(PressRejected, StringComparison.Ordinal))
            AppendMessage(PressRejected);
    }

    public void SetMessage(string message) => Message = message;

    public void ToggleHelp() => ShowsHelp = !ShowsHelp;

    public void GoToList() => Focus(ListHeading);

    public Task ApplyFilterAsync(QueueFilter filter) => Gate.WaitAsync(() => Selection.LoadAsync(filter, 0));

    public Task ChangePageAsync(int by) => Gate.WaitAsync(async () =>
    {
        await Selection.LoadAsync(Filter, Page + by);
        GoToList();
    });

    public Task SelectAsync(Guid id)
    {
        // The message of an action that is under way still has to be read.
        if (!Gate.IsBusy)
            Message = "";
        return Gate.WaitAsync(() => OpenAsync(id));
    }

    public void ToggleTicked(CommentVersion row)
    {
        if (Slice.Rows.Any(one => one.Version == row))
            Selection.SetTicked(row, !Ticked.Contains(row));
        else
            RejectStaleAction();
    }

    /// <summary>Closes what is open below the comment. What was typed or marked there is kept for the next time.</summary>
    public void Close()
    {
        FocusComment();
        Forms.Close();
    }

    /// <summary>Closes the form and forgets what was typed or marked in it.</summary>
    public void CancelForm()
    {
        FocusComment();
        if (Open is { } now)
            Forms.GiveUp(now.Version);
    }

    internal void Focus(string id) => focusTarget = id;

    internal void HideHelp() => ShowsHelp = false;

    internal void Show(QueuePanel panel)
    {
        Forms.Show(panel);
        Focus(FormHeading);
    }

    /// <summary>Shows words that can no longer be sent above the list.</summary>
    internal void Withdraw(BrowserDraft draft, string why)
    {
        Forms.Withdraw(draft, why);
        Message = $"{why} What you wrote was not sent; it stands above the list to be copied.";
    }

    /// <summary>Remembers decisions that one undo takes back together.</summary>
    internal void SetDecidedTogether(HashSet<long> decisions) => decidedTogether = decisions;

    internal async Task OpenAsync(Guid id, bool moveFocus = true)
    {
        var (before, marks) = (Open?.Comment, Panel is QueuePanel.Redaction ? Forms.Redaction.Redactions.Count : 0);
        await Selection.OpenAsync(id);
        if (marks > 0 && before is not null && before.Id != id)
            AppendMessage($"What you marked in the comment by {before.Author} is kept: open it again and press r.");
        Forms.Close();
        if (moveFocus)
            Focus(CommentHeading);
    }

    /// <summary>Reads the list again after something was saved. If that fails, what was saved is not called failed.</summary>
    /// <param name="next">The comment to open, of the new list; null to leave open what is open.</param>
    internal async Task<bool> ReloadAsync(Func<Guid?> next)
    {
        try
        {
            await Selection.LoadAsync();
            if (next() is { } id)
                await OpenAsync(id);
            return true;
        }
        catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed))
        {
            IsStale = true;
            Message += " The list is out of date: the database does not answer now.";
            return false;
        }
    }

    private void AppendMessage(string more) => Message = $"{Message} {more}".Trim();

    private void FocusComment()
    {
        if (Panel is not QueuePanel.None)
            Focus(CommentHeading);
    }

    /// <summary>Opens the form that the moderator was writing in; or, if it can no longer be sent, shows what was written.</summary>
    private void Resume(BrowserDraft draft)
    {
        if (Open is { } now && (draft.Panel is QueuePanel.Reply ? MayReply : now.Comment.IsWaiting))
        {
            Show(draft.Panel);
            Message = "What you were writing is back.";
            return;
        }

        Withdraw(draft, draft.Panel.Overtaken(Open));
    }

    /// <param name="opened">The open comment as it is by now; null when it is gone.</param>
    /// <param name="now">The comment as it is on the screen.</param>
    private string? WhyOvertaken(CommentReview? opened, CommentReview now)
    {
        var isOpen = Panel is QueuePanel.Reply ? opened?.Comment.IsShown : opened?.Comment.IsWaiting;
        return isOpen is not true ? Panel.Overtaken(opened)
            : opened!.Version != now.Version ? "The author has changed this text."
            : Panel is QueuePanel.Reply && opened.Comment.ShownText != now.Comment.ShownText ? "Readers see other words by now."
            : null;
    }
}
