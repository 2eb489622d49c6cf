using ArmTwitch.Data;
using ArmTwitch.Data.Retention;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Feedback;

/// <summary>Takes notes out that name an address. Nothing else of an answer tells whose it is.</summary>
public sealed class FeedbackPersonDataEraser(IDbContextFactory<ArmTwitchDb> databases, SqliteWriteLock writeLock) : IPersonDataEraser
{
    public async Task<IReadOnlyList<ErasureResult>> EraseAsync(PersonAddress person, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        using var turn = await writeLock.AcquireAsync(cancellationToken);
        var naming = await person.FindNamingAsync(db.Set<FeedbackAnswer>().Select(answer => answer.Note), cancellationToken);
        var notes = await db.Set<FeedbackAnswer>().Where(answer => naming.Contains(answer.Note!))
            .ExecuteUpdateAsync(set => set.SetProperty(answer => answer.Note, (string?)null), cancellationToken);
        return notes is 0 ? [] : [new("feedback", notes, IsErased: true, $"{(notes is 1 ? "1 note on an article that names the address is" : $"{notes} notes on articles that name the address are")} deleted.")];
    }
}
