using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderators.Auditing;

/// <summary>Queries over rows of the audit, the same for every source.</summary>
internal static class AuditRows
{
    /// <summary>The newest rows of the filter that follow a place, in the order of <see cref="AuditPosition"/>.</summary>
    /// <param name="after">Null for the newest of all.</param>
    /// <param name="source">See <see cref="IAuditSource.Order"/>.</param>
    public static IQueryable<T> Newest<T>(this IQueryable<T> rows, AuditFilter filter, AuditPosition? after, int source, int most)
        where T : class, IAuditRow
    {
        if (filter.By is { } by)
        {
            // The second half is for capitals, of which SQLite knows A to Z alone.
            var (typed, lower) = ($"{LikePattern.Of(by)}%", $"{LikePattern.Of(by.ToLowerInvariant())}%");
            rows = rows.Where(row => EF.Functions.Like(row.By, typed, LikePattern.Escape)
                || EF.Functions.Like(row.By.ToLower(), lower, LikePattern.Escape));
        }

        if (filter.From is { } from)
            rows = rows.Where(row => row.At >= from);
        if (filter.Until is { } until)
            rows = rows.Where(row => row.At < until);
        if (after is { } last)
        {
            // Of the same moment those with a smaller number follow; all of them after another source.
            var id = last.Source == source ? last.Id : last.Source < source ? long.MaxValue : 0;
            rows = rows.Where(row => row.At < last.At || (row.At == last.At && row.Id < id));
        }

        return rows.OrderByDescending(row => row.At).ThenByDescending(row => row.Id).Take(most);
    }
}
