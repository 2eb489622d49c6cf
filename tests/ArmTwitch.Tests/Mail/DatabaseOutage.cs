using System.Data.Common;
using ArmTwitch.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace ArmTwitch.Tests.Mail;

/// <summary>Takes the database of a site away and gives it back.</summary>
internal sealed class DatabaseOutage : DbConnectionInterceptor
{
    private const int CannotOpen = 14;

    private string? postgres;
    private volatile bool isAway;

    public TestSite Of(TestSite site)
    {
        postgres = site.SameDatabase.FirstOrDefault(setting => setting is { Key: "ConnectionStrings:ArmTwitch", Value: var address } && address.StartsWith("Host", StringComparison.Ordinal)).Value;
        return site.With(services => services.ConfigureDbContext<SqliteDb>(options => options.AddInterceptors(this)));
    }

    public void Begin()
    {
        isAway = true;
        if (postgres is not null)
            PostgresServer.Set(postgres, isReachable: false);
    }

    public void End()
    {
        isAway = false;
        if (postgres is not null)
            PostgresServer.Set(postgres);
    }

    public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) =>
        isAway ? throw new SqliteException("unable to open database file", CannotOpen) : result;

    public override ValueTask<InterceptionResult> ConnectionOpeningAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(ConnectionOpening(connection, eventData, result));
}
