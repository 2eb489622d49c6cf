using ArmTwitch.Articles;
using ArmTwitch.Newsletter.Drafting.Parts;
using ArmTwitch.Newsletter.Screens;

namespace ArmTwitch.Newsletter.Drafting;

/// <summary>
/// One editor at one open issue: what stands in the fields, what the database has, and what to do where the two have gone apart.
/// </summary>
public sealed class IssueEditingSession(IssueDraftService drafts, Slug slug, Guid editor, SavedIssueDraft opened) : IDisposable
{
    private readonly SemaphoreSlim saving = new(1);

    /// <summary>What was typed here and saved, by the names of the fields.</summary>
    private readonly Dictionary<string, string> savedHere = [];

    private IssueDraftMerge? setAside;

    /// <summary>
    /// The version that the fields began with, or that they were last saved as. Of a field that clashes with <see cref="Conflict"/>, its
    /// draft has what both began with.
    /// </summary>
    public SavedIssueDraft Basis { get; private set; } = opened;

    /// <summary>What stands in the fields.</summary>
    public IssueDraft Mine { get; private set; } = opened.Draft;

    /// <summary>
    /// What somebody else saved meanwhile and cannot be put together with the fields. Until the editor has chosen, nothing is saved. Null
    /// when there is no such thing.
    /// </summary>
    public SavedIssueDraft? Conflict { get; private set; }

    /// <summary>The newest version of which this editor was told.</summary>
    public int Version => (Conflict ?? Basis).Version;

    /// <summary>What is to be chosen from, beside <see cref="Conflict"/>: only fields that clash differ from it.</summary>
    public IssueDraft Disputed => IssueDraft.Merge(Basis.Draft, Mine, (Conflict ?? Basis).Draft).Disputed;

    /// <summary>Whether the editor gave something up for a colleague's words that can be brought back.</summary>
    public bool HasSetAside => setAside is not null;

    /// <summary>The names of the fields that the database has as they were typed here: who changes one goes on from it.</summary>
    public IReadOnlyList<string> FieldsSavedHere
    {
        get
        {
            var now = KeptIssueFields.Of(Basis.Draft);
            return [.. savedHere.Where(one => now.GetValueOrDefault(one.Key) == one.Value).Select(one => one.Key)];
        }
    }

    /// <summary>What somebody else's save last changed in the fields; null before the first.</summary>
    public ColleagueChange? Arrived { get; private set; }

    /// <summary>What this editor had saved and others have replaced since; null when there is nothing of the kind.</summary>
    public ReplacedIssueWords? Replaced { get; private set; }

    /// <summary>Whether somebody else has deleted the draft.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Who deleted it and when; null when nobody has, or nothing tells.</summary>
    public IssueDeletion? Deletion { get; private set; }

    /// <summary>Whether the fields hold something that is not saved.</summary>
    public bool IsUnsaved => Mine != Basis.Draft;

    /// <summary>Takes what the editor has changed.</summary>
    /// <param name="typedOn">
    /// The draft of <see cref="Basis"/> as the screen showed it to them: words that were typed while others were on their way to the screen
    /// are a change of that. Null when it showed the newest.
    /// </param>
    public void Change(Func<IssueDraft, IssueDraft> change, IssueDraft? typedOn = null)
    {
        var before = Mine;
        Mine = change(Mine);
        setAside = null;
        Arrived = Arrived?.Without(Mine.FieldsUnlike(before));
        if (typedOn is not null && typedOn != Basis.Draft)
            Combine(KeptIssueFields.Changed(before, Mine, typedOn).ReadBasisInto(Basis.Draft, FieldsSavedHere), Conflict ?? Basis);
    }

    /// <summary>Takes what the browser kept and the server may not have heard. Only fields that were typed in are changed.</summary>
    public void Restore(KeptIssueFields kept)
    {
        Mine = kept.ReadInto(Mine);
        Combine(kept.ReadBasisInto(Basis.Draft, FieldsSavedHere), Conflict ?? Basis);
    }

    /// <summary>Saves the fields, if they hold something new and nobody has to choose first.</summary>
    /// <returns>Whether the database has now what the fields held at the call.</returns>
    public async Task<bool> SaveAsync(CancellationToken cancellationToken = default)
    {
        await saving.WaitAsync(cancellationToken);
        try
        {
            if (Conflict is not null || IsGone)
                return false;
            Mine = Mine.Fit();
            if (!IsUnsaved)
                return true;
            var (sent, basis) = (Mine, Basis);
            var result = await drafts.SaveAsync(slug, sent, basis, editor, cancellationToken);
            var (isSaved, now) = (result.IsSaved, result.Now);
            if (result.Merged is { } theirs)
            {
                Arrived = ColleagueChange.Of(SeenFromHere(theirs), basis);
                NoteReplaced(basis.Draft, SeenFromHere(theirs));
            }

            if (now is null)
                await NoteGoneAsync(cancellationToken);
            else if (isSaved)
                Adopt(sent, basis.Draft, now);
            else if (now.IsOpen)
                Combine(Basis.Draft, now);
            else
                Basis = Basis with { State = now.State };
            return isSaved;
        }
        finally
        {
            saving.Release();
        }
    }

    /// <summary>Looks whether somebody else has saved, and shows it where that takes nothing from this editor.</summary>
    /// <returns>What was saved; null when nothing was.</returns>
    public async Task<SavedIssueDraft?> FollowAsync(CancellationToken cancellationToken = default)
    {
        await saving.WaitAsync(cancellationToken);
        try
        {
            var now = await drafts.FindAsync(slug, cancellationToken);
            if (now?.Id != Basis.Id)
            {
                await NoteGoneAsync(cancellationToken);
                return null;
            }

            IsGone = false;
            if (now.Version <= Version)
            {
                if (Conflict is null && Basis.State != now.State)
                    Basis = now;
                return null;
            }

            var before = Basis;
            now = SeenFromHere(now);
            Combine(before.Draft, now);
            if (Conflict is null)
            {
                Arrived = ColleagueChange.Of(now, before);
                NoteReplaced(before.Draft, now);
            }

            return now;
        }
        finally
        {
            saving.Release();
        }
    }

    /// <summary>Keeps what stands in the fields: it is saved over the version that was shown beside it, and over no newer one.</summary>
    public Task<bool> KeepMineAsync(CancellationToken cancellationToken = default)
    {
        if (Conflict is { } theirs)
            (Basis, Conflict) = (theirs, null);
        return SaveAsync(cancellationToken);
    }

    /// <summary>Takes what somebody else saved, in the fields that clash.</summary>
    public void TakeTheirs()
    {
        if (Conflict is not { } theirs)
            return;
        setAside = IssueDraft.Merge(Basis.Draft, Mine, theirs.Draft);
        (Mine, Basis, Conflict) = (setAside.TakingTheirs, theirs, null);
    }

    /// <summary>Puts what was given up back into its fields.</summary>
    public void BringBack()
    {
        if (setAside is { } given)
            (Mine, setAside) = (IssueDraft.Merge(given.TakingTheirs, given.KeepingMine, Mine).KeepingMine, null);
    }

    /// <summary>The editor has what was replaced.</summary>
    public void ForgetReplaced() => Replaced = null;

    public void Dispose() => saving.Dispose();

    private async Task NoteGoneAsync(CancellationToken cancellationToken)
    {
        if (!IsGone)
            Deletion = await drafts.FindDeletionAsync(Basis.Id, cancellationToken);
        IsGone = true;
    }

    /// <summary>Goes on from what was saved, with what was typed while it was being saved.</summary>
    private void Adopt(IssueDraft sent, IssueDraft basis, SavedIssueDraft now)
    {
        var before = KeptIssueFields.Of(basis);
        foreach (var (name, words) in KeptIssueFields.Of(sent.Fit()))
        {
            if (before.GetValueOrDefault(name) != words)
                savedHere[name] = words;
        }

        // What the browser had kept may have been restored meanwhile, and clash.
        Combine(
            Conflict is { } theirs
                ? IssueDraft.Combine(sent, Basis.Draft, theirs.Draft, (mine, from, newer) => from == newer ? mine : from)
                : sent,
            now);
    }

    /// <summary>Puts the fields and what the database has together. Those that clash stay until the editor has chosen.</summary>
    /// <param name="from">What the fields are a change of.</param>
    private void Combine(IssueDraft from, SavedIssueDraft now)
    {
        var merge = IssueDraft.Merge(from, Mine, now.Draft);
        Mine = merge.KeepingMine;
        (Basis, Conflict) = merge.HasClash ? (Basis with { Draft = merge.Basis }, SeenFromHere(now)) : (now, null);
    }

    /// <summary>Keeps what was typed here, stood in a draft and does not stand in what a colleague has saved.</summary>
    private void NoteReplaced(IssueDraft before, SavedIssueDraft now)
    {
        if (now.IsOwn)
            return;
        var (had, has) = (KeptIssueFields.Of(before), KeptIssueFields.Of(now.Draft));
        var words = savedHere.Where(one => one.Value.Length > 0 && Holds(had, one) && !Holds(has, one))
            .Select(one => (one.Key, one.Value)).ToList();
        if (words.Count > 0)
            Replaced = new(now.By, [.. Replaced?.Words ?? [], .. words]);

        static bool Holds(IReadOnlyDictionary<string, string> fields, KeyValuePair<string, string> words) =>
            fields.GetValueOrDefault(words.Key)?.Contains(words.Value, StringComparison.Ordinal) is true;
    }

    private SavedIssueDraft SeenFromHere(SavedIssueDraft saved) => saved with { IsOwn = saved.EditorId == editor };
}
