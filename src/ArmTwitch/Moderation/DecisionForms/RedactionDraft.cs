using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.QueueState;
using ArmTwitch.Moderation.ReviewQueue;

namespace ArmTwitch.Moderation.DecisionForms;

/// <summary>
/// The parts of comments that a moderator has marked to be taken out, kept until the comment is decided on or the form is cancelled.
/// </summary>
public sealed class RedactionDraft
{
    private readonly Dictionary<CommentVersion, List<Redaction>> marked = [];

    /// <summary>The parts of the comment whose form is open. The form changes the list.</summary>
    public IList<Redaction> Redactions { get; private set; } = [];

    /// <summary>How many there are, for a screen reader; empty when there are none: the form says how to mark words.</summary>
    public string Message => Redactions.Count switch
    {
        0 => "",
        1 => "One place to take out.",
        _ => $"{Redactions.Count} places to take out.",
    };

    /// <summary>Continues with what was marked before, or begins with what the rules suggest.</summary>
    public void Begin(CommentReview review)
    {
        if (!marked.TryGetValue(review.Version, out var parts) || parts.Count is 0)
            marked[review.Version] = parts = [.. Redaction.Suggest(review.DisplayText, review.Flags)];
        Redactions = parts;
    }

    /// <summary>Adds the selected words. They replace parts that they overlap.</summary>
    /// <param name="selection">Start and length; null when no words are selected.</param>
    public void Add(int[]? selection, string text)
    {
        if (selection is not [var start, > 0 and var length] || start < 0 || length > text.Length - start)
            return;
        foreach (var overlapping in Redactions.Where(part => part.Start < start + length && start < part.End).ToList())
            Redactions.Remove(overlapping);
        Redactions.Add(new Redaction(start, length, RemovedKind.Words));
    }

    public void Forget(CommentVersion one)
    {
        if (marked.Remove(one, out var parts) && Redactions == parts)
            Redactions = [];
    }
}
