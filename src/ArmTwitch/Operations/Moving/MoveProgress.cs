using System.Security.Cryptography;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Data.Restoring;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Operations.Moving;

/// <summary>
/// How far a move has come, in a table of the target that is there only while a move is. Each step is written in the transaction that
/// copies the rows.
/// </summary>
internal sealed class MoveProgress(ArmTwitchDb target)
{
    /// <summary>Any number that no other advisory lock uses: "ArmTMove" in ASCII.</summary>
    public const long LockKey = 0x41726D544D6F7665;

    private const string Table = DatabaseInitializer.UnfinishedMove;

    public Task<bool> IsBegunAsync(CancellationToken cancellationToken) => target.IsThereAsync(Table, cancellationToken);

    /// <summary>What a file is known by when the move goes on: its content, so that it may lie elsewhere by then.</summary>
    public static async Task<string> IdentityOfAsync(string file, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
    }

    /// <param name="file">The identity of the file that is moved, which takes the place of a first step.</param>
    public Task BeginAsync(string file, CancellationToken cancellationToken) => target.ExecuteAsync(
        $"""
        CREATE TABLE "{Table}" ("Step" text PRIMARY KEY, "LastRow" bigint NOT NULL);
        INSERT INTO "{Table}" VALUES ('{file}', 0)
        """,
        cancellationToken);

    /// <summary>Whether the move that has begun is of this file.</summary>
    public async Task<bool> IsOfAsync(string file, CancellationToken cancellationToken) =>
        await LastRowAsync(file, cancellationToken) is 0;

    public Task EndAsync(CancellationToken cancellationToken) => target.ExecuteAsync($"DROP TABLE \"{Table}\"", cancellationToken);

    /// <returns>The number of the last row that was copied in this step; the smallest number when there is none.</returns>
    public async Task<long> LastRowAsync(string step, CancellationToken cancellationToken) =>
        await target.Database.SqlQuery<long?>($"SELECT \"LastRow\" AS \"Value\" FROM \"DatabaseMove\" WHERE \"Step\" = {step}")
            .SingleOrDefaultAsync(cancellationToken) ?? long.MinValue;

    public Task RecordAsync(string step, long row, CancellationToken cancellationToken) => target.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO "DatabaseMove" ("Step", "LastRow") VALUES ({step}, {row})
        ON CONFLICT ("Step") DO UPDATE SET "LastRow" = excluded."LastRow"
        """,
        cancellationToken);
}

internal static class MoveTarget
{
    /// <summary>Whether the database has such a table.</summary>
    public static Task<bool> IsThereAsync(this ArmTwitchDb target, string table, CancellationToken cancellationToken) =>
        target.Database.SqlQuery<bool>($"SELECT to_regclass(quote_ident({table})) IS NOT NULL AS \"Value\"").SingleAsync(cancellationToken);
}
