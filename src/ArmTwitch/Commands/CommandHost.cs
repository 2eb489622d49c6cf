using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Commands;

/// <summary>The site with all its services and settings, but not listening. It may work beside one that serves the same data.</summary>
internal sealed class CommandHost(WebApplicationBuilder builder)
{
    /// <summary>Does one thing on a database that is up to date.</summary>
    /// <returns>The exit code: that of the work, or 1 when the database does not let it begin.</returns>
    public Task<int> RunAsync(Func<IServiceProvider, CancellationToken, Task<int>> work, CancellationToken cancellationToken) =>
        WithServicesAsync(async services =>
        {
            var database = services.GetRequiredService<DatabaseInitializer>();
            if (services.GetRequiredService<IOptions<DataOptions>>().Value.MigrateAtStart)
            {
                await database.MigrateAsync(cancellationToken);
            }
            else if (!await database.IsUpToDateAsync(cancellationToken))
            {
                await Console.Error.WriteLineAsync("The database is out of date. Run 'database migrate' first.");
                return ExitCode.FoundFaults;
            }

            return await work(services, cancellationToken);
        });

    /// <summary>Does one thing whatever state the database is in.</summary>
    public Task<int> WithServicesAsync(Func<IServiceProvider, Task<int>> work) => WithSettingsAsync(services =>
    {
        services.GetRequiredService<IStartupValidator>().Validate();
        return work(services);
    });

    /// <summary>Does one thing whatever the settings are.</summary>
    public async Task<int> WithSettingsAsync(Func<IServiceProvider, Task<int>> work)
    {
        // What a command prints may be read by a program; the log goes beside it.
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.AddFilter("ArmTwitch", LogLevel.Warning);
        await using var app = builder.Build();
        await using var scope = app.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }
}
