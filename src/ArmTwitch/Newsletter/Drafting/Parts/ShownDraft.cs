namespace ArmTwitch.Newsletter.Drafting.Parts;

/// <summary>
/// What was saved of an issue as the browser of an editor shows it. The server knows newer words first; what the browser sends until it has
/// them was typed on the older ones.
/// </summary>
internal sealed class ShownDraft
{
    /// <summary>Of each rendering that the browser has not taken over yet.</summary>
    private readonly Queue<IssueDraft> renderings = [];

    /// <summary>Null before the first rendering.</summary>
    public IssueDraft? Current { get; private set; }

    /// <summary>Notes that the fields are rendered.</summary>
    /// <returns>The number of the version in them.</returns>
    public int Render(IssueEditingSession session)
    {
        renderings.Enqueue(session.Basis.Draft);
        return session.Version;
    }

    /// <summary>
    /// Notes that the browser has taken the next rendering over. Blazor calls OnAfterRender for each of them then, in their order, and what
    /// was typed before has come before.
    /// </summary>
    public void Confirm()
    {
        if (renderings.TryDequeue(out var basis))
            Current = basis;
    }
}
