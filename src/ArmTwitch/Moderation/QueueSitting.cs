using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderators;

namespace ArmTwitch.Moderation;

/// <summary>One moderator's sitting at the queue: what is listed, which comment is open, and what the screen says next.</summary>
/// <remarks>
/// An act carries what stood on the screen when it was done. What the screen did not show is refused: the comment that moves up after a
/// decision must not be decided by the second press of a key. And one act is done at a time (<see cref="ActGate"/>).
/// </remarks>
public sealed class QueueSitting
{
    /// <summary>Where the focus can be sent, by the ids of the screen.</summary>
    public const string TheList = "list-heading", TheCase = "case-heading", ThePanel = "panel", TheHelp = "help-heading";

    private const string Changed = "The writer has changed this text. Open the comment again to read the new one.";

    private const string NotTaken = "Your last press was not taken: the screen had only just changed.";

    private readonly Decisions decisions;
    private readonly ActGate gate;
    private readonly QueueSelection selection;
    private readonly QueueForms forms = new();
    private HashSet<long> together = [];
    private string? focusOn;

    public QueueSitting(WaitingComments waiting, Decisions decisions, SignedIn me)
    {
        (this.decisions, Me) = (decisions, me);
        (gate, selection) = (new(Refuse), new(waiting, decisions, Decider, me.Id));
    }

    public SignedIn Me { get; }

    public QueueCounts Counts => selection.View.Counts;

    public QueueFilter Filter => selection.View.Filter;

    public QueueChoices Choices => selection.View.Choices;

    /// <summary>The page of the list, counted from 0.</summary>
    public int Page => selection.View.Page;

    public QueueSlice Slice => selection.View.Slice;

    /// <summary>The comment to decide on; null when none is open.</summary>
    public CommentCase? Open => selection.Open;

    /// <summary>The original of the open comment, when it was asked for.</summary>
    public string? Original => selection.Original;

    public QueuePanel Panel => forms.Open;

    /// <summary>What is to be taken out of the open comment.</summary>
    public RedactionDraft Redaction => forms.Redaction;

    /// <summary>An answer that was sent and not published; its form goes on with it. Null when there is none.</summary>
    public KeptDraft? Returned => forms.Returned;

    /// <summary>Words that can no longer be sent, to be copied; the oldest first.</summary>
    public IReadOnlyList<UnsentWords> Unsent => forms.Unsent;

    /// <summary>Why the form that is open comes too late, as a sentence; null when it does not.</summary>
    public string? Overtaken => forms.Overtaken;

    /// <summary>Why the open comment is not published by one press; null unless that was tried.</summary>
    public PublishingRisk? Risk => forms.Risk;

    /// <summary>Comments that are to be marked as spam together.</summary>
    public IReadOnlySet<SeenComment> Chosen => selection.Spam.Chosen;

    public IReadOnlyList<UndoableDecision> Undoable => selection.View.Undoable;

    /// <summary>What the next undo takes back: one decision, or all that were made together.</summary>
    public IReadOnlyList<UndoableDecision> NextUndo =>
        together.Count > 0 ? [.. Undoable.Where(one => together.Contains(one.Id))] : [.. Undoable.Take(1)];

    /// <summary>The first of them; null when there is none.</summary>
    public long? OfferedUndo => NextUndo is [var first, ..] ? first.Id : null;

    /// <summary>What has just happened, in words.</summary>
    public string Said { get; private set; } = "";

    /// <summary>Whether the screen has to be brought up to date again.</summary>
    public bool IsStale { get; private set; }

    public bool ShowsHelp { get; private set; }

    /// <summary>Whether keys do anything but help and escape.</summary>
    public bool KeysWork { get; set; } = true;

    public bool MayReply => Me.Role >= ModeratorRole.Editor && Open?.Comment.IsShown is true;

    private Decider Decider => Decider.Of(Me);

    /// <summary>Where the focus should go now.</summary>
    /// <returns>Null when it should stay where it is; so the second time.</returns>
    public string? TakeFocus()
    {
        var id = focusOn;
        focusOn = null;
        return id;
    }

    /// <summary>The drafts that are no longer needed: sent, or given up.</summary>
    public IReadOnlyList<(Guid Comment, QueuePanel Panel)> TakeSettled() => forms.TakeSettled();

    /// <param name="asked">The comment that a mail leads to; null for the first of the list.</param>
    /// <param name="draft">What the moderator was writing when the screen was lost; null when nothing.</param>
    public async Task BeginAsync(Guid? asked, KeptDraft? draft = null)
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
    public Task RenewAsync() => selection.RenewAsync();

    public Task EndAsync() => selection.EndAsync();

    /// <summary>Shows what others did meanwhile, but never a text that the moderator has not been told of.</summary>
    public async Task FollowAsync()
    {
        var (turns, now) = (gate.Turns, Open);
        var fresh = await selection.ReadAsync();
        var opened = now is null ? null : await selection.FindAsync(now.Seen);
        // An act makes no room for this, and what was read before it is old.
        IsStale = gate.IsBusy || gate.Turns != turns;
        if (IsStale)
            return;
        selection.Show(fresh);
        if (now is null)
            return;
        if (Panel is not QueuePanel.None)
            forms.Overtaken = WhyOvertaken(opened, now);
        else if (opened?.Seen == now.Seen)
            selection.Show(opened);
        else if (opened is not null)
            Said = Changed;
    }

    /// <summary>A key that was pressed anywhere but in a field.</summary>
    /// <param name="seen">What stood on the screen then.</param>
    /// <param name="selection">Start and length of the words that are selected in the comment; null when none are.</param>
    public Task HearAsync(string key, SeenScreen seen, int[]? selection) =>
        gate.TryAsync(() => ObeyAsync(key, seen, selection), isTold: key is "a" or "r" or "x" or "s" or "e" or "u");

    /// <summary>Says that a press was not taken: it was meant for what stood there before.</summary>
    public void Refuse()
    {
        if (!Said.EndsWith(NotTaken, StringComparison.Ordinal))
            SayAlso(NotTaken);
    }

    /// <summary>Says what went wrong.</summary>
    public void Say(string trouble) => Said = trouble;

    public void ToggleHelp() => ShowsHelp = !ShowsHelp;

    public void GoToList() => focusOn = TheList;

    public Task ChooseAsync(QueueFilter what) => gate.WaitAsync(() => selection.LoadAsync(what, 0));

    public Task TurnAsync(int by) => gate.WaitAsync(async () =>
    {
        await selection.LoadAsync(Filter, Page + by);
        GoToList();
    });

    public Task SelectAsync(Guid id)
    {
        // What is said of an act that is under way still has to be read.
        if (!gate.IsBusy)
            Said = "";
        return gate.WaitAsync(() => OpenAsync(id));
    }

    /// <summary>Decides, unless a form is open that the decision does not come from: it would throw away what is prepared there.</summary>
    public Task DecideAsync(SeenComment seen, Decision decision) => ActAsync(seen, now =>
    {
        if (Panel is QueuePanel.None || Panel == QueuePanels.FormOf(decision.Kind))
            return DecideAsync(now, decision);
        Said = Panel.StillOpen();
        return Task.CompletedTask;
    });

    /// <summary>Publishes all the same: the act that names what speaks against it.</summary>
    public Task ConfirmAsync(SeenComment seen, PublishingRisk named) =>
        ActAsync(seen, now => forms.Confirmed(named) is { } decision ? DecideAsync(now, decision) : RefuseAsync());

    /// <param name="replyId">Made with the form: however often it is sent, one answer is published.</param>
    public Task ReplyAsync(SeenComment seen, Guid replyId, string text) => ActAsync(seen, async now =>
    {
        var outcome = (await decisions.ReplyAsync(seen, now.Comment.ShownText, replyId, CommentText.Clean(text), Decider)).Outcome;
        Said = outcome.Answered();
        if (outcome is DecisionOutcome.Done or DecisionOutcome.AlreadyDecided)
            GiveUp();
        // The focus stays with the comment, which has to be read first.
        if (outcome is DecisionOutcome.TextChanged && await RefreshAsync(() => seen.Id))
            forms.Return(new(seen.Id, QueuePanel.Reply, text, replyId));
    });

    /// <summary>Takes back decisions that the screen named.</summary>
    public Task UndoAsync(IReadOnlyList<UndoableDecision> some) => gate.TryAsync(() => TakeBackAsync(some));

    /// <summary>Has the selected words taken out, beside what the rules suggest.</summary>
    /// <param name="selection">Start and length; null when no words are selected.</param>
    public Task CutAsync(SeenComment seen, int[]? selection) => ActAsync(seen, now => CutAsync(now, selection));

    public Task ShowAsync(SeenComment seen, QueuePanel which) => ActAsync(seen, _ => ShowAsync(which));

    /// <summary>Closes what is open below the comment. What was typed or marked there is kept for the next time.</summary>
    public void Close()
    {
        FocusCase();
        forms.Close();
    }

    /// <summary>The same, and what was typed or marked is no longer wanted.</summary>
    public void GiveUp()
    {
        FocusCase();
        if (Open is { } now)
            forms.GiveUp(now.Seen);
    }

    /// <summary>Closes words that can no longer be sent.</summary>
    public void DropUnsent(UnsentWords one) => forms.DropUnsent(one);

    public Task ReadOriginalAsync(SeenComment seen) => ActAsync(seen, async _ =>
    {
        var outcome = await selection.ReadOriginalAsync(seen);
        if (outcome is DecisionOutcome.MayNoLonger or DecisionOutcome.TextChanged)
            Said = outcome is DecisionOutcome.MayNoLonger ? DecisionSentences.MayNoLonger() : Changed;
    });

    public void Choose(SeenComment row)
    {
        if (Slice.Rows.Any(one => one.Seen == row))
            selection.Spam.Toggle(row);
        else
            Refuse();
    }

    /// <param name="seen">The comments that the button named.</param>
    public Task SpamChosenAsync(IReadOnlyCollection<SeenComment> seen) =>
        gate.TryAsync(() => seen.Count > 0 && Chosen.SetEquals(seen) ? SpamAsync(seen) : RefuseAsync());

    private Task ActAsync(SeenComment seen, Func<CommentCase, Task> act) =>
        gate.TryAsync(() => Open is { } now && now.Seen == seen ? act(now) : RefuseAsync());

    private Task RefuseAsync()
    {
        Refuse();
        return Task.CompletedTask;
    }

    private void SayAlso(string more) => Said = $"{Said} {more}".Trim();

    /// <summary>Goes on where the moderator was writing; or, if it can no longer be sent, shows what was written once more.</summary>
    private void GoOn(KeptDraft draft)
    {
        if (Open is { } now && (draft.Panel is QueuePanel.Reply ? MayReply : now.Comment.IsWaiting))
        {
            Show(draft.Panel);
            Said = "What you were writing is back.";
            return;
        }

        Withdraw(draft, draft.Panel.Overtaken(Open));
    }

    /// <param name="opened">The open comment as it is by now; null when it is gone.</param>
    /// <param name="now">As it stands on the screen.</param>
    private string? WhyOvertaken(CommentCase? opened, CommentCase now)
    {
        var isOpen = Panel is QueuePanel.Reply ? opened?.Comment.IsShown : opened?.Comment.IsWaiting;
        return isOpen is not true ? Panel.Overtaken(opened)
            : opened!.Seen != now.Seen ? "The writer has changed this text."
            : Panel is QueuePanel.Reply && opened.Comment.ShownText != now.Comment.ShownText ? "Readers see other words by now."
            : null;
    }

    private void Withdraw(KeptDraft draft, string why)
    {
        forms.Withdraw(draft, why);
        Said = $"{why} What you wrote was not sent; it stands above the list to be copied.";
    }

    private async Task ObeyAsync(string key, SeenScreen seen, int[]? selection)
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
            case not null when !KeysWork:
                break;
            case "j" or "ArrowDown":
                await StepAsync(1);
                break;
            case "k" or "ArrowUp":
                await StepAsync(-1);
                break;
            case "u" when seen.Undo != OfferedUndo:
            case "a" or "r" or "x" or "s" or "e" when (seen.Comment, seen.Comment is null ? 0 : seen.Revision) != (Open?.Comment.Id, Open?.Comment.Revision ?? 0):
                Refuse();
                break;
            case "u":
                await TakeBackAsync(NextUndo);
                break;
            case not null when Open is { } now:
                await ObeyAsync(key, now, selection);
                break;
        }
    }

    private Task ObeyAsync(string key, CommentCase now, int[]? selection)
    {
        switch (key)
        {
            case "a" or "s" or "e" when Panel is not QueuePanel.None:
                Said = Panel.StillOpen();
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

    private Task CutAsync(CommentCase now, int[]? selection)
    {
        if (Panel is not QueuePanel.Redaction)
            Redaction.Begin(now);
        Redaction.Add(selection, now.Words);
        Show(QueuePanel.Redaction);
        Said = Redaction.Said;
        return Task.CompletedTask;
    }

    private Task ShowAsync(QueuePanel which)
    {
        if (Panel.Bars(which))
            Said = Panel.StillOpen();
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
        var (before, marks) = (Open?.Comment, Panel is QueuePanel.Redaction ? Redaction.Cuts.Count : 0);
        await selection.OpenAsync(id);
        if (marks > 0 && before is not null && before.Id != id)
            SayAlso($"What you marked in the comment by {before.Author} is kept: open it again and press r.");
        forms.Close();
        if (moveFocus)
            focusOn = TheCase;
    }

    private Task StepAsync(int by)
    {
        var at = selection.Place + by;
        var isThere = at >= 0 && at < Slice.Rows.Count;
        Said = isThere ? "" : by > 0 ? "That was the last one on this page." : "That was the first one.";
        return isThere ? OpenAsync(Slice.Rows[at].Id) : Task.CompletedTask;
    }

    private async Task DecideAsync(CommentCase now, Decision decision)
    {
        var at = Math.Max(0, selection.Place);
        var result = await decisions.DecideAsync(now.Comment.Id, now.Comment.Revision, decision, Decider);
        Said = result.Sentence(decision.Kind, now.Comment.Author, Me.Name);
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

        forms.Settle(now.Seen);
        if (result.Outcome is not DecisionOutcome.Done && decision.Words is { Length: > 0 } words)
            Withdraw(new(now.Comment.Id, QueuePanel.Refusal, words, null), Said);
        together = [];
        await RefreshAsync(() => Slice.Rows.Count > 0 ? Slice.Rows[Math.Min(at, Slice.Rows.Count - 1)].Id : now.Comment.Id);
    }

    private async Task TakeBackAsync(IReadOnlyList<UndoableDecision> some)
    {
        if (some.Count is 0)
        {
            Said = "There is nothing to undo: a decision can be taken back for 10 minutes.";
            return;
        }

        var outcomes = new List<DecisionOutcome>();
        foreach (var one in some)
            outcomes.Add((await decisions.UndoAsync(one.Id, Decider)).Outcome);
        Said = DecisionSentences.Undone(outcomes, some[0].Author);
        together = [];
        await RefreshAsync(() => some[0].CommentId);
    }

    private async Task SpamAsync(IReadOnlyCollection<SeenComment> seen)
    {
        (together, Said) = await selection.Spam.MarkAsync(seen, Decider);
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
        catch (Exception failed) when (DatabaseFailure.Is(failed))
        {
            IsStale = true;
            Said += " The list is out of date: the database does not answer now.";
            return false;
        }
    }
}
