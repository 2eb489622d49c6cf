using System.Text.Json.Serialization;
using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderators;

namespace ArmTwitch.Moderation;

/// <summary>One moderator's sitting at the queue: what is listed, which comment is open, and what the screen says next.</summary>
/// <remarks>
/// An act carries what stood on the screen when it was done. What the screen did not show is refused: the comment that moves up after a
/// decision must not be decided by the second press of a key.
/// </remarks>
public sealed class QueueSitting(WaitingComments waiting, Decisions decisions, SignedIn me)
{
    /// <summary>Where the focus can be sent, by the ids of the screen.</summary>
    public const string TheList = "list-heading", TheCase = "case-heading", ThePanel = "panel", TheHelp = "help-heading";

    private const string NotTaken = "Your last press was not taken: the screen had only just changed.";

    private readonly HashSet<SeenComment> chosen = [];
    private readonly List<(Guid Comment, QueuePanel Panel)> settled = [];
    private HashSet<long> together = [];
    private Decision? asked;
    private bool isBusy, isHurried;
    private int openings;

    public SignedIn Me => me;

    public QueueCounts Counts { get; private set; } = new(0, 0, 0, null);

    public QueueFilter Filter { get; private set; } = QueueFilter.Everything;

    public QueueChoices Choices { get; private set; } = QueueChoices.None;

    /// <summary>The page of the list, counted from 0.</summary>
    public int Page { get; private set; }

    public QueueSlice Slice { get; private set; } = new([], 0);

    /// <summary>The comment to decide on; null when none is open.</summary>
    public CommentCase? Open { get; private set; }

    /// <summary>The original of the open comment, when it was asked for.</summary>
    public string? Original { get; private set; }

    public QueuePanel Panel { get; private set; }

    /// <summary>What is to be taken out of the open comment.</summary>
    public RedactionDraft Redaction { get; } = new();

    /// <summary>Why the open comment is not published by one press; null unless that was tried.</summary>
    public PublishingRisk? Risk { get; private set; }

    /// <summary>Comments that are to be marked as spam together.</summary>
    public IReadOnlySet<SeenComment> Chosen => chosen;

    public IReadOnlyList<UndoableDecision> Undoable { get; private set; } = [];

    /// <summary>What the next undo takes back: one decision, or all that were made together.</summary>
    public IReadOnlyList<UndoableDecision> NextUndo =>
        together.Count > 0 ? [.. Undoable.Where(one => together.Contains(one.Id))] : [.. Undoable.Take(1)];

    /// <summary>The first of them; null when there is none.</summary>
    public long? OfferedUndo => NextUndo is [var first, ..] ? first.Id : null;

    /// <summary>What has just happened, in words.</summary>
    public string Said { get; private set; } = "";

    /// <summary>Whether something was saved and the screen could not be brought up to date afterwards.</summary>
    public bool IsStale { get; private set; }

    public bool ShowsHelp { get; private set; }

    /// <summary>Whether keys do anything but help and escape.</summary>
    public bool KeysWork { get; set; } = true;

    public bool MayReply => me.Role >= ModeratorRole.Editor && Open?.Comment.IsShown is true;

    private string? FocusOn { get; set; }

    private Decider Decider => Decider.Of(me);

    /// <summary>Where the focus should go now.</summary>
    /// <returns>Null when it should stay where it is; so the second time.</returns>
    public string? TakeFocus()
    {
        var id = FocusOn;
        FocusOn = null;
        return id;
    }

    /// <summary>The drafts that are no longer needed: sent, or given up.</summary>
    public IReadOnlyList<(Guid Comment, QueuePanel Panel)> TakeSettled()
    {
        var taken = settled.ToList();
        settled.Clear();
        return taken;
    }

    /// <param name="asked">The comment that a mail leads to; null for the first of the list.</param>
    /// <param name="draft">What the moderator was writing when the screen was lost; null when nothing.</param>
    public async Task BeginAsync(Guid? asked, KeptDraft? draft = null)
    {
        await LoadAsync(Filter, Page);
        if ((asked ?? draft?.Comment) is { } id)
            await OpenAsync(id);
        if (Open is null && asked is null && Slice.Rows.Count > 0)
            await OpenAsync(Slice.Rows[0].Id, moveFocus: false);
        if (Open is { } now && now.Comment.Id == draft?.Comment && (draft.Panel is QueuePanel.Reply ? MayReply : now.Comment.IsWaiting))
        {
            Show(draft.Panel);
            Said = "What you were writing is back.";
        }
    }

    /// <summary>Says that the open comment is still being looked at.</summary>
    public Task RenewAsync() => Open is { } now ? waiting.ClaimAsync(now.Comment.Id, me.Id) : Task.CompletedTask;

    public Task EndAsync() => Open is { } now ? waiting.ReleaseAsync(now.Comment.Id, me.Id) : Task.CompletedTask;

    /// <summary>Shows what others did meanwhile, but never a text that the moderator has not been told of.</summary>
    public async Task FollowAsync()
    {
        await LoadAsync(Filter, Page);
        IsStale = false;
        if (Open is not { } now || Panel is not QueuePanel.None || await waiting.FindAsync(now.Comment.Id) is not { } fresh)
            return;
        // Meanwhile the moderator may have gone on to another.
        if (!ReferenceEquals(Open, now))
            return;
        if (fresh.Comment.Revision == now.Comment.Revision)
            Open = fresh;
        else
            Said = "The writer has changed this text. Open the comment again to read the new one.";
    }

    /// <summary>A key that was pressed anywhere but in a field.</summary>
    /// <param name="seen">What stood on the screen then.</param>
    /// <param name="selection">Start and length of the words that are selected in the comment; null when none are.</param>
    public Task HearAsync(string key, SeenScreen seen, int[]? selection) =>
        OneAtATimeAsync(() => ObeyAsync(key, seen, selection), isTold: key is "a" or "r" or "x" or "s" or "e" or "u");

    /// <summary>Says that a press was not taken: it was meant for what stood there before.</summary>
    public void Refuse()
    {
        if (!Said.EndsWith(NotTaken, StringComparison.Ordinal))
            Said = $"{Said} {NotTaken}".Trim();
    }

    /// <summary>Says what went wrong.</summary>
    public void Say(string trouble) => Said = trouble;

    public void ToggleHelp() => ShowsHelp = !ShowsHelp;

    public void GoToList() => FocusOn = TheList;

    public Task ChooseAsync(QueueFilter what) => LoadAsync(what, 0);

    public async Task TurnAsync(int by)
    {
        await LoadAsync(Filter, Page + by);
        GoToList();
    }

    public Task SelectAsync(Guid id)
    {
        Said = "";
        return OpenAsync(id);
    }

    /// <summary>Decides, unless a form is open that the decision does not come from: it would throw away what is prepared there.</summary>
    public Task DecideAsync(SeenComment seen, Decision decision) => ActAsync(seen, now =>
    {
        if (Panel is QueuePanel.None || Panel == FormOf(decision.Kind))
            return DecideAsync(now, decision);
        Said = Panel.StillOpen();
        return Task.CompletedTask;
    });

    /// <summary>Publishes all the same: the act that names what speaks against it.</summary>
    public Task ConfirmAsync(SeenComment seen, PublishingRisk named) =>
        ActAsync(seen, now => asked is { } decision && Risk == named ? DecideAsync(now, decision.Despite(named.Kinds)) : RefuseAsync());

    /// <param name="replyId">Made with the form: however often it is sent, one answer is published.</param>
    public Task ReplyAsync(SeenComment seen, Guid replyId, string text) => ActAsync(seen, async now =>
    {
        var outcome = (await decisions.ReplyAsync(now.Comment.Id, replyId, CommentText.Clean(text), Decider)).Outcome;
        Said = outcome switch
        {
            DecisionOutcome.Done => "Your answer is published.",
            DecisionOutcome.AlreadyDecided => "Your answer had been published before, once.",
            _ => "The answer could not be published. Write something, or see whether the comment is still there.",
        };
        if (outcome is DecisionOutcome.Done or DecisionOutcome.AlreadyDecided)
            GiveUp();
    });

    /// <summary>Takes back decisions that the screen named.</summary>
    public Task UndoAsync(IReadOnlyList<UndoableDecision> some) => OneAtATimeAsync(() => TakeBackAsync(some));

    /// <summary>Has the selected words taken out, beside what the rules suggest.</summary>
    /// <param name="selection">Start and length; null when no words are selected.</param>
    public void Cut(SeenComment seen, int[]? selection)
    {
        if (Find(seen) is not { } now)
        {
            Refuse();
            return;
        }

        if (Panel is not QueuePanel.Redaction)
            Redaction.Begin(now);
        Redaction.Add(selection, now.Words);
        Show(QueuePanel.Redaction);
        Said = Redaction.Said;
    }

    public void Show(SeenComment seen, QueuePanel which)
    {
        if (Find(seen) is null)
            Refuse();
        else if (which is QueuePanel.Reply && Panel is not (QueuePanel.None or QueuePanel.Reply))
            Said = Panel.StillOpen();
        else
            Show(which);
    }

    /// <summary>Closes what is open below the comment. What was typed there is kept for the next time.</summary>
    public void Close()
    {
        if (Panel is not QueuePanel.None)
            FocusOn = TheCase;
        Reset();
    }

    /// <summary>The same, and what was typed is no longer wanted.</summary>
    public void GiveUp()
    {
        if (Open is { } now)
            settled.Add((now.Comment.Id, Panel));
        Close();
    }

    public async Task ReadOriginalAsync() => Original = await waiting.ReadOriginalAsync(Open!.Comment.Id, Decider) ?? "It is no longer kept.";

    public void Choose(SeenComment row)
    {
        if (!Slice.Rows.Any(one => one.Seen == row))
            Refuse();
        else if (!chosen.Remove(row))
            chosen.Add(row);
    }

    /// <param name="seen">The comments that the button named.</param>
    public Task SpamChosenAsync(IReadOnlyCollection<SeenComment> seen) => OneAtATimeAsync(() => seen.Count > 0 && chosen.SetEquals(seen) ? SpamAsync(seen) : RefuseAsync());

    /// <summary>An act that comes before the last one is done is not heard, and told of: it may be meant for another comment.</summary>
    private async Task OneAtATimeAsync(Func<Task> act, bool isTold = true)
    {
        if (isBusy)
        {
            isHurried |= isTold;
            return;
        }

        isBusy = true;
        try
        {
            await act();
        }
        finally
        {
            isBusy = false;
            if (isHurried)
                Refuse();
            isHurried = false;
        }
    }

    private Task ActAsync(SeenComment seen, Func<CommentCase, Task> act) => OneAtATimeAsync(() => Find(seen) is { } now ? act(now) : RefuseAsync());

    private Task RefuseAsync()
    {
        Refuse();
        return Task.CompletedTask;
    }

    /// <returns>The open comment if it is the one that was seen; otherwise null.</returns>
    private CommentCase? Find(SeenComment seen) => Open is { } now && now.Seen == seen ? now : null;

    private async Task ObeyAsync(string key, SeenScreen seen, int[]? selection)
    {
        switch (key)
        {
            case "?":
                ToggleHelp();
                FocusOn = ShowsHelp ? TheHelp : TheCase;
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

    private async Task ObeyAsync(string key, CommentCase now, int[]? selection)
    {
        switch (key)
        {
            case "a" or "s" or "e" when Panel is not QueuePanel.None:
                Said = Panel.StillOpen();
                break;
            case "a" when now.Comment.IsWaiting:
                await DecideAsync(now, Decision.Approve);
                break;
            case "r" when now.Comment.IsWaiting:
                Cut(now.Seen, selection);
                break;
            case "x" when now.Comment.IsWaiting:
                Show(QueuePanel.Refusal);
                break;
            case "s" when now.Comment.IsWaiting:
                await DecideAsync(now, Decision.Spam);
                break;
            case "e" when MayReply:
                Show(QueuePanel.Reply);
                break;
        }
    }

    /// <returns>The form that such a decision is made in; none for those of one press.</returns>
    private static QueuePanel FormOf(DecisionKind kind) => kind switch
    {
        DecisionKind.ApproveRedacted => QueuePanel.Redaction,
        DecisionKind.Reject => QueuePanel.Refusal,
        _ => QueuePanel.None,
    };

    private void Show(QueuePanel which) => (Panel, FocusOn) = (which, ThePanel);

    private void Reset()
    {
        (Panel, Risk, asked) = (QueuePanel.None, null, null);
        Redaction.Clear();
    }

    private async Task LoadAsync(QueueFilter filter, int page)
    {
        var counts = await waiting.CountAsync();
        var slice = await waiting.ListAsync(filter, page);
        var choices = await waiting.ListChoicesAsync();
        var undoable = await decisions.ListUndoableAsync(Decider);
        (Filter, Page, Counts, Slice, Choices, Undoable) = (filter, page, counts, slice, choices, undoable);
        chosen.IntersectWith(slice.Rows.Select(row => row.Seen));
    }

    private async Task OpenAsync(Guid id, bool moveFocus = true)
    {
        var opening = ++openings;
        var found = await waiting.FindAsync(id);
        // Meanwhile the moderator may have asked for another.
        if (opening != openings)
            return;
        var before = Open?.Comment.Id;
        (Open, Original) = (found, null);
        Reset();
        if (moveFocus)
            FocusOn = TheCase;
        try
        {
            if (before is { } left && left != id)
                await waiting.ReleaseAsync(left, me.Id);
            await waiting.ClaimAsync(id, me.Id);
        }
        catch (Exception failed) when (DatabaseFailure.Is(failed))
        {
            // Colleagues do not see that it is open here. It can be read and decided on all the same, and the claim is renewed in a minute.
        }
    }

    private async Task StepAsync(int by)
    {
        var at = PlaceOf(Open) + by;
        if (at >= 0 && at < Slice.Rows.Count)
            await SelectAsync(Slice.Rows[at].Id);
        else
            Said = by > 0 ? "That was the last one on this page." : "That was the first one.";
    }

    private async Task DecideAsync(CommentCase now, Decision decision)
    {
        var at = Math.Max(0, PlaceOf(now));
        var result = await decisions.DecideAsync(now.Comment.Id, now.Comment.Revision, decision, Decider);
        Said = result.Sentence(decision.Kind, now.Comment.Author, me.Name);
        switch (result.Outcome)
        {
            case DecisionOutcome.NeedsConfirmation:
                (asked, Risk) = (decision, result.Risk);
                Show(QueuePanel.Risk);
                return;
            case DecisionOutcome.NotAllowed or DecisionOutcome.MayNoLonger:
                return;
            case DecisionOutcome.TextChanged:
                await RefreshAsync(() => OpenAsync(now.Comment.Id));
                return;
            case DecisionOutcome.Done:
                settled.Add((now.Comment.Id, QueuePanel.Refusal));
                break;
        }

        together = [];
        await RefreshAsync(async () =>
        {
            await LoadAsync(Filter, Page);
            await OpenAsync(Slice.Rows.Count > 0 ? Slice.Rows[Math.Min(at, Slice.Rows.Count - 1)].Id : now.Comment.Id);
        });
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
        await RefreshAsync(async () =>
        {
            await LoadAsync(Filter, Page);
            await OpenAsync(some[0].CommentId);
        });
    }

    private async Task SpamAsync(IReadOnlyCollection<SeenComment> seen)
    {
        var marked = new HashSet<long>();
        try
        {
            foreach (var one in seen.ToList())
            {
                if ((await decisions.DecideAsync(one.Id, one.Revision, Decision.Spam, Decider)).DecisionId is { } made)
                    marked.Add(made);
                chosen.Remove(one);
            }

            Said = $"{marked.Count} of {seen.Count} marked as spam. Press u to undo them all.";
        }
        catch (Exception failed) when (DatabaseFailure.Is(failed) && marked.Count > 0)
        {
            Said = $"{marked.Count} of {seen.Count} marked as spam; the others are not saved. They are still chosen: try again.";
        }

        together = marked;
        await RefreshAsync(async () =>
        {
            await LoadAsync(Filter, Page);
            if (Slice.Rows.Count > 0)
                await OpenAsync(Slice.Rows[0].Id);
        });
    }

    /// <summary>Brings the screen up to date after something was saved. If that fails, what was saved is not called failed.</summary>
    private async Task RefreshAsync(Func<Task> read)
    {
        try
        {
            await read();
        }
        catch (Exception failed) when (DatabaseFailure.Is(failed))
        {
            IsStale = true;
            Said += " The list is out of date: the database does not answer now.";
        }
    }

    /// <returns>Its place on the page; -1 when it is not there.</returns>
    private int PlaceOf(CommentCase? one) => Slice.Rows.ToList().FindIndex(row => row.Id == one?.Comment.Id);
}

/// <summary>What is open below a comment. The browser knows it by its name.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<QueuePanel>))]
public enum QueuePanel
{
    None,
    Refusal,
    Redaction,
    Reply,

    /// <summary>The second act before something is published that one press does not publish.</summary>
    Risk,
}
