using ArmTwitch.Data.Availability;
using ArmTwitch.Data.Changes;
using ArmTwitch.Data.Clocks;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Data.Retention;
using ArmTwitch.Data.UnicodeForms;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Data;

public static class DataFeature
{
    public static IServiceCollection AddData(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<DataOptions>("Data");
        services.AddSingleton<IValidateOptions<DataOptions>, ConnectionStringValidator>();
        // The version of Identity's tables; 3 has passkeys.
        services.Configure<IdentityOptions>(options => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3);
        services.AddSingleton<DataFolder>().AddSingleton<SqliteConnectionInterceptor>().AddSingleton<DatabaseCorruptionMonitor>()
            .AddSingleton<DatabaseInitializer>().AddSingleton<SecretKeyHasher>().AddSingleton<DailyKeyHasher>()
            .AddSingleton<DatabaseReads>().AddSingleton<ClientNetworkHasher>().AddSingleton<SqliteWriteLock>()
            .AddSingleton<WriteTransactionFactory>().AddSingleton<IDatabaseClock, ProgramClock>().AddSingleton<ClockComparison>();
        services.AddHostedService(services => services.GetRequiredService<DatabaseInitializer>());
        if (Enum.TryParse<DatabaseKind>(configuration["Data:Provider"], ignoreCase: true, out var provider)
            && provider is DatabaseKind.Postgres)
            services.AddPostgres(configuration);
        else
            services.AddDatabase<SqliteDb>((services, options) => options.UseSqlite(SqliteConnection(services, configuration))
                .AddInterceptors(services.GetRequiredService<SqliteConnectionInterceptor>()));
        services.AddDataProtection().SetApplicationName("ArmTwitch").PersistKeysToDbContext<ArmTwitchDb>();
        services.AddSingleton<PersonErasureService>().AddSingleton<RetentionService>()
            .AddHostedService(provider => provider.GetRequiredService<RetentionService>());
        services.AddHealthChecks().AddCheck<DatabaseHealthCheck>("database")
            .AddCheck<DiskSpaceHealthCheck>("room").AddCheck<RetentionHealthCheck>("housekeeping");
        return services;
    }

    /// <summary>
    /// Reads the keys of data protection when first needed. By default the host reads them at the start, before the tables exist.
    /// </summary>
    public static void ReadKeysWhenNeeded(this IServiceCollection services)
    {
        foreach (var eager in services.Where(service => service.ImplementationType?.Name is "DataProtectionHostedService").ToList())
            services.Remove(eager);
    }

    /// <summary>PostgreSQL, and the listener by which replicas hear of each other's changes.</summary>
    private static void AddPostgres(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<PostgresConnectionInterceptor>();
        services.AddDatabase<PostgresDb>((services, options) => options
            .UseNpgsql(PostgresConnectionInterceptor.Complete(configuration.GetConnectionString("ArmTwitch")))
            .AddInterceptors(services.GetRequiredService<PostgresConnectionInterceptor>()));
        services.AddSingleton<DatabaseChangeDispatcher>().AddSingleton<PostgresChangeListener>()
            .AddHostedService(provider => provider.GetRequiredService<PostgresChangeListener>());
        services.AddSingleton<IDatabaseClock, PostgresClock>();
        services.AddHealthChecks().AddCheck<ChangeListenerHealthCheck>("changes").AddCheck<ClockHealthCheck>("clock");
    }

    private static string SqliteConnection(IServiceProvider provider, IConfiguration configuration) =>
        configuration.GetConnectionString("ArmTwitch") is { Length: > 0 } set
            ? set
            : $"Data Source={Path.Combine(provider.GetRequiredService<DataFolder>().FullPath, "armtwitch.db")};Default Timeout=5";

    /// <summary>Registers the configured context as <see cref="ArmTwitchDb"/>.</summary>
    private static void AddDatabase<T>(this IServiceCollection services, Action<IServiceProvider, DbContextOptionsBuilder> configure)
        where T : ArmTwitchDb
    {
        services.AddDbContextFactory<T>((services, options) =>
        {
            configure(services, options);
            options.AddInterceptors(new StorableTextInterceptor());
        });
        services.AddSingleton<IDbContextFactory<ArmTwitchDb>, DbContextFactoryAdapter<T>>();
        services.AddScoped<ArmTwitchDb>(provider => provider.GetRequiredService<IDbContextFactory<T>>().CreateDbContext());
    }

    /// <summary>Needed because <see cref="IDbContextFactory{TContext}"/> is not covariant.</summary>
    private sealed class DbContextFactoryAdapter<T>(IDbContextFactory<T> factory) : IDbContextFactory<ArmTwitchDb> where T : ArmTwitchDb
    {
        public ArmTwitchDb CreateDbContext() => factory.CreateDbContext();
    }
}
