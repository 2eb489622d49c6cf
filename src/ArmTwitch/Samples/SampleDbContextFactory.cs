using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Samples;

/// <summary>A database in a file of its own, whatever the settings say of the site's.</summary>
internal sealed class SampleDbContextFactory(string file) : IDbContextFactory<ArmTwitchDb>
{
    private readonly DbContextOptions<SqliteDb> options = DesignTimeServices.Options<SqliteDb>()
        .UseSqlite($"Data Source={file};Pooling=False").Options;

    public ArmTwitchDb CreateDbContext() => new SqliteDb(options);
}
