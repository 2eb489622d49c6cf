using System.CommandLine;
using System.Globalization;
using ArmTwitch.Data.Files;
using ArmTwitch.Operations;

namespace ArmTwitch.Commands;

/// <summary><c>backup</c>, which works while the site runs.</summary>
internal static class BackupCommand
{
    public static Command Create(CommandHost host)
    {
        var file = new Argument<string>("FILE") { Description = "A file that is not there yet" };
        var keep = Keep();
        var backup = new Command("backup", "Write everything that the site keeps into one file, while it runs") { file, keep };
        backup.SetAction((parsed, cancellationToken) => RunReportingFaultsAsync(host, parsed, async backups =>
        {
            var bytes = await FullDisk.NamingAsync(
                Path.GetDirectoryName(Path.GetFullPath(parsed.GetValue(file)!))!,
                () => backups.WriteAsync(parsed.GetValue(file)!, cancellationToken));
            List<string> lines = [string.Create(
                CultureInfo.InvariantCulture, $"{bytes:N0} bytes written to {parsed.GetValue(file)} and read back. "
                + $"They hold what people wrote and their addresses: keep the file as safe as the site.")];
            if (parsed.GetValue(keep) is { } count)
                lines.AddRange(BackupRotation.DeleteOlder(parsed.GetValue(file)!, count));
            return lines;
        }));
        return backup;
    }

    private static Option<int?> Keep()
    {
        const string Name = "--keep";
        var keep = new Option<int?>(Name)
        {
            Description = "Afterwards delete the oldest backups in the folder of FILE with the same ending, so that this many are left"
        };
        keep.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var typed }] && int.TryParse(typed, CultureInfo.InvariantCulture, out var count) && count < 1)
                result.AddError(SettingsValidation.Fault(Name, typed, "be 1 or more"));
        });
        return keep;
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
                return refused.IsWrongFile ? ExitCode.WrongUsage : ExitCode.FoundFaults;
            }
        });
}
