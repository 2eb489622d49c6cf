using System.ComponentModel.DataAnnotations;

namespace ArmTwitch.Data;

/// <summary>Where the program keeps what it must not lose.</summary>
public sealed class DataOptions
{
    /// <summary>The data folder, made at the first start. A relative path stands beside the content folder.</summary>
    [Required(AllowEmptyStrings = false)]
    public string Directory { get; init; } = "data";

    /// <summary>Which database: a file in the data folder, or the PostgreSQL of <c>ConnectionStrings:ArmTwitch</c>.</summary>
    public DatabaseKind Provider { get; init; } = DatabaseKind.Sqlite;

    /// <summary>Whether a start brings the database up to date by itself; if not, <c>database migrate</c> does.</summary>
    public bool MigrateAtStart { get; init; } = true;

    /// <summary>With less free on the disk of the data folder, <c>/health/ready</c> is degraded; 0 never is.</summary>
    [Range(0, 1_000_000_000)]
    public int LeastFreeMegabytes { get; init; } = 100;
}

/// <summary>The databases the program runs on.</summary>
public enum DatabaseKind
{
    Sqlite,
    Postgres,
}
