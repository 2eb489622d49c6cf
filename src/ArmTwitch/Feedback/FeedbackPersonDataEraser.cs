using ArmTwitch.Data;
using ArmTwitch.Data.Retention;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Feedback;

/// <summary>Deletes notes that name an address. Nothing else in an answer tells whose it is.</summary>
public sealed class FeedbackPersonDataEraser(WriteTransactionFactory writing) : IPersonDataEraser
{
    public async Task<IReadOnlyList<ErasureResult>> EraseAsync(PersonAddress person, CancellationToken cancellationToken = default)
    {
        await using var write = await writing.BeginAsync(cancellationToken);
        var answers = write.Db.Set<FeedbackAnswer>();
        var naming = await person.FindNamingAsync(answers.Select(answer => answer.Note), cancellationToken);
        var notes = await answers.Where(answer => naming.Contains(answer.Note!))
            .ExecuteUpdateAsync(set => set.SetProperty(answer => answer.Note, (string?)null), cancellationToken);
        await write.CommitAsync(cancellationToken);
        return notes is 0
            ? []
            : [new(
                "feedback", notes, IsErased: true,
                notes is 1 ? "1 note on an article that names the address is deleted."
                    : $"{notes} notes on articles that name the address are deleted.")];
    }
}
