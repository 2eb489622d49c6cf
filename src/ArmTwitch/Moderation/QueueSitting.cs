using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderators;

namespace ArmTwitch.Moderation;

/// <summary>One moderator's sitting at the queue: what is listed, which comment is open, and what the screen says next.</summary>
public sealed class QueueSitting(WaitingComments waiting, Decisions decisions, SignedIn me)
{
    /// <summary>Where the focus can be sent, by the ids of the screen.</summary>
    public const string TheList = "list-heading", TheCase = "case-heading", ThePanel = "panel", TheHelp = "help-heading";

    private readonly List<Redaction> cuts = [];
    private readonly HashSet<Guid> chosen = [];
    private HashSet<long> together = [];
    private bool isBusy;

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
    public IList<Redaction> Cuts => cuts;

    /// <summary>Comments that are to be marked as spam together.</summary>
    public IReadOnlySet<Guid> Chosen => chosen;

    public IReadOnlyList<UndoableDecision> Undoable { get; private set; } = [];

    /// <summary>What has just happened, in words.</summary>
    public string Said { get; private set; } = "";

    public bool ShowsHelp { get; private set; }

    /// <summary>Whether keys do anything but help and escape.</summary>
    public bool KeysWork { get; set; } = true;

    public bool MayReply => me.Role >= ModeratorRole.Editor && Open?.Comment.IsShown is true;

    private string? FocusOn { get; set; }

    private Decider Decider => new(me.Id, me.Name, me.Role);

    /// <summary>Where the focus should go now.</summary>
    /// <returns>Null when it should stay where it is; so the second time.</returns>
    public string? TakeFocus()
    {
        var id = FocusOn;
        FocusOn = null;
        return id;
    }

    /// <param name="asked">The comment that a mail leads to; null for the first of the list.</param>
    public async Task BeginAsync(Guid? asked)
    {
        await LoadAsync();
        if (asked is { } id)
            await OpenAsync(id);
        else if (Slice.Rows.Count > 0)
            await OpenAsync(Slice.Rows[0].Id, moveFocus: false);
    }

    /// <summary>Says that the open comment is still being looked at.</summary>
    public Task RenewAsync() => Open is { } now ? waiting.ClaimAsync(now.Comment.Id, me.Id) : Task.CompletedTask;

    public Task EndAsync() => Open is { } now ? waiting.ReleaseAsync(now.Comment.Id, me.Id) : Task.CompletedTask;

    /// <summary>Shows what others did meanwhile, but never a text that the moderator has not been told of.</summary>
    public async Task FollowAsync()
    {
        await LoadAsync();
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
    /// <param name="selection">Start and length of the words that are selected in the comment; null when none are.</param>
    public Task HearAsync(string key, int[]? selection) => OneAtATimeAsync(() => ObeyAsync(key, selection));

    public void ToggleHelp() => ShowsHelp = !ShowsHelp;

    public void GoToList() => FocusOn = TheList;

    public async Task ChooseAsync(QueueFilter what)
    {
        (Filter, Page) = (what, 0);
        await LoadAsync();
    }

    public async Task TurnAsync(int by)
    {
        Page += by;
        await LoadAsync();
        GoToList();
    }

    public Task SelectAsync(Guid id)
    {
        Said = "";
        return OpenAsync(id);
    }

    public Task DecideAsync(Decision decision) => OneAtATimeAsync(() => Open is { } now ? DecideAsync(now, decision) : Task.CompletedTask);

    public async Task ReplyAsync(string text)
    {
        var result = await decisions.ReplyAsync(Open!.Comment.Id, CommentText.Clean(text), Decider);
        Said = result.Outcome is DecisionOutcome.Done ? "Your answer is published." : "The answer could not be published. Write something, or see whether the comment is still there.";
        if (result.Outcome is DecisionOutcome.Done)
            Close();
    }

    public async Task UndoAsync(IReadOnlyList<UndoableDecision> some)
    {
        if (some.Count is 0)
        {
            Said = "There is nothing to undo: a decision can be taken back for 10 minutes.";
            return;
        }

        var outcomes = new List<DecisionOutcome>();
        foreach (var one in some)
            outcomes.Add((await decisions.UndoAsync(one.Id, Decider)).Outcome);
        var done = outcomes.Count(outcome => outcome is DecisionOutcome.Done);
        Said = (some.Count, done) switch
        {
            (1, 1) => $"Undone: the comment by {some[0].Author} stands as it did before.",
            (1, _) when outcomes[0] is DecisionOutcome.TooLate => "The ten minutes are over.",
            (1, _) => "It cannot be undone: something else has happened since.",
            _ => $"{done} of {some.Count} undone.",
        };
        together = [];
        await LoadAsync();
        await OpenAsync(some[0].CommentId);
    }

    /// <summary>Has the selected words taken out, beside what the rules suggest.</summary>
    /// <param name="selection">Start and length; null when no words are selected.</param>
    public void Cut(int[]? selection)
    {
        if (Panel is not QueuePanel.Redaction)
        {
            Panel = QueuePanel.Redaction;
            cuts.Clear();
            cuts.AddRange(Redaction.Suggest(Open!.Words, Open.Flags));
        }

        if (selection is [var start, > 0 and var length] && start + length <= Open!.Words.Length)
        {
            cuts.RemoveAll(cut => cut.Start < start + length && start < cut.End);
            cuts.Add(new Redaction(start, length, RemovedKind.OtherPersonalData));
        }

        Said = cuts.Count switch
        {
            0 => "Select words in the comment first, then press r.",
            1 => "One place to take out.",
            _ => $"{cuts.Count} places to take out.",
        };
        FocusOn = ThePanel;
    }

    public void Show(QueuePanel which) => (Panel, FocusOn) = (which, ThePanel);

    public void Close()
    {
        if (Panel is not QueuePanel.None)
            FocusOn = TheCase;
        Panel = QueuePanel.None;
        cuts.Clear();
    }

    public async Task ReadOriginalAsync() => Original = await waiting.ReadOriginalAsync(Open!.Comment.Id, Decider) ?? "It is no longer kept.";

    public void Choose(Guid id)
    {
        if (!chosen.Remove(id))
            chosen.Add(id);
    }

    public async Task SpamChosenAsync()
    {
        var (asked, marked) = (chosen.Count, new HashSet<long>());
        foreach (var row in Slice.Rows.Where(row => chosen.Contains(row.Id)).ToList())
        {
            if ((await decisions.DecideAsync(row.Id, row.Revision, Decision.Spam, Decider)).DecisionId is { } made)
                marked.Add(made);
        }

        Said = $"{marked.Count} of {asked} marked as spam. Press u to undo them all.";
        chosen.Clear();
        together = marked;
        await LoadAsync();
        if (Slice.Rows.Count > 0)
            await OpenAsync(Slice.Rows[0].Id);
    }

    /// <summary>What is asked before the screen shows what was done last is not heard: it may be meant for another comment.</summary>
    private async Task OneAtATimeAsync(Func<Task> act)
    {
        if (isBusy)
            return;
        isBusy = true;
        try
        {
            await act();
        }
        finally
        {
            isBusy = false;
        }
    }

    private async Task ObeyAsync(string key, int[]? selection)
    {
        var isWaiting = Open?.Comment.IsWaiting is true;
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
            case "a" when isWaiting:
                await DecideAsync(Open!, Decision.Approve);
                break;
            case "r" when isWaiting:
                Cut(selection);
                break;
            case "x" when isWaiting:
                Show(QueuePanel.Refusal);
                break;
            case "s" when isWaiting:
                await DecideAsync(Open!, Decision.Spam);
                break;
            case "e" when MayReply:
                Show(QueuePanel.Reply);
                break;
            case "u":
                await UndoAsync(together.Count > 0 ? [.. Undoable.Where(one => together.Contains(one.Id))] : [.. Undoable.Take(1)]);
                break;
        }
    }

    private async Task LoadAsync()
    {
        Counts = await waiting.CountAsync();
        Slice = await waiting.ListAsync(Filter, Page);
        Choices = await waiting.ListChoicesAsync();
        Undoable = await decisions.ListUndoableAsync(Decider);
        chosen.IntersectWith(Slice.Rows.Select(row => row.Id));
    }

    private async Task OpenAsync(Guid id, bool moveFocus = true)
    {
        if (Open is { } before && before.Comment.Id != id)
            await waiting.ReleaseAsync(before.Comment.Id, me.Id);
        await waiting.ClaimAsync(id, me.Id);
        (Panel, Original) = (QueuePanel.None, null);
        cuts.Clear();
        Open = await waiting.FindAsync(id);
        if (moveFocus)
            FocusOn = TheCase;
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
        Said = Tell(result, decision.Kind, now.Comment.Author);
        if (result.Outcome is DecisionOutcome.TextChanged or DecisionOutcome.NotAllowed)
        {
            Open = await waiting.FindAsync(now.Comment.Id);
            return;
        }

        together = [];
        await LoadAsync();
        await OpenAsync(Slice.Rows.Count > 0 ? Slice.Rows[Math.Min(at, Slice.Rows.Count - 1)].Id : now.Comment.Id);
    }

    /// <returns>Its place on the page; -1 when it is not there.</returns>
    private int PlaceOf(CommentCase? one) => Slice.Rows.ToList().FindIndex(row => row.Id == one?.Comment.Id);

    private static string Tell(DecisionResult result, DecisionKind kind, string author) => result.Outcome switch
    {
        DecisionOutcome.Done => $"{kind.Done()}: the comment by {author}. Press u to undo.",
        DecisionOutcome.AlreadyDecided => $"{result.By} was faster. Nothing was changed.",
        DecisionOutcome.TextChanged => "The writer has changed the text. Please read it again.",
        DecisionOutcome.NotAllowed => "That is not possible here. An appeal is decided by another moderator.",
        _ => "The comment is no longer there.",
    };
}

/// <summary>What is open below a comment.</summary>
public enum QueuePanel
{
    None,
    Refusal,
    Redaction,
    Reply,
}
