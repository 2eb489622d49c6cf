using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Samples;

/// <summary>A SQLite database in its own file, whatever the settings say.</summary>
internal sealed class SampleDbContextFactory(string file) : IDbContextFactory<ArmTwitchDb>
{
    private readonly DbContextOptions<SqliteDb> options = DesignTimeServices.Options<SqliteDb>()
        .UseSqlite($"Data Source={file};Pooling=False").Options;

    public ArmTwitchDb CreateDbContext() => new SqliteDb(options);
}
