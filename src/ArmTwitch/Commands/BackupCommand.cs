using System.CommandLine;
using System.Globalization;
using ArmTwitch.Operations;

namespace ArmTwitch.Commands;

/// <summary><c>backup</c>, which works while the site runs.</summary>
internal static class BackupCommand
{
    public static Command Create(CommandHost host)
    {
        var file = new Argument<string>("FILE") { Description = "A file that is not there yet" };
        var backup = new Command("backup", "Write everything that the site keeps into one file, while it runs") { file };
        backup.SetAction((parsed, cancellationToken) => RunReportingFaultsAsync(host, parsed, async backups =>
        {
            var bytes = await backups.WriteAsync(parsed.GetValue(file)!, cancellationToken);
            return [string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} bytes written to {parsed.GetValue(file)} and read back. "
                + $"They hold what people wrote and their addresses: keep the file as safe as the site.")];
        }));
        return backup;
    }

    /// <param name="work">Returns lines to print.</param>
    internal static Task<int> RunReportingFaultsAsync(
        CommandHost host, ParseResult parsed,
        Func<BackupService, Task<IReadOnlyList<string>>> work) => host.WithServicesAsync(async services =>
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
