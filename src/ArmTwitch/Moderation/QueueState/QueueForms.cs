using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.DecisionForms;

namespace ArmTwitch.Moderation.QueueState;

/// <summary>The forms below the open comment: which one is open, and what was typed or marked in them and not sent.</summary>
internal sealed class QueueForms
{
    private readonly List<(Guid Comment, QueuePanel Panel)> settled = [];
    private readonly List<UnsentWords> unsent = [];
    private Decision? asked;

    public QueuePanel Open { get; private set; }

    /// <inheritdoc cref="ModerationQueueState.Redaction"/>
    public RedactionDraft Redaction { get; } = new();

    /// <inheritdoc cref="ModerationQueueState.Returned"/>
    public BrowserDraft? Returned { get; private set; }

    /// <inheritdoc cref="ModerationQueueState.Unsent"/>
    public IReadOnlyList<UnsentWords> Unsent => unsent;

    /// <inheritdoc cref="ModerationQueueState.Overtaken"/>
    public string? Overtaken { get; set; }

    /// <inheritdoc cref="ModerationQueueState.Risk"/>
    public PublishingRisk? Risk { get; private set; }

    /// <inheritdoc cref="ModerationQueueState.TakeFinishedDrafts"/>
    public IReadOnlyList<(Guid Comment, QueuePanel Panel)> TakeSettled()
    {
        var taken = settled.ToList();
        settled.Clear();
        return taken;
    }

    public void Show(QueuePanel which) => Open = which;

    /// <summary>Asks a second time about a decision that one press does not carry out.</summary>
    public void Ask(Decision decision, PublishingRisk? risk) => (Open, asked, Risk) = (QueuePanel.Risk, decision, risk);

    /// <returns>The decision that was asked about, naming what speaks against it; null when something else was asked.</returns>
    public Decision? Confirmed(PublishingRisk named) =>
        asked is { } decision && Risk == named ? decision.WithAcknowledgedRisk(named.Kinds) : null;

    /// <summary>Opens the form of an answer with what was typed in it before.</summary>
    public void Return(BrowserDraft answer) => (Open, Returned) = (QueuePanel.Reply, answer);

    /// <summary>Closes what is open; what was typed or marked there is kept.</summary>
    public void Close() => (Open, Risk, asked, Returned, Overtaken) = (QueuePanel.None, null, null, null, null);

    /// <summary>The same, and what was typed or marked is no longer wanted.</summary>
    /// <param name="under">The comment that the form stands below.</param>
    public void GiveUp(CommentVersion under)
    {
        settled.Add((under.Id, Open));
        if (Open is QueuePanel.Redaction)
            Redaction.Forget(under);
        Close();
    }

    /// <summary>Whoever decided on a comment, what was prepared for it is of no more use.</summary>
    public void Settle(CommentVersion decided)
    {
        settled.Add((decided.Id, QueuePanel.Refusal));
        Redaction.Forget(decided);
    }

    /// <summary>Shows words that can no longer be sent, once more and to be copied.</summary>
    public void Withdraw(BrowserDraft draft, string why)
    {
        settled.Add((draft.Comment, draft.Panel));
        unsent.Add(new(draft.Words, why));
    }

    /// <summary>Closes one of them.</summary>
    public void DropUnsent(UnsentWords one) => unsent.Remove(one);
}

/// <summary>What a moderator typed and can no longer send.</summary>
/// <param name="Why">Why not, as a sentence.</param>
public sealed record UnsentWords(string Words, string Why);
