using System.CommandLine;
using System.Globalization;
using ArmTwitch.Operations;

namespace ArmTwitch.Commands;

/// <summary><c>backup</c>, which works while the site runs, and <c>restore</c>, which does not.</summary>
internal static class BackupCommand
{
    public static Command Backup(CommandHost site)
    {
        var file = new Argument<string>("FILE") { Description = "A file that is not there yet" };
        var backup = new Command("backup", "Write everything that the site keeps into one file, while it runs") { file };
        backup.SetAction((parsed, cancellationToken) => RunReportingFaultsAsync(site, parsed, async backups =>
        {
            var bytes = await backups.WriteAsync(parsed.GetValue(file)!, cancellationToken);
            return [string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} bytes written to {parsed.GetValue(file)} and read back. They hold what people wrote and their addresses: keep the file as safe as the site.")];
        }));
        return backup;
    }

    public static Command Restore(CommandHost site)
    {
        var file = new Argument<string>("FILE") { Description = "A file that 'backup' has written" };
        var restore = new Command(
            "restore", "Make a backup the database again, while the site is stopped; nothing is mailed before somebody says so")
        {
            file
        };
        restore.SetAction((parsed, cancellationToken) => RunReportingFaultsAsync(site, parsed, async backups =>
        [
            .. await backups.RestoreAsync(parsed.GetValue(file)!, cancellationToken),
            $"{parsed.GetValue(file)} is restored. Start the site.",
        ]));
        return restore;
    }

    private static Task<int> RunReportingFaultsAsync(
        CommandHost site, ParseResult parsed,
        Func<BackupService, Task<IReadOnlyList<string>>> work) => site.WithServicesAsync(async services =>
        {
            try
            {
                foreach (var line in await work(services.GetRequiredService<BackupService>()))
                    await parsed.InvocationConfiguration.Output.WriteLineAsync(line);
                return ExitCode.Done;
            }
            catch (BackupException refused)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(refused.Message);
                return ExitCode.FoundFaults;
            }
            catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"The files do not let it: {failed.Message}");
                return ExitCode.FoundFaults;
            }
        });
}
