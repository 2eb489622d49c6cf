using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ArmTwitch.Operations;

/// <summary>What <c>backup</c> and <c>restore</c> say on PostgreSQL: the command lines of its own tools, without the password.</summary>
internal static class PostgresCommandLines
{
    public static string Dump(ArmTwitchDb db, string file) =>
        $"pg_dump --format=custom --exclude-table-data='\"DailyKeys\"' --file=\"{file}\" --dbname=\"{AddressOf(db)}\"";

    /// <summary>Into an empty database beside the old one: nothing is lost when the dump is damaged, or another one.</summary>
    public static string Restore(ArmTwitchDb db, string file) =>
        $"""
        stop every replica, give the old database another name, make a new and empty one, and then
        pg_restore --exit-on-error --dbname="{AddressOf(db)}" "{file}"
        armtwitch database restored
        Only then start the site: without the last command it would send mails again that went out since the dump. Each step stands in
        operating.md (docs/, or /usr/share/doc/armtwitch/), under "Backups of PostgreSQL".
        """;

    private static string AddressOf(ArmTwitchDb db)
    {
        var server = new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString());
        var where = new[] { ("host", server.Host), ("port", $"{server.Port}"), ("dbname", server.Database), ("user", server.Username) };
        return string.Join(' ', where.Where(one => one.Item2 is { Length: > 0 }).Select(one => $"{one.Item1}={one.Item2}"));
    }
}
