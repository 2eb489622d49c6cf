using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Data;

/// <summary>Whom somebody asks to have erased.</summary>
/// <param name="Text">The address as it was typed.</param>
/// <param name="Key">The one spelling of all that reach the same mailbox.</param>
public sealed record PersonAddress(string Text, string Key)
{
    /// <summary>Comes before a sign that LIKE would read otherwise.</summary>
    public const string Escape = "\\";

    /// <summary>How the address may stand somewhere, in lower case.</summary>
    public IReadOnlyList<string> Spellings { get; } = [.. new[] { Text.ToLowerInvariant(), Key.ToLowerInvariant() }.Distinct()];

    /// <summary>The same, to be found in the midst of a text in lower case.</summary>
    public IEnumerable<string> Patterns => Spellings.Select(spelling => $"%{spelling.Replace(Escape, Escape + Escape, StringComparison.Ordinal).Replace("_", Escape + "_", StringComparison.Ordinal).Replace("%", Escape + "%", StringComparison.Ordinal)}%");
}

/// <summary>What one feature found of a person.</summary>
/// <param name="What">A word for programs, such as <c>comments</c>.</param>
/// <param name="IsErased">False for what only a person can decide on.</param>
/// <param name="Sentence">What was done, for the operator.</param>
public sealed record ErasedPart(string What, int Count, bool IsErased, string Sentence);

/// <summary>What a feature keeps about people who are known by an address.</summary>
public interface IPersonData
{
    /// <returns>Only what was found.</returns>
    Task<IReadOnlyList<ErasedPart>> EraseAsync(PersonAddress person, CancellationToken cancellationToken = default);
}

/// <summary>Erases all that is kept under an address. When it fails half-way, doing it again does the rest.</summary>
public sealed class PersonErasure(IEnumerable<IPersonData> features, IDbContextFactory<ArmTwitchDb> databases, Database database, WriteGate gate)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task<IReadOnlyList<ErasedPart>> EraseAsync(PersonAddress person, CancellationToken cancellationToken = default)
    {
        await database.WhenReadyAsync(Patience, cancellationToken);
        var parts = new List<ErasedPart>();
        foreach (var feature in features)
            parts.AddRange(await feature.EraseAsync(person, cancellationToken));
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        using (await gate.EnterAsync(cancellationToken))
        {
            if (!await SqliteMaintenance.TruncateLogAsync(db, cancellationToken))
                parts.Add(new("log", 1, IsErased: false, "The site was reading all the time: pages of before stand in the database's log for ten minutes more. Then the site cuts it off."));
        }

        parts.AddRange(CopiesBeside(db));
        return parts;
    }

    /// <summary>What a restore has put aside is the operator's to delete, and nobody erases in it.</summary>
    private static IEnumerable<ErasedPart> CopiesBeside(ArmTwitchDb db)
    {
        if (!db.Database.IsSqlite())
            return [];
        var file = Path.GetFullPath(db.Database.GetDbConnection().DataSource);
        var copies = Directory.GetFiles(Path.GetDirectoryName(file)!, $"{Path.GetFileName(file)}.before-*");
        return copies.Length is 0 ? [] : [new("copies", copies.Length, IsErased: false, $"A restore has left databases of before, in which nothing is erased. Delete them when you need them no longer: {string.Join(", ", copies.Order(StringComparer.Ordinal))}")];
    }
}
