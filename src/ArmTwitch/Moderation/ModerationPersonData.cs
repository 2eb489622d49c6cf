using ArmTwitch.Comments;
using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderation;

/// <summary>Deletes what could still be undone on comments that are erased; it comes after those who erase them.</summary>
public sealed class ModerationPersonData(IDbContextFactory<ArmTwitchDb> databases, WriteGate gate) : IPersonData
{
    public async Task<IReadOnlyList<ErasedPart>> EraseAsync(PersonAddress person, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        using var turn = await gate.EnterAsync(cancellationToken);
        await db.Set<UndoNote>().Where(note => db.Set<Comment>().Any(comment => comment.Id == note.CommentId && comment.Status == CommentStatus.Erased)).ExecuteDeleteAsync(cancellationToken);
        return [];
    }
}
