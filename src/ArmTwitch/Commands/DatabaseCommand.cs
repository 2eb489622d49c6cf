using System.CommandLine;
using ArmTwitch.Data.Availability;

namespace ArmTwitch.Commands;

/// <summary><c>database migrate</c>, needed when <c>Data:MigrateAtStart</c> is false.</summary>
internal static class DatabaseCommand
{
    public static Command Create(CommandHost host)
    {
        var migrate = new Command("migrate", "Bring the database up to date");
        migrate.SetAction((parsed, cancellationToken) => host.WithServicesAsync(async services =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var applied = await services.GetRequiredService<DatabaseInitializer>().MigrateAsync(cancellationToken);
            foreach (var migration in applied)
                await output.WriteLineAsync(migration);
            await output.WriteLineAsync(
                applied.Count is 0 ? "The database is up to date already." : $"{applied.Count} migrations applied.");
            return ExitCode.Done;
        }));
        return new Command("database", "The database") { migrate };
    }
}
