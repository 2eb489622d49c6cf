namespace ArmTwitch.Moderation;

/// <summary>The parts of one comment that a moderator has chosen to take out so far.</summary>
public sealed class RedactionDraft
{
    private readonly List<Redaction> cuts = [];

    /// <summary>The form changes them in place.</summary>
    public IList<Redaction> Cuts => cuts;

    /// <summary>How many there are, in words.</summary>
    public string Said => cuts.Count switch
    {
        0 => "Select words in the comment first, then press r.",
        1 => "One place to take out.",
        _ => $"{cuts.Count} places to take out.",
    };

    /// <summary>Begins with what the rules suggest.</summary>
    public void Begin(CommentCase one)
    {
        cuts.Clear();
        cuts.AddRange(Redaction.Suggest(one.Words, one.Flags));
    }

    /// <summary>Adds the selected words, in the place of cuts that they touch.</summary>
    /// <param name="selection">Start and length; null when no words are selected.</param>
    public void Add(int[]? selection, string text)
    {
        if (selection is not [var start, > 0 and var length] || start < 0 || length > text.Length - start)
            return;
        cuts.RemoveAll(cut => cut.Start < start + length && start < cut.End);
        cuts.Add(new Redaction(start, length, RemovedKind.OtherPersonalData));
    }

    public void Clear() => cuts.Clear();
}
