using System.ComponentModel.DataAnnotations;

namespace ArmTwitch.Data;

/// <summary>The data folder and the database.</summary>
public sealed class DataOptions
{
    /// <summary>
    /// The data folder, created at the first start. A relative path is relative to the folder that holds the content folder.
    /// </summary>
    [Required(AllowEmptyStrings = false)]
    public string Directory { get; init; } = "data";

    /// <summary>SQLite in a file of the data folder, or the PostgreSQL of <c>ConnectionStrings:ArmTwitch</c>.</summary>
    public DatabaseKind Provider { get; init; } = DatabaseKind.Sqlite;

    /// <summary>Whether a start applies migrations; if not, run <c>database migrate</c>.</summary>
    public bool MigrateAtStart { get; init; } = true;

    /// <summary>With less free space on the disk of the data folder, <c>/health/ready</c> is degraded; 0 turns the check off.</summary>
    [Range(0, 1_000_000_000)]
    public int LeastFreeMegabytes { get; init; } = 100;
}

public enum DatabaseKind
{
    Sqlite,
    Postgres,
}
