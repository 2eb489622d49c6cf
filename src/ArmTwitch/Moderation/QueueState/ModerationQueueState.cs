using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Moderation.CommentCase;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.DecisionForms;
using ArmTwitch.Moderation.ReviewQueue;
using ArmTwitch.Moderators;

namespace ArmTwitch.Moderation.QueueState;

/// <summary>
/// What one open queue shows: the list, the open comment, the form below it, the message, and where the focus goes.
/// <see cref="QueueActions"/> and <see cref="QueueKeyboard"/> change it.
/// </summary>
public sealed class ModerationQueueState : QueueMessageLine
{
    /// <summary>The ids of the elements of the page that can get the focus.</summary>
    public const string ListHeading = "list-heading", CommentHeading = "case-heading", FormHeading = "panel", HelpHeading = "help-heading",
        BulkQuestion = "bulk-yes", BulkButton = "bulk-spam", SearchField = "filter-words", UnsentWords = "unsent-0";

    private string? focusTarget;

    public ModerationQueueState(ModerationQueueService queue, DecisionUndoService undo, CurrentModerator moderator)
    {
        Me = moderator;
        (Gate, Selection) = (new(RejectStaleAction), new(queue, undo, moderator, TellDropped));
    }

    public CurrentModerator Me { get; }

    public QueueCounts Counts => Selection.View.Counts;

    public CrisisAlarm Alarm => Selection.Alarm;

    public QueueFilter Filter => Selection.View.Filter;

    /// <summary>The page of the list, counted from 0.</summary>
    public int Page => Selection.View.Starts.Count;

    public QueueSlice Slice => Selection.View.Slice;

    /// <summary>The comment to decide on; null when none is open.</summary>
    public CommentReview? Open => Selection.Open;

    /// <summary>The original of the open comment, when it was asked for.</summary>
    public string? Original => Selection.Original;

    public QueuePanel Panel => Forms.Open;

    /// <summary>What others did with the open comment since its buttons were drawn or its form was opened; null when nothing.</summary>
    public string? Overtaken => Panel is not QueuePanel.None ? Forms.Overtaken
        : (Selection.Offered, Open) is ({ } drawn, { } now) ? CommentStanding.ChangeBetween(drawn, now) : null;

    /// <summary>Comments that are to be marked as spam together.</summary>
    public IReadOnlySet<CommentVersion> Ticked => Selection.Ticked;

    /// <summary>Whether the moderator is asked now if the ticked comments are spam.</summary>
    public bool AsksAboutTicked => Ticked.Count > 0 && Ticked.SetEquals(Selection.Asked);

    public IReadOnlyList<UndoableDecision> Undoable => Selection.View.Undoable;

    /// <summary>Those of the decisions that the message tells of which can still be undone.</summary>
    public IReadOnlyList<UndoableDecision> ToldUndoable => Told.Count is 0 ? [] : [.. Undoable.Where(one => Told.Contains(one.Id))];

    /// <summary>
    /// What the next undo takes back: what the message tells of; or else the last decision, with all that were made together with it.
    /// </summary>
    public IReadOnlyList<UndoableDecision> NextUndoable =>
        ToldUndoable is { Count: > 0 } told ? told : Undoable.Together().FirstOrDefault() ?? [];

    /// <summary>The first of them; null when there is none.</summary>
    public long? OfferedUndo => NextUndoable is [var first, ..] ? first.Id : null;

    /// <summary>Whether a screen with room for one of them shows the comment, and not the list.</summary>
    public bool ShowsCase { get; private set; }

    /// <summary>Whether the page has to be brought up to date again.</summary>
    public bool IsStale { get; private set; }

    public bool ShowsHelp { get; private set; }

    /// <summary>Whether keys do anything but help and escape.</summary>
    public bool ShortcutsEnabled { get; set; } = true;

    /// <summary>What a reload shows again. The comment that stands on top of the list is not in it until somebody has opened it.</summary>
    public QueueAddress Address => new(Filter, IsChosen ? Open?.Comment.Id : null);

    /// <summary>Whether somebody has opened the comment, which stands on top of the list otherwise.</summary>
    internal bool IsChosen { get; private set; }

    /// <summary>Whether a link led to a comment that does not exist, or no longer.</summary>
    public bool IsLinkDead { get; internal set; }

    public bool MayReply => CanReplyTo(Open);

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

    /// <param name="asked">The comment that a link leads to; null for the first of the list.</param>
    /// <param name="draft">What the moderator was writing when the page was lost; null when nothing.</param>
    /// <param name="filter">What to list; null for everything that waits.</param>
    public async Task InitializeAsync(Guid? asked, BrowserDraft? draft = null, QueueFilter? filter = null)
    {
        await Selection.LoadAsync(filter ?? QueueFilter.Everything, []);
        if (asked is { } linked)
            await QueueLink.OpenAsync(this, linked);
        else if (Slice.Rows.Count > 0)
            await OpenAsync(Slice.Rows[0].Id, moveFocus: false);
        if (draft is not null)
            await this.BringBackAsync(draft);
    }

    /// <summary>Shows what others did meanwhile, but not a new text of the open comment: the moderator is told of that first.</summary>
    public async Task ShowChangesAsync()
    {
        // What was read while an action ran could open again the comment that it has decided on.
        await Gate.WhenIdleAsync();
        var (begun, now) = (Gate.Begun, Open);
        var (before, fresh) = (Counts, await Selection.ReadAsync());
        var opened = now is null ? null : await Selection.FindAsync(now.Comment.Id);
        // An action that came in between has changed what was read before it.
        IsStale = Gate.IsBusy || Gate.Begun != begun;
        if (IsStale)
            return;
        Selection.Show(fresh);
        if (Counts.Reported > before.Reported && Panel is QueuePanel.None)
            SetMessage("Reports have taken a comment off the page. It is in the tab “Reported”.", isTrue: () => Counts.Reported > 0);
        if (Counts.ForMe > before.ForMe && Panel is QueuePanel.None)
            SetMessage(DecisionMessages.PassedOnToYou(fresh.NewForMe), isTrue: () => Counts.ForMe > 0);
        if (now is not null)
            await this.ShowMeanwhileAsync(opened, now);
    }

    /// <summary>Takes the message off the screen.</summary>
    public void DropMessage()
    {
        SetMessage("");
        FocusContent();
    }

    public void DropAlarm()
    {
        Alarm.DropAll();
        FocusContent();
    }

    public void ToggleHelp()
    {
        ShowsHelp = !ShowsHelp;
        if (ShowsHelp)
            Focus(HelpHeading);
        else
            FocusContent();
    }

    /// <summary>Shows the list where there is room for it or the comment alone. From a comment of the list it leads to its row.</summary>
    public void GoToList()
    {
        Focus(ShowsCase && Open is { } left && Selection.OpenIndex >= 0 ? QueueList.RowId(left.Comment.Id) : ListHeading);
        ShowsCase = false;
    }

    /// <summary>Shows the open comment where there is room for it or the list alone.</summary>
    internal void GoToCase()
    {
        (ShowsCase, IsChosen) = (true, true);
        if (Open is { } seen)
            Alarm.Drop(seen.Comment.Id);
        Focus(CommentHeading);
    }

    public Task SelectAsync(Guid id)
    {
        // The message of an action that is under way still has to be read.
        if (!Gate.IsBusy)
            SetMessage("");
        return Gate.WaitAsync(() => OpenAsync(id));
    }

    /// <summary>Closes what is open below the comment. What was typed or marked there is kept for the next time.</summary>
    public void Close()
    {
        FocusComment();
        IsStale |= Forms.Overtaken is not null;
        Forms.Close();
    }

    /// <summary>Closes the innermost thing that is open: keys, a form, words that came too late, the comment on a small screen.</summary>
    public void StepBack()
    {
        if (ShowsHelp)
            ToggleHelp();
        else if (AsksAboutTicked)
            LeaveBulkQuestion();
        else if (Panel is not QueuePanel.None)
            Close();
        else if (Forms.ShowsUnsent)
            this.ToggleUnsent();
        else
            GoToList();
    }

    /// <summary>Takes the question about the ticked comments back; they stay ticked.</summary>
    internal void LeaveBulkQuestion()
    {
        Selection.Asked = [];
        Focus(BulkButton);
    }

    /// <summary>Takes words that can no longer be sent off the screen.</summary>
    public void DropUnsent(UnsentWords one)
    {
        Forms.DropUnsent(one);
        FocusContent();
    }

    /// <summary>Closes the form and forgets what was typed or marked in it.</summary>
    public void CancelForm()
    {
        FocusComment();
        IsStale |= Forms.Overtaken is not null;
        if (Open is { } now)
            Forms.GiveUp(now.Version);
    }

    /// <summary>Acts on the open comment, or rejects the action when another one, or another version, was on the screen.</summary>
    internal Task RunOnAsync(CommentVersion seen, Func<CommentReview, Task> act) =>
        Gate.TryAsync(() => Open is { } now && now.Version == seen ? act(now) : RejectStaleActionAsync());

    internal bool CanReplyTo(CommentReview? one) => Me.Role >= ModeratorRole.Editor && one?.Comment is { IsShown: true, Badge: null };

    internal void Focus(string id) => focusTarget = id;

    internal void Show(QueuePanel panel)
    {
        Forms.Show(panel);
        // What a message tells of has nothing to do with the form, unless it tells of a fault, or of what can be undone.
        if (!IsTrouble && Told.Count is 0)
            SetMessage("");
        // The keys would lie above the form.
        ShowsHelp = false;
        Focus(FormHeading);
    }

    /// <param name="leavesList">Whether the comment takes the place of the list where there is room for one of them.</param>
    internal async Task OpenAsync(Guid id, bool moveFocus = true, bool leavesList = true)
    {
        var (before, marks) = (Open?.Comment, Panel is QueuePanel.Redaction ? Forms.Redaction.Redactions.Count : 0);
        await Selection.OpenAsync(id);
        (IsChosen, IsLinkDead) = (moveFocus, false);
        if (marks > 0 && before is not null && before.Id != id)
            AppendMessage($"What you marked in the comment by {before.Author} is kept until you take words out of it again.");
        Forms.Close();
        // What opens by itself may stand behind the list, where nobody has seen it.
        if (!moveFocus)
            return;
        Alarm.Drop(id);
        ShowsCase |= leavesList;
        Focus(CommentHeading);
    }

    /// <summary>Reads the list again after something was saved. If that fails, what was saved is not called failed.</summary>
    /// <param name="show">Opens what is to be open beside the new list.</param>
    internal async Task<bool> ReloadAsync(Func<Task> show)
    {
        try
        {
            await Selection.LoadAsync();
            await show();
            return true;
        }
        catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed))
        {
            IsStale = true;
            SetMessage($"{Message} The list is out of date: the database does not answer now.", isTrouble: true, isTrue: () => IsStale);
            return false;
        }
    }

    internal void FocusContent() => Focus(Open is null ? ListHeading : CommentHeading);

    private void FocusComment()
    {
        if (Panel is not QueuePanel.None)
            Focus(CommentHeading);
    }
}
