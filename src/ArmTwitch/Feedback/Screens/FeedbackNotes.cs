using ArmTwitch.Articles;
using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Feedback.Screens;

/// <summary>Which notes to show.</summary>
public enum NoteFilter
{
    /// <summary>Those that nobody has marked as handled.</summary>
    Waiting,
    Handled,
    All,
}

/// <param name="HasMore">Whether older ones follow.</param>
public sealed record NotePage(IReadOnlyList<FeedbackAnswer> Notes, bool HasMore);

/// <summary>The notes of readers, and which of them editors have handled.</summary>
public sealed class FeedbackNotes(IDbContextFactory<ArmTwitchDb> databases, WriteTransactionFactory writing, TimeProvider clock)
{
    public const int AtOnce = 50;

    public async Task<int> CountWaitingAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Filtered(db, NoteFilter.Waiting, null).CountAsync(cancellationToken);
    }

    /// <summary>One page of notes, the newest first.</summary>
    /// <param name="article">Null for the notes on all articles.</param>
    /// <param name="after">The last note of the page before; null for the first page.</param>
    public async Task<NotePage> ListAsync(
        NoteFilter filter, Slug? article = null, FeedbackAnswer? after = null, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var notes = Filtered(db, filter, article);
        if (after is { At: var at, Id: var id })
            notes = notes.Where(note => note.At < at || (note.At == at && note.Id.CompareTo(id) < 0));
        var some = await notes.AsNoTracking().OrderByDescending(note => note.At).ThenByDescending(note => note.Id)
            .Take(AtOnce + 1).ToListAsync(cancellationToken);
        return new NotePage([.. some.Take(AtOnce)], some.Count > AtOnce);
    }

    /// <summary>Marks a note as handled, or as waiting again.</summary>
    /// <returns>False when it is gone, or stood so already.</returns>
    public async Task<bool> MarkAsync(Guid id, bool isHandled, CancellationToken cancellationToken = default)
    {
        DateTimeOffset? handledAt = isHandled ? clock.GetUtcNow() : null;
        await using var write = await writing.BeginAsync(cancellationToken);
        var marked = await write.Db.Set<FeedbackAnswer>()
            .Where(answer => answer.Id == id && answer.Note != null && (answer.HandledAt == null) == isHandled)
            .ExecuteUpdateAsync(set => set.SetProperty(answer => answer.HandledAt, handledAt), cancellationToken);
        await write.CommitAsync(cancellationToken);
        return marked is 1;
    }

    private static IQueryable<FeedbackAnswer> Filtered(ArmTwitchDb db, NoteFilter filter, Slug? article)
    {
        var notes = db.Set<FeedbackAnswer>().Where(answer => answer.Note != null);
        if (article is { } slug)
            notes = notes.Where(answer => answer.Article == slug);
        return filter switch
        {
            NoteFilter.Waiting => notes.Where(answer => answer.HandledAt == null),
            NoteFilter.Handled => notes.Where(answer => answer.HandledAt != null),
            _ => notes,
        };
    }
}
