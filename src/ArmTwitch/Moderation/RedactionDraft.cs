namespace ArmTwitch.Moderation;

/// <summary>
/// The parts of comments that a moderator has marked to be taken out. They are kept until the comment is decided on or they are given up.
/// </summary>
public sealed class RedactionDraft
{
    private readonly Dictionary<SeenComment, List<Redaction>> marked = [];

    /// <summary>Those of the comment that is being worked on. The form changes them in place.</summary>
    public IList<Redaction> Cuts { get; private set; } = [];

    /// <summary>How many there are, in words.</summary>
    public string Said => Cuts.Count switch
    {
        0 => "Select words in the comment first, then press r.",
        1 => "One place to take out.",
        _ => $"{Cuts.Count} places to take out.",
    };

    /// <summary>Goes on with what was marked before, or begins with what the rules suggest.</summary>
    public void Begin(CommentCase one)
    {
        if (!marked.TryGetValue(one.Seen, out var cuts) || cuts.Count is 0)
            marked[one.Seen] = cuts = [.. Redaction.Suggest(one.Words, one.Flags)];
        Cuts = cuts;
    }

    /// <summary>Adds the selected words, in the place of cuts that they touch.</summary>
    /// <param name="selection">Start and length; null when no words are selected.</param>
    public void Add(int[]? selection, string text)
    {
        if (selection is not [var start, > 0 and var length] || start < 0 || length > text.Length - start)
            return;
        foreach (var touched in Cuts.Where(cut => cut.Start < start + length && start < cut.End).ToList())
            Cuts.Remove(touched);
        Cuts.Add(new Redaction(start, length, RemovedKind.OtherPersonalData));
    }

    public void Forget(SeenComment one)
    {
        if (marked.Remove(one, out var cuts) && Cuts == cuts)
            Cuts = [];
    }
}
