using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.QueueState;
using ArmTwitch.Moderation.ReviewQueue;

namespace ArmTwitch.Moderation.DecisionForms;

/// <summary>
/// The parts of comments that a moderator has marked to be taken out. They are kept until the comment is decided on or they are given up.
/// </summary>
public sealed class RedactionDraft
{
    private readonly Dictionary<CommentVersion, List<Redaction>> marked = [];

    /// <summary>Those of the comment that is being worked on. The form changes them in place.</summary>
    public IList<Redaction> Redactions { get; private set; } = [];

    /// <summary>How many there are, in words.</summary>
    public string Message => Redactions.Count switch
    {
        0 => "Select words in the comment first, then press r.",
        1 => "One place to take out.",
        _ => $"{Redactions.Count} places to take out.",
    };

    /// <summary>Goes on with what was marked before, or begins with what the rules suggest.</summary>
    public void Begin(CommentReview review)
    {
        if (!marked.TryGetValue(review.Version, out var cuts) || cuts.Count is 0)
            marked[review.Version] = cuts = [.. Redaction.Suggest(review.DisplayText, review.Flags)];
        Redactions = cuts;
    }

    /// <summary>Adds the selected words, in the place of cuts that they touch.</summary>
    /// <param name="selection">Start and length; null when no words are selected.</param>
    public void Add(int[]? selection, string text)
    {
        if (selection is not [var start, > 0 and var length] || start < 0 || length > text.Length - start)
            return;
        foreach (var touched in Redactions.Where(cut => cut.Start < start + length && start < cut.End).ToList())
            Redactions.Remove(touched);
        Redactions.Add(new Redaction(start, length, RemovedKind.OtherPersonalData));
    }

    public void Forget(CommentVersion one)
    {
        if (marked.Remove(one, out var cuts) && Redactions == cuts)
            Redactions = [];
    }
}
