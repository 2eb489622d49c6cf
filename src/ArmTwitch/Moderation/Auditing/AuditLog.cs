using System.Text.Json;
using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderators.Auditing;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderation.Auditing;

/// <summary>Writes every decision on a comment, with who, when, on which version and why. It never contains a text.</summary>
public sealed class AuditLog(IDbContextFactory<ArmTwitchDb> databases)
{
    private static readonly string[] Columns =
        ["id", "comment", "revision", "kind", "moderator", "by", "code", "before", "after", "at", "waitedSeconds", "flags", "undoneAt"];

    /// <summary>Writes all entries, the oldest first, as CSV (RFC 4180).</summary>
    public async Task WriteCsvAsync(TextWriter output, CancellationToken cancellationToken = default)
    {
        await using var csv = AuditCsv.WriterFor(output);
        await csv.WriteRowAsync(Columns);
        await foreach (var row in RowsAsync(cancellationToken))
            await csv.WriteRowAsync(row);
    }

    /// <summary>Writes all entries, the oldest first, as one JSON array.</summary>
    public async Task WriteJsonAsync(TextWriter output, CancellationToken cancellationToken = default)
    {
        var separator = "[\n";
        await foreach (var row in RowsAsync(cancellationToken))
        {
            await output.WriteAsync(
                separator + JsonSerializer.Serialize(Columns.Zip(row).ToDictionary(pair => pair.First, pair => pair.Second)));
            separator = ",\n";
        }

        await output.WriteAsync(separator is "[\n" ? "[]\n" : "\n]\n");
    }

    private async IAsyncEnumerable<object?[]> RowsAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await foreach (var one in db.Set<CommentDecision>().AsNoTracking()
            .OrderBy(decision => decision.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return
            [
                one.Id, one.CommentId, one.Revision, one.Kind.ToString(), one.ModeratorId, one.By, one.Code, one.Before.ToString(),
                one.After.ToString(), one.At,
                one.WaitedSeconds, one.Flags, one.UndoneAt,
            ];
        }
    }
}
