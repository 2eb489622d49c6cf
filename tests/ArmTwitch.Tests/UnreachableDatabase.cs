using System.Data.Common;
using ArmTwitch.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace ArmTwitch.Tests;

/// <summary>
/// Takes the database of a site away and gives it back: a file that cannot be opened, or a server that takes no connection.
/// </summary>
internal sealed class UnreachableDatabase : DbConnectionInterceptor
{
    private const int CannotOpen = 14;

    private bool isGone;
    private string? postgres;

    public bool IsGone
    {
        get => Volatile.Read(ref isGone);
        set
        {
            Volatile.Write(ref isGone, value);
            if (postgres is not null)
                PostgresServer.Set(postgres, isReachable: !value);
        }
    }

    public TestSite Of(TestSite site)
    {
        var settings = site.SameDatabase.ToDictionary();
        postgres = settings.ContainsKey("Data:Provider") ? settings["ConnectionStrings:ArmTwitch"] : null;
        return site.With(services => services.ConfigureDbContext<SqliteDb>(options => options.AddInterceptors(this)));
    }

    public override InterceptionResult ConnectionOpening(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result) =>
        IsGone ? throw new SqliteException("unable to open database file", CannotOpen) : result;

    public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(ConnectionOpening(connection, eventData, result));
}
