using ArmTwitch.Comments.TextCleaning;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.DecisionForms;
using ArmTwitch.Moderation.ReviewQueue;
using ArmTwitch.Moderators;

namespace ArmTwitch.Moderation.QueueState;

/// <summary>One moderator's sitting at the queue: what is listed, which comment is open, and what the screen says next.</summary>
/// <remarks>
/// An act carries what stood on the screen when it was done. What the screen did not show is refused: the comment that moves up after a
/// decision must not be decided by the second press of a key. And one act is done at a time (<see cref="SingleActionGate"/>).
/// </remarks>
public sealed class ModerationQueueState
{
    /// <summary>Where the focus can be sent, by the ids of the screen.</summary>
    public const string TheList = "list-heading", TheCase = "case-heading", ThePanel = "panel", TheHelp = "help-heading";

    private const string Changed = "The writer has changed this text. Open the comment again to read the new one.";

    private const string NotTaken = "Your last press was not taken: the screen had only just changed.";

    private readonly DecisionService decisions;
    private readonly SingleActionGate gate;
    private readonly QueueSelection selection;
    private readonly QueueForms forms = new();
    private HashSet<long> together = [];
    private string? focusOn;

    public ModerationQueueState(ModerationQueueService queue, DecisionService decisions, CurrentModerator moderator)
    {
        (this.decisions, Me) = (decisions, moderator);
        (gate, selection) = (new(RejectStaleAction), new(queue, decisions, Decider, moderator.Id));
    }

    public CurrentModerator Me { get; }

    public QueueCounts Counts => selection.View.Counts;

    public QueueFilter Filter => selection.View.Filter;

    public QueueFilterChoices Choices => selection.View.Choices;

    /// <summary>The page of the list, counted from 0.</summary>
    public int Page => selection.View.Page;

    public QueueSlice Slice => selection.View.Slice;

    /// <summary>The comment to decide on; null when none is open.</summary>
    public CommentReview? Open => selection.Open;

    /// <summary>The original of the open comment, when it was asked for.</summary>
    public string? Original => selection.Original;

    public QueuePanel Panel => forms.Open;

    /// <summary>What is to be taken out of the open comment.</summary>
    public RedactionDraft Redaction => forms.Redaction;

    /// <summary>An answer that was sent and not published; its form goes on with it. Null when there is none.</summary>
    public BrowserDraft? Returned => forms.Returned;

    /// <summary>Words that can no longer be sent, to be copied; the oldest first.</summary>
    public IReadOnlyList<UnsentWords> Unsent => forms.Unsent;

    /// <summary>Why the form that is open comes too late, as a sentence; null when it does not.</summary>
    public string? Overtaken => forms.Overtaken;

    /// <summary>Why the open comment is not published by one press; null unless that was tried.</summary>
    public PublishingRisk? Risk => forms.Risk;

    /// <summary>Comments that are to be marked as spam together.</summary>
    public IReadOnlySet<CommentVersion> Selected => selection.Spam.Chosen;

    public IReadOnlyList<UndoableDecision> Undoable => selection.View.Undoable;

    /// <summary>What the next undo takes back: one decision, or all that were made together.</summary>
    public IReadOnlyList<UndoableDecision> NextUndoable =>
        together.Count > 0 ? [.. Undoable.Where(one => together.Contains(one.Id))] : [.. Undoable.Take(1)];

    /// <summary>The first of them; null when there is none.</summary>
    public long? OfferedUndo => NextUndoable is [var first, ..] ? first.Id : null;

    /// <summary>What has just happened, in words.</summary>
    public string Message { get; private set; } = "";

    /// <summary>Whether the screen has to be brought up to date again.</summary>
    public bool IsStale { get; private set; }

    public bool ShowsHelp { get; private set; }

    /// <summary>Whether keys do anything but help and escape.</summary>
    public bool ShortcutsEnabled { get; set; } = true;

    public bool MayReply => Me.Role >= ModeratorRole.Editor && Open?.Comment.IsShown is true;

    private Decider Decider => Decider.Of(Me);

    /// <summary>Where the focus should go now.</summary>
    /// <returns>Null when it should stay where it is; so the second time.</returns>
    public string? TakeFocusTarget()
    {
        var id = focusOn;
        focusOn = null;
        return id;
    }

    /// <summary>The drafts that are no longer needed: sent, or given up.</summary>
    public IReadOnlyList<(Guid Comment, QueuePanel Panel)> TakeFinishedDrafts() => forms.TakeSettled();

    /// <param name="asked">The comment that a mail leads to; null for the first of the list.</param>
    /// <param name="draft">What the moderator was writing when the screen was lost; null when nothing.</param>
    public async Task InitializeAsync(Guid? asked, BrowserDraft? draft = null)
    {
        await selection.LoadAsync();
        if ((asked ?? draft?.Comment) is { } id)
            await OpenAsync(id);
        if (draft is not null && (asked ?? draft.Comment) == draft.Comment)
            GoOn(draft);
        if (Open is null && asked is null && Slice.Rows.Count > 0)
            await OpenAsync(Slice.Rows[0].Id, moveFocus: false);
    }

    /// <summary>Says that the open comment is still being looked at.</summary>
    public Task RenewClaimAsync() => selection.RenewAsync();

    public Task ReleaseClaimAsync() => selection.EndAsync();

    /// <summary>Shows what others did meanwhile, but never a text that the moderator has not been told of.</summary>
    public async Task RefreshFromNewsAsync()
    {
        var (turns, now) = (gate.Turns, Open);
        var fresh = await selection.ReadAsync();
        var opened = now is null ? null : await selection.FindAsync(now.Version);
        // An act makes no room for this, and what was read before it is old.
        IsStale = gate.IsBusy || gate.Turns != turns;
        if (IsStale)
            return;
        selection.Show(fresh);
        if (now is null)
            return;
        if (Panel is not QueuePanel.None)
            forms.Overtaken = WhyOvertaken(opened, now);
        else if (opened?.Version == now.Version)
            selection.Show(opened);
        else if (opened is not null)
            Message = Changed;
    }

    /// <summary>A key that was pressed anywhere but in a field.</summary>
    /// <param name="seen">What stood on the screen then.</param>
    /// <param name="selection">Start and length of the words that are selected in the comment; null when none are.</param>
    public Task HandleKeyAsync(string key, ScreenState seen, int[]? selection) =>
        gate.TryAsync(() => RunShortcutAsync(key, seen, selection), isTold: key is "a" or "r" or "x" or "s" or "e" or "u");

    /// <summary>Says that a press was not taken: it was meant for what stood there before.</summary>
    public void RejectStaleAction()
    {
        if (!Message.EndsWith(NotTaken, StringComparison.Ordinal))
            SayAlso(NotTaken);
    }

    /// <summary>Says what went wrong.</summary>
    public void SetMessage(string trouble) => Message = trouble;

    public void ToggleHelp() => ShowsHelp = !ShowsHelp;

    public void GoToList() => focusOn = TheList;

    public Task ApplyFilterAsync(QueueFilter what) => gate.WaitAsync(() => selection.LoadAsync(what, 0));

    public Task ChangePageAsync(int by) => gate.WaitAsync(async () =>
    {
        await selection.LoadAsync(Filter, Page + by);
        GoToList();
    });

    public Task SelectAsync(Guid id)
    {
        // What is said of an act that is under way still has to be read.
        if (!gate.IsBusy)
            Message = "";
        return gate.WaitAsync(() => OpenAsync(id));
    }

    /// <summary>Decides, unless a form is open that the decision does not come from: it would throw away what is prepared there.</summary>
    public Task DecideAsync(CommentVersion version, Decision decision) => ActAsync(version, now =>
    {
        if (Panel is QueuePanel.None || Panel == QueuePanels.FormOf(decision.Kind))
            return DecideAsync(now, decision);
        Message = Panel.UnsavedFormMessage();
        return Task.CompletedTask;
    });

    /// <summary>Publishes all the same: the act that names what speaks against it.</summary>
    public Task ConfirmAsync(CommentVersion version, PublishingRisk named) =>
        ActAsync(version, now => forms.Confirmed(named) is { } decision ? DecideAsync(now, decision) : RejectStaleActionAsync());

    /// <param name="replyId">Made with the form: however often it is sent, one answer is published.</param>
    public Task ReplyAsync(CommentVersion version, Guid replyId, string text) => ActAsync(version, async now =>
    {
        var outcome =
            (await decisions.ReplyAsync(version, now.Comment.ShownText, replyId, CommentTextCleaner.Clean(text), Decider)).Outcome;
        Message = outcome.Answered();
        if (outcome is DecisionOutcome.Done or DecisionOutcome.AlreadyDecided)
            CancelForm();
        // The focus stays with the comment, which has to be read first.
        if (outcome is DecisionOutcome.TextChanged && await RefreshAsync(() => version.Id))
            forms.Return(new(version.Id, QueuePanel.Reply, text, replyId));
    });

    /// <summary>Takes back decisions that the screen named.</summary>
    public Task UndoAsync(IReadOnlyList<UndoableDecision> some) => gate.TryAsync(() => UndoDecisionsAsync(some));

    /// <summary>Has the selected words taken out, beside what the rules suggest.</summary>
    /// <param name="selection">Start and length; null when no words are selected.</param>
    public Task CutAsync(CommentVersion version, int[]? selection) => ActAsync(version, now => CutAsync(now, selection));

    public Task ShowAsync(CommentVersion version, QueuePanel which) => ActAsync(version, _ => ShowAsync(which));

    /// <summary>Closes what is open below the comment. What was typed or marked there is kept for the next time.</summary>
    public void Close()
    {
        FocusCase();
        forms.Close();
    }

    /// <summary>The same, and what was typed or marked is no longer wanted.</summary>
    public void CancelForm()
    {
        FocusCase();
        if (Open is { } now)
            forms.GiveUp(now.Version);
    }

    /// <summary>Closes words that can no longer be sent.</summary>
    public void DropUnsent(UnsentWords one) => forms.DropUnsent(one);

    public Task ReadOriginalAsync(CommentVersion version) => ActAsync(version, async _ =>
    {
        var outcome = await selection.ReadOriginalAsync(version);
        if (outcome is DecisionOutcome.MayNoLonger or DecisionOutcome.TextChanged)
            Message = outcome is DecisionOutcome.MayNoLonger ? DecisionMessages.MayNoLonger() : Changed;
    });

    public void ToggleSelected(CommentVersion row)
    {
        if (Slice.Rows.Any(one => one.Version == row))
            selection.Spam.Toggle(row);
        else
            RejectStaleAction();
    }

    /// <param name="seen">The comments that the button named.</param>
    public Task MarkSelectedAsSpamAsync(IReadOnlyCollection<CommentVersion> seen) =>
        gate.TryAsync(() => seen.Count > 0 && Selected.SetEquals(seen) ? MarkAsSpamAsync(seen) : RejectStaleActionAsync());

    private Task ActAsync(CommentVersion version, Func<CommentReview, Task> act) =>
        gate.TryAsync(() => Open is { } now && now.Version == version ? act(now) : RejectStaleActionAsync());

    private Task RejectStaleActionAsync()
    {
        RejectStaleAction();
        return Task.CompletedTask;
    }

    private void SayAlso(string more) => Message = $"{Message} {more}".Trim();

    /// <summary>Goes on where the moderator was writing; or, if it can no longer be sent, shows what was written once more.</summary>
    private void GoOn(BrowserDraft draft)
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
    /// <param name="now">As it stands on the screen.</param>
    private string? WhyOvertaken(CommentReview? opened, CommentReview now)
    {
        var isOpen = Panel is QueuePanel.Reply ? opened?.Comment.IsShown : opened?.Comment.IsWaiting;
        return isOpen is not true ? Panel.Overtaken(opened)
            : opened!.Version != now.Version ? "The writer has changed this text."
            : Panel is QueuePanel.Reply && opened.Comment.ShownText != now.Comment.ShownText ? "Readers see other words by now."
            : null;
    }

    private void Withdraw(BrowserDraft draft, string why)
    {
        forms.Withdraw(draft, why);
        Message = $"{why} What you wrote was not sent; it stands above the list to be copied.";
    }

    private async Task RunShortcutAsync(string key, ScreenState seen, int[]? selection)
    {
        switch (key)
        {
            case "?":
                ToggleHelp();
                focusOn = ShowsHelp ? TheHelp : TheCase;
                break;
            case "Escape":
                ShowsHelp = false;
                Close();
                break;
            case not null when !ShortcutsEnabled:
                break;
            case "j" or "ArrowDown":
                await MoveSelectionAsync(1);
                break;
            case "k" or "ArrowUp":
                await MoveSelectionAsync(-1);
                break;
            case "u" when seen.Undo != OfferedUndo:
            case "a" or "r" or "x" or "s" or "e"
                when (seen.Comment, seen.Comment is null ? 0 : seen.Revision) != (Open?.Comment.Id, Open?.Comment.Revision ?? 0):
                RejectStaleAction();
                break;
            case "u":
                await UndoDecisionsAsync(NextUndoable);
                break;
            case not null when Open is { } now:
                await RunShortcutAsync(key, now, selection);
                break;
        }
    }

    private Task RunShortcutAsync(string key, CommentReview now, int[]? selection)
    {
        switch (key)
        {
            case "a" or "s" or "e" when Panel is not QueuePanel.None:
                Message = Panel.UnsavedFormMessage();
                return Task.CompletedTask;
            case "e" when MayReply:
                return ShowAsync(QueuePanel.Reply);
            case "a" or "r" or "x" or "s" when !now.Comment.IsWaiting:
                return Task.CompletedTask;
        }

        return key switch
        {
            "a" => DecideAsync(now, Decision.Approve),
            "r" => CutAsync(now, selection),
            "x" => ShowAsync(QueuePanel.Refusal),
            "s" => DecideAsync(now, Decision.Spam),
            _ => Task.CompletedTask,
        };
    }

    private Task CutAsync(CommentReview now, int[]? selection)
    {
        if (Panel is not QueuePanel.Redaction)
            Redaction.Begin(now);
        Redaction.Add(selection, now.DisplayText);
        Show(QueuePanel.Redaction);
        Message = Redaction.Message;
        return Task.CompletedTask;
    }

    private Task ShowAsync(QueuePanel which)
    {
        if (Panel.Bars(which))
            Message = Panel.UnsavedFormMessage();
        else
            Show(which);
        return Task.CompletedTask;
    }

    private void Show(QueuePanel which)
    {
        forms.Show(which);
        focusOn = ThePanel;
    }

    private void FocusCase() => focusOn = Panel is QueuePanel.None ? focusOn : TheCase;

    private async Task OpenAsync(Guid id, bool moveFocus = true)
    {
        var (before, marks) = (Open?.Comment, Panel is QueuePanel.Redaction ? Redaction.Redactions.Count : 0);
        await selection.OpenAsync(id);
        if (marks > 0 && before is not null && before.Id != id)
            SayAlso($"What you marked in the comment by {before.Author} is kept: open it again and press r.");
        forms.Close();
        if (moveFocus)
            focusOn = TheCase;
    }

    private Task MoveSelectionAsync(int by)
    {
        var at = selection.Place + by;
        var isThere = at >= 0 && at < Slice.Rows.Count;
        Message = isThere ? "" : by > 0 ? "That was the last one on this page." : "That was the first one.";
        return isThere ? OpenAsync(Slice.Rows[at].Id) : Task.CompletedTask;
    }

    private async Task DecideAsync(CommentReview now, Decision decision)
    {
        var at = Math.Max(0, selection.Place);
        var result = await decisions.DecideAsync(now.Comment.Id, now.Comment.Revision, decision, Decider);
        Message = result.Sentence(decision.Kind, now.Comment.Author, Me.Name);
        switch (result.Outcome)
        {
            case DecisionOutcome.NeedsConfirmation:
                forms.Ask(decision, result.Risk);
                focusOn = ThePanel;
                return;
            case DecisionOutcome.NotAllowed or DecisionOutcome.MayNoLonger:
                return;
            case DecisionOutcome.TextChanged:
                await RefreshAsync(() => now.Comment.Id);
                return;
        }

        forms.Settle(now.Version);
        if (result.Outcome is not DecisionOutcome.Done && decision.Words is { Length: > 0 } words)
            Withdraw(new(now.Comment.Id, QueuePanel.Refusal, words, null), Message);
        together = [];
        await RefreshAsync(() => Slice.Rows.Count > 0 ? Slice.Rows[Math.Min(at, Slice.Rows.Count - 1)].Id : now.Comment.Id);
    }

    private async Task UndoDecisionsAsync(IReadOnlyList<UndoableDecision> some)
    {
        if (some.Count is 0)
        {
            Message = "There is nothing to undo: a decision can be taken back for 10 minutes.";
            return;
        }

        var outcomes = new List<DecisionOutcome>();
        foreach (var one in some)
            outcomes.Add((await decisions.UndoAsync(one.Id, Decider)).Outcome);
        Message = DecisionMessages.Undone(outcomes, some[0].Author);
        together = [];
        await RefreshAsync(() => some[0].CommentId);
    }

    private async Task MarkAsSpamAsync(IReadOnlyCollection<CommentVersion> seen)
    {
        (together, Message) = await selection.Spam.MarkAsync(seen, Decider);
        await RefreshAsync(() => Slice.Rows.Count > 0 ? Slice.Rows[0].Id : null);
    }

    /// <summary>Brings the screen up to date after something was saved. If that fails, what was saved is not called failed.</summary>
    /// <param name="next">The comment to open, of the new list; null to leave open what is open.</param>
    private async Task<bool> RefreshAsync(Func<Guid?> next)
    {
        try
        {
            await selection.LoadAsync();
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
}
