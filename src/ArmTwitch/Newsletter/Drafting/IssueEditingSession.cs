using ArmTwitch.Articles;

namespace ArmTwitch.Newsletter.Drafting;

/// <summary>
/// One editor at one open issue: what stands in the fields, what the database has, and what to do where the two have gone apart.
/// </summary>
public sealed class IssueEditingSession(IssueDraftService drafts, Slug slug, Guid editor, SavedIssueDraft opened) : IDisposable
{
    private readonly SemaphoreSlim saving = new(1);

    /// <summary>The version that the fields began with, or that they were last saved as.</summary>
    public SavedIssueDraft Basis { get; private set; } = opened;

    /// <summary>What stands in the fields.</summary>
    public IssueDraft Mine { get; private set; } = opened.Draft;

    /// <summary>
    /// What somebody else saved meanwhile and cannot be put together with the fields. Until the editor has chosen, nothing is saved. Null
    /// when there is no such thing.
    /// </summary>
    public SavedIssueDraft? Conflict { get; private set; }

    /// <summary>What the editor gave up for a colleague's words; null when nothing can be brought back.</summary>
    public IssueDraft? SetAside { get; private set; }

    /// <summary>What somebody else's save last changed in the fields; null before the first.</summary>
    public ColleagueChange? Arrived { get; private set; }

    /// <summary>Whether somebody else has deleted the draft.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Whether the fields hold something that is not saved.</summary>
    public bool IsUnsaved => Mine != Basis.Draft;

    /// <summary>Takes what the editor has changed.</summary>
    public void Change(Func<IssueDraft, IssueDraft> change)
    {
        Mine = change(Mine);
        SetAside = null;
    }

    /// <summary>Takes what the browser kept while the connection was gone.</summary>
    /// <param name="version">The version on which it was typed.</param>
    public void Restore(IssueDraft kept, int version)
    {
        Mine = kept;
        if (IsUnsaved && version < Basis.Version)
            Conflict = Basis;
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
            if (!IsUnsaved)
                return true;
            var sent = Mine;
            var result = await drafts.SaveAsync(slug, sent, Basis, editor, cancellationToken);
            var (isSaved, now) = (result.IsSaved, result.Now);
            if (result.Merged is { } theirs)
                Arrived = ColleagueChange.Of(theirs, Basis);
            if (now is null)
                IsGone = true;
            else if (isSaved)
                Adopt(sent, now);
            else if (now.IsOpen)
                Conflict = now;
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
            IsGone = now is null;
            if (now is null)
                return null;
            if (now.Version <= (Conflict ?? Basis).Version)
            {
                if (Conflict is null && Basis.State != now.State)
                    Basis = now;
                return null;
            }

            if (IssueDraft.Merge(Basis.Draft, Mine, now.Draft) is { } merged)
                (Arrived, Mine, Basis, Conflict) = (ColleagueChange.Of(now, Basis), merged, now, null);
            else
                Conflict = now;
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

    /// <summary>Takes what somebody else saved.</summary>
    public void TakeTheirs()
    {
        if (Conflict is { } theirs)
            (SetAside, Mine, Basis, Conflict) = (Mine, theirs.Draft, theirs, null);
    }

    /// <summary>Puts what was given up back into the fields.</summary>
    public void BringBack()
    {
        if (SetAside is { } before)
            (Mine, SetAside) = (before, null);
    }

    public void Dispose() => saving.Dispose();

    /// <summary>Goes on from what was saved, with what was typed while it was being saved.</summary>
    private void Adopt(IssueDraft sent, SavedIssueDraft now)
    {
        if (IssueDraft.Merge(sent, Mine, now.Draft) is { } merged)
            (Mine, Basis) = (merged, now);
        else
            Conflict = now;
    }
}
