using System.CommandLine;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Operations;
using ArmTwitch.Operations.Moving;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Commands;

/// <summary>
/// <c>database migrate</c>, needed when <c>Data:MigrateAtStart</c> is false; <c>database move</c>, from SQLite to PostgreSQL; and
/// <c>database restored</c>, after other tools than <c>restore</c> have put it back.
/// </summary>
internal static class DatabaseCommand
{
    public static Command Create(CommandHost host) => new("database", "The database") { Migrate(host), Move(host), Restored(host) };

    private static Command Migrate(CommandHost host)
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
        return migrate;
    }

    private static Command Move(CommandHost host)
    {
        var file = new Argument<string?>("FILE")
        {
            Description = "The source: the SQLite file of the stopped site, which is only read; armtwitch.db in Data:Directory when none is "
                + "named",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var move = new Command(
            "move",
            "Copy the SQLite database of a stopped site into PostgreSQL. The target is what the site will run with: Data:Provider=Postgres "
            + "and an empty database in ConnectionStrings:ArmTwitch. Every table is compared afterwards. After an interruption run it "
            + "again: it goes on where it was")
        {
            file
        };
        move.SetAction((parsed, cancellationToken) => host.WithServicesAsync(async services =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            if (services.GetRequiredService<IOptions<DataOptions>>().Value.Provider is not DatabaseKind.Postgres)
            {
                await error.WriteLineAsync("Say where to move to: Data:Provider=Postgres, and in ConnectionStrings:ArmTwitch an empty "
                    + "database, such as Host=localhost;Database=armtwitch.");
                return ExitCode.WrongUsage;
            }

            try
            {
                await services.GetRequiredService<DatabaseMoveService>().MoveAsync(
                    parsed.GetValue(file) ?? Path.Combine(services.GetRequiredService<DataFolder>().FullPath, "armtwitch.db"),
                    output.WriteLineAsync,
                    cancellationToken);
                await output.WriteLineAsync("Everything is moved, and the same on both sides. Start the site with these settings. The SQLite "
                    + "file is as it was; it holds what people wrote and their addresses: delete it when you do not need it any more. "
                    + "From now on back up with pg_dump ('backup' tells how).");
                return ExitCode.Done;
            }
            catch (DatabaseMoveException refused)
            {
                await error.WriteLineAsync(refused.Message);
                return ExitCode.FoundFaults;
            }
        }));
        return move;
    }

    private static Command Restored(CommandHost host)
    {
        var restored = new Command(
            "restored",
            "Run this before the start on a database that pg_restore, or a copy of the files, has put back: what may have been mailed "
            + "since is held until somebody says so");
        return host.WithDatabase(
            restored,
            async (services, parsed, cancellationToken) =>
            {
                foreach (var line in await services.GetRequiredService<RestoredDatabaseService>().HoldAsync(cancellationToken))
                    await parsed.InvocationConfiguration.Output.WriteLineAsync(line);
                return ExitCode.Done;
            },
            async (services, cancellationToken) =>
                await services.GetRequiredService<RestoredDatabaseService>().IsInUseAsync(cancellationToken)
                    ? "The site runs on this database, or a command does. Nothing was changed: this would hold mails that are new. "
                        + "Stop every replica; if the site has started since the backup was put back, put it back again."
                    : null);
    }
}
