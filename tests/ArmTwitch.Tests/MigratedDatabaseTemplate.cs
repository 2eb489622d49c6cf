using ArmTwitch.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ArmTwitch.Tests;

/// <summary>
/// A database with all tables and nothing in them, made once for all tests and copied for each: that takes a hundredth of the time.
/// </summary>
internal static class MigratedDatabaseTemplate
{
    private static readonly Lazy<string> File = new(MakeFile), Server = new(MakeOnServer);

    /// <summary>Puts a copy where a site will look for its database.</summary>
    public static void CopyTo(string folder) => System.IO.File.Copy(File.Value, Path.Combine(folder, "armtwitch.db"));

    /// <returns>How to connect to a copy on the tests' own PostgreSQL.</returns>
    public static string CopyOnServer() => PostgresServer.NewDatabase(Server.Value);

    private static string MakeFile()
    {
        var folder = Directory.CreateTempSubdirectory("armtwitch-made-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        var file = Path.Combine(folder.FullName, "made.db");
        using var db = new SqliteDb(Options<SqliteDb>().UseSqlite($"Data Source={file};Pooling=False").Options);
        db.Database.Migrate();
        // There is nothing in it that a start would have to overwrite.
        db.Database.ExecuteSqlRaw("PRAGMA user_version=1");
        return file;
    }

    private static string MakeOnServer()
    {
        var address = PostgresServer.NewDatabase();
        using var db = new PostgresDb(Options<PostgresDb>().UseNpgsql($"{address};Pooling=false").Options);
        db.Database.Migrate();
        return db.Database.GetDbConnection().Database;
    }

    private static DbContextOptionsBuilder<T> Options<T>() where T : DbContext =>
        new DbContextOptionsBuilder<T>().UseApplicationServiceProvider(
            new ServiceCollection().Configure<IdentityOptions>(options => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
                .BuildServiceProvider());
}
