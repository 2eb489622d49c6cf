using ArmTwitch.Articles;
using ArmTwitch.Newsletter.Drafting.Parts;

namespace ArmTwitch.Newsletter.Drafting;

/// <summary>
/// Who has which issue open, so that two editors at one issue know of each other. It is of this replica alone: what somebody saves on
/// another one is seen within a second.
/// </summary>
public sealed class IssueEditorPresence
{
    private readonly Lock changing = new();
    private readonly List<Visit> visits = [];

    /// <summary>Raised when somebody has come or gone.</summary>
    public event Action<Slug>? Changed;

    /// <summary>Says that somebody has an issue open, until the result is disposed.</summary>
    /// <param name="connection">That of their browser; null for one that does not break off.</param>
    public IDisposable Enter(Slug issue, Guid editor, string name, EditorConnection? connection = null)
    {
        var visit = new Visit(this, issue, editor, name, connection);
        lock (changing)
            visits.Add(visit);
        Changed?.Invoke(issue);
        return visit;
    }

    /// <summary>The names of the others who have an issue open.</summary>
    public IReadOnlyList<string> OthersAt(Slug issue, Guid editor)
    {
        lock (changing)
            return [.. visits.Where(one => one.Issue == issue && one.Editor != editor).Select(one => one.Name).Distinct()];
    }

    /// <summary>
    /// Whether the editor has the issue open in another tab as well. A page that has lost its connection and was loaded anew is none.
    /// </summary>
    public bool IsElsewhere(Slug issue, Guid editor)
    {
        lock (changing)
            return visits.Count(one => one.Issue == issue && one.Editor == editor && one.IsConnected) > 1;
    }

    /// <summary>Notes that an editor has typed something in an issue.</summary>
    public void NoteTyping(Slug issue, Guid editor, DateTimeOffset at)
    {
        lock (changing)
        {
            foreach (var visit in visits.Where(one => one.Issue == issue && one.Editor == editor))
                visit.TypedAt = at;
        }
    }

    /// <summary>The names of the others who have typed something in an issue since then.</summary>
    public IReadOnlyList<string> WritersAt(Slug issue, Guid editor, DateTimeOffset since)
    {
        lock (changing)
            return [.. visits.Where(one => one.Issue == issue && one.Editor != editor && one.TypedAt >= since)
                .Select(one => one.Name).Distinct()];
    }

    private void Leave(Visit visit)
    {
        lock (changing)
        {
            if (!visits.Remove(visit))
                return;
        }

        Changed?.Invoke(visit.Issue);
    }

    private sealed class Visit : IDisposable
    {
        private readonly IssueEditorPresence presence;
        private readonly EditorConnection? connection;

        public Visit(IssueEditorPresence presence, Slug issue, Guid editor, string name, EditorConnection? connection)
        {
            (this.presence, this.connection, Issue, Editor, Name) = (presence, connection, issue, editor, name);
            if (connection is not null)
                connection.Changed += Tell;
        }

        public Slug Issue { get; }

        public Guid Editor { get; }

        public string Name { get; }

        public bool IsConnected => connection is not { IsConnected: false };

        /// <summary>Null before the first change.</summary>
        public DateTimeOffset? TypedAt { get; set; }

        public void Dispose()
        {
            if (connection is not null)
                connection.Changed -= Tell;
            presence.Leave(this);
        }

        private void Tell() => presence.Changed?.Invoke(Issue);
    }
}
