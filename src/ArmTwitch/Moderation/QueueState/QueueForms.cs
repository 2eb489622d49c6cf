using ArmTwitch.Comments;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.DecisionForms;
using ArmTwitch.Moderation.ReviewQueue;

namespace ArmTwitch.Moderation.QueueState;

/// <summary>The forms below the open comment: which one is open, and what was typed or marked in them and not sent.</summary>
internal sealed class QueueForms
{
    private readonly List<(Guid Comment, QueuePanel Panel)> finished = [];
    private readonly List<UnsentWords> unsent = [];
    private Decision? unconfirmed;

    public QueuePanel Open { get; private set; }

    /// <summary>What is to be taken out of the open comment.</summary>
    public RedactionDraft Redaction { get; } = new();

    /// <summary>An answer that was sent and not published; its form goes on with it. Null when there is none.</summary>
    public BrowserDraft? Returned { get; private set; }

    /// <summary>Words that can no longer be sent, to be copied; the oldest first.</summary>
    public IReadOnlyList<UnsentWords> Unsent => unsent;

    /// <summary>Whether they are in view, and not folded into one line.</summary>
    public bool ShowsUnsent { get => field && unsent.Count > 0; set; }

    /// <summary>Words about a comment that is not open, which can still be sent; null when there are none.</summary>
    public KeptWords? Kept { get; private set; }

    /// <summary>Why the open form comes too late, as a sentence; null when it does not.</summary>
    public string? Overtaken { get; set; }

    /// <summary>Why one press does not do what was tried with the open comment; null when nothing was.</summary>
    public DecisionRisk? Risk { get; private set; }

    /// <returns>The drafts that are no longer needed: sent, or given up. The second call returns none.</returns>
    public IReadOnlyList<(Guid Comment, QueuePanel Panel)> TakeFinished()
    {
        var taken = finished.ToList();
        finished.Clear();
        return taken;
    }

    public void Show(QueuePanel panel) => Open = panel;

    /// <summary>Asks for confirmation of a decision that one press does not carry out.</summary>
    public void Ask(Decision decision, DecisionRisk? risk) => (Open, unconfirmed, Risk) = (QueuePanel.Risk, decision, risk);

    /// <returns>The decision that waits for confirmation, with the risk acknowledged; null when it waits for something else.</returns>
    public Decision? Confirmed(DecisionRisk named) =>
        unconfirmed is { } decision && Risk == named ? decision.WithAcknowledgedRisk(named.Kinds) : null;

    /// <returns>The words that the decision which waits for confirmation is about: those that it would publish.</returns>
    public string WordsInQuestion(CommentReview now) =>
        Deciding.Redaction.Apply(now.DisplayText, unconfirmed?.Redactions ?? [], null)?.Text ?? now.DisplayText;

    /// <summary>Opens the form of an answer with what was typed in it before.</summary>
    public void Return(BrowserDraft answer) => (Open, Returned) = (QueuePanel.Reply, answer);

    /// <summary>Closes what is open; what was typed or marked there is kept.</summary>
    public void Close() => (Open, Risk, unconfirmed, Returned, Overtaken) = (QueuePanel.None, null, null, null, null);

    /// <summary>Closes what is open and forgets what was typed or marked there.</summary>
    public void GiveUp(CommentVersion version)
    {
        Finish(version.Id, Open);
        if (Open is QueuePanel.Redaction)
            Redaction.Forget(version);
        Close();
    }

    /// <summary>Forgets what was prepared for a comment that somebody has decided on.</summary>
    public void Settle(CommentVersion decided)
    {
        Finish(decided.Id, QueuePanel.Refusal);
        Redaction.Forget(decided);
    }

    /// <summary>Shows words that can no longer be sent, to be copied.</summary>
    public void Withdraw(BrowserDraft draft, string why)
    {
        Finish(draft.Comment, draft.Panel);
        unsent.Add(new(draft.Words, why));
        ShowsUnsent = true;
    }

    /// <param name="opened">The open comment as it is by now; null when it is gone.</param>
    /// <param name="now">The comment as it is on the screen.</param>
    /// <returns>Why the open form comes too late; null when it does not.</returns>
    public string? WhyOvertaken(CommentReview? opened, CommentReview now)
    {
        if (opened is null || !Fits(opened))
            return Open.Overtaken(opened);
        return Open is QueuePanel.Note ? now.Comment.IsWaiting && !opened.Comment.IsWaiting ? Open.Overtaken(opened) : null
            : opened.Version != now.Version ? "The author has changed this text."
            : Open is QueuePanel.Reply && opened.Comment.ShownText != now.Comment.ShownText ? "Readers see other words by now."
            : null;
    }

    public void DropUnsent(UnsentWords one) => unsent.Remove(one);

    /// <summary>Tells of words about a comment that is not open; the browser keeps them.</summary>
    public void Keep(BrowserDraft draft, string author) => Kept = new(draft, author);

    /// <summary>Tells of them no longer.</summary>
    public void DropKept() => Kept = null;

    private void Finish(Guid comment, QueuePanel panel)
    {
        finished.Add((comment, panel));
        if (Kept?.Draft is { } kept && (kept.Comment, kept.Panel) == (comment, panel))
            Kept = null;
    }

    /// <summary>Whether the open form can be sent for the comment as it is by now. What is taken off the page does not wait.</summary>
    private bool Fits(CommentReview opened) =>
        Risk is { Decision: DecisionKind.Remove } ? opened.Comment.IsShown : Open.Fits(opened, opened.Comment.IsShown);
}

/// <summary>What a moderator was writing about a comment that is not open.</summary>
/// <param name="Author">Who wrote the comment.</param>
public sealed record KeptWords(BrowserDraft Draft, string Author);

/// <summary>What a moderator typed and can no longer send.</summary>
/// <param name="Why">Why not, as a sentence.</param>
public sealed record UnsentWords(string Words, string Why);
