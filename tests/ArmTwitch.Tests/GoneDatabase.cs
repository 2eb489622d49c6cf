using System.Data.Common;
using ArmTwitch.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace ArmTwitch.Tests;

/// <summary>Takes the database of a site away and gives it back: a file that cannot be opened, or a server that takes no connection.</summary>
internal sealed class GoneDatabase : DbConnectionInterceptor
{
    private const int CannotOpen = 14;

    private bool isGone;

    /// <summary>Whose database it is; needed for PostgreSQL.</summary>
    public TestSite? Site { private get; set; }

    public bool IsGone
    {
        get => Volatile.Read(ref isGone);
        set
        {
            Volatile.Write(ref isGone, value);
            if (Site?.SameDatabase.Any(setting => setting.Value is "Postgres") is true)
                PostgresServer.Set(Site.SameDatabase.Single(setting => setting.Key is "ConnectionStrings:ArmTwitch").Value, isReachable: !value);
        }
    }

    /// <summary>For <see cref="TestSite.With"/>.</summary>
    public void AddTo(IServiceCollection services) => services.ConfigureDbContext<SqliteDb>(options => options.AddInterceptors(this));

    public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) =>
        IsGone ? throw new SqliteException("unable to open database file", CannotOpen) : result;

    public override ValueTask<InterceptionResult> ConnectionOpeningAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(ConnectionOpening(connection, eventData, result));
}
