using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Data.Retention;

/// <summary>The address of a person to erase.</summary>
/// <param name="Text">The address as it was typed.</param>
/// <param name="Key">One spelling for all that reach the same mailbox.</param>
public sealed partial record PersonAddress(string Text, string Key)
{
    /// <summary>The spellings to look for, in lower case.</summary>
    public IReadOnlyList<string> Spellings { get; } = [.. new[] { Text.ToLowerInvariant(), Key.ToLowerInvariant() }.Distinct()];

    /// <summary>Values of a column that are this address, as they are stored.</summary>
    public Task<IReadOnlyList<string>> FindAsync(IQueryable<string?> column, CancellationToken cancellationToken = default) =>
        FindAsync(column, value => Spellings.Contains(value, StringComparer.OrdinalIgnoreCase), cancellationToken);

    /// <summary>Values of a column that contain this address, as they are stored.</summary>
    public Task<IReadOnlyList<string>> FindNamingAsync(IQueryable<string?> column, CancellationToken cancellationToken = default) =>
        FindAsync(
            column, value => Spellings.Any(spelling => value.Contains(spelling, StringComparison.OrdinalIgnoreCase)), cancellationToken);

    /// <summary>
    /// Databases differ in the lower case of letters beyond ASCII. So the database compares ASCII letters only, and this method the rest.
    /// </summary>
    private async Task<IReadOnlyList<string>> FindAsync(
        IQueryable<string?> column, Func<string, bool> isMeant, CancellationToken cancellationToken)
    {
        var found = new HashSet<string>();
        foreach (var spelling in Spellings)
        {
            var pattern = $"%{BeyondAscii().Replace(LikePattern.Of(spelling), "%")}%";
            var values = await column.Where(value => EF.Functions.Like(value!.ToLower(), pattern, LikePattern.Escape))
                .Distinct().ToListAsync(cancellationToken);
            found.UnionWith(values.OfType<string>().Where(isMeant));
        }

        return [.. found];
    }

    [GeneratedRegex(@"[^\x00-\x7F]+")]
    private static partial Regex BeyondAscii();
}
