using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Data;

/// <summary>Whom somebody asks to have erased.</summary>
/// <param name="Text">The address as it was typed.</param>
/// <param name="Key">The one spelling of all that reach the same mailbox.</param>
public sealed partial record PersonAddress(string Text, string Key)
{
    /// <summary>Comes before a sign that LIKE would read otherwise.</summary>
    private const string Escape = "\\";

    /// <summary>How the address may stand somewhere, in lower case.</summary>
    public IReadOnlyList<string> Spellings { get; } = [.. new[] { Text.ToLowerInvariant(), Key.ToLowerInvariant() }.Distinct()];

    /// <summary>The values of a column that are this address, each as it stands there.</summary>
    public Task<IReadOnlyList<string>> FindAsync(IQueryable<string?> column, CancellationToken cancellationToken = default) =>
        FindAsync(column, value => Spellings.Contains(value, StringComparer.OrdinalIgnoreCase), cancellationToken);

    /// <summary>The values of a column in which this address stands somewhere, each as it stands there.</summary>
    public Task<IReadOnlyList<string>> FindNamingAsync(IQueryable<string?> column, CancellationToken cancellationToken = default) =>
        FindAsync(column, value => Spellings.Any(spelling => value.Contains(spelling, StringComparison.OrdinalIgnoreCase)), cancellationToken);

    /// <summary>
    /// Databases do not agree on the lower case of letters beyond ASCII. So the database finds what has the same ASCII letters, and the
    /// others are compared here.
    /// </summary>
    private async Task<IReadOnlyList<string>> FindAsync(IQueryable<string?> column, Func<string, bool> isMeant, CancellationToken cancellationToken)
    {
        var found = new HashSet<string>();
        foreach (var spelling in Spellings)
        {
            var pattern = $"%{BeyondAscii().Replace(SignsOfLike().Replace(spelling, $"{Escape}$0"), "%")}%";
            var values = await column.Where(value => EF.Functions.Like(value!.ToLower(), pattern, Escape)).Distinct().ToListAsync(cancellationToken);
            found.UnionWith(values.OfType<string>().Where(isMeant));
        }

        return [.. found];
    }

    [GeneratedRegex(@"[\\_%]")]
    private static partial Regex SignsOfLike();

    [GeneratedRegex(@"[^\x00-\x7F]+")]
    private static partial Regex BeyondAscii();
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
