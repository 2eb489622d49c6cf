using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Data.Retention;

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
        FindAsync(
            column, value => Spellings.Any(spelling => value.Contains(spelling, StringComparison.OrdinalIgnoreCase)), cancellationToken);

    /// <summary>
    /// Databases do not agree on the lower case of letters beyond ASCII. So the database finds what has the same ASCII letters, and the
    /// others are compared here.
    /// </summary>
    private async Task<IReadOnlyList<string>> FindAsync(
        IQueryable<string?> column, Func<string, bool> isMeant, CancellationToken cancellationToken)
    {
        var found = new HashSet<string>();
        foreach (var spelling in Spellings)
        {
            var pattern = $"%{BeyondAscii().Replace(SignsOfLike().Replace(spelling, $"{Escape}$0"), "%")}%";
            var values = await column.Where(value => EF.Functions.Like(value!.ToLower(), pattern, Escape))
                .Distinct().ToListAsync(cancellationToken);
            found.UnionWith(values.OfType<string>().Where(isMeant));
        }

        return [.. found];
    }

    [GeneratedRegex(@"[\\_%]")]
    private static partial Regex SignsOfLike();

    [GeneratedRegex(@"[^\x00-\x7F]+")]
    private static partial Regex BeyondAscii();
}
