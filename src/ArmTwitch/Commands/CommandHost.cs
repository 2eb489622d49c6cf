using System.CommandLine;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Commands;

/// <summary>
/// All services and settings of the site, without a web server. A command may run beside a site that serves the same data.
/// </summary>
internal sealed class CommandHost(WebApplicationBuilder builder)
{
    public IConfiguration Configuration => builder.Configuration;

    /// <summary>Gives a command its action, which runs on a database that is up to date.</summary>
    /// <param name="work">
    /// Returns the exit code. It is 1 without a call when the database is out of date and must not be migrated here.
    /// </param>
    /// <param name="refuse">Says why the command cannot run now, before the database is opened; null for a command that always can.</param>
    public Command WithDatabase(
        Command command,
        Func<IServiceProvider, ParseResult, CancellationToken, Task<int>> work,
        Func<IServiceProvider, CancellationToken, Task<string?>>? refuse = null)
    {
        command.SetAction((parsed, cancellationToken) =>
            WithDatabaseAsync(services => work(services, parsed, cancellationToken), refuse, cancellationToken));
        return command;
    }

    private Task<int> WithDatabaseAsync(
        Func<IServiceProvider, Task<int>> work,
        Func<IServiceProvider, CancellationToken, Task<string?>>? refuse,
        CancellationToken cancellationToken) =>
        WithServicesAsync(async services =>
        {
            if (refuse is not null && await refuse(services, cancellationToken) is { } reason)
            {
                await Console.Error.WriteLineAsync(reason);
                return ExitCode.FoundFaults;
            }

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

            return await work(services);
        });

    /// <summary>Runs a command whatever state the database is in.</summary>
    public Task<int> WithServicesAsync(Func<IServiceProvider, Task<int>> work) => WithSettingsAsync(services =>
    {
        services.GetRequiredService<IStartupValidator>().Validate();
        return work(services);
    });

    /// <summary>Runs a command even with invalid settings.</summary>
    public async Task<int> WithSettingsAsync(Func<IServiceProvider, Task<int>> work)
    {
        // Standard output belongs to the command, which may print JSON; the log goes to standard error.
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.AddFilter("ArmTwitch", LogLevel.Warning);
        // It speaks of a site that runs; a command says itself which file is damaged.
        builder.Logging.AddFilter(typeof(DatabaseCorruptionMonitor).FullName, LogLevel.None);
        await using var app = builder.Build();
        await using var scope = app.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }
}
