using ArmTwitch.Data.Availability;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Data.Retention;

/// <summary>Erases everything that is kept under an address. If it fails half-way, it can be run again.</summary>
public sealed class PersonErasureService(
    IEnumerable<IPersonDataEraser> features, IDbContextFactory<ArmTwitchDb> databases, DatabaseInitializer database,
    WriteTransactionFactory writing)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task<IReadOnlyList<ErasureResult>> EraseAsync(PersonAddress person, CancellationToken cancellationToken = default)
    {
        await database.WhenReadyAsync(Patience, cancellationToken);
        var parts = new List<ErasureResult>();
        foreach (var feature in features)
            parts.AddRange(await feature.EraseAsync(person, cancellationToken));
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        using (await writing.WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken))
        {
            if (!await SqliteMaintenance.TruncateLogAsync(db, cancellationToken))
                parts.Add(new("log", 1, IsErased: false, "The site was reading all the time: pages of before stand in the database's log "
                    + "for ten minutes more. Then the site cuts it off."));
        }

        parts.AddRange(CopiesBeside(db));
        return parts;
    }

    /// <summary>Databases that a restore has put aside. The operator has to delete them.</summary>
    private static IEnumerable<ErasureResult> CopiesBeside(ArmTwitchDb db)
    {
        if (!db.Database.IsSqlite())
            return [];
        var file = Path.GetFullPath(db.Database.GetDbConnection().DataSource);
        var copies = Directory.GetFiles(Path.GetDirectoryName(file)!, $"{Path.GetFileName(file)}.before-*");
        return copies.Length is 0 ? [] : [new("copies", copies.Length, IsErased: false, $"A restore has left databases of before, in "
            + "which nothing is erased. Delete them when you need them no longer: "
            + $"{string.Join(", ", copies.Order(StringComparer.Ordinal))}")];
    }
}
