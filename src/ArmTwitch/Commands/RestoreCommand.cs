using System.CommandLine;

namespace ArmTwitch.Commands;

/// <summary><c>restore</c>, which needs the site to be stopped.</summary>
internal static class RestoreCommand
{
    public static Command Create(CommandHost host)
    {
        var file = new Argument<string>("FILE") { Description = "A file that 'backup' has written" };
        var restore = new Command(
            "restore", "Make a backup the database again, while the site is stopped; nothing is mailed before somebody says so")
        {
            file
        };
        restore.SetAction((parsed, cancellationToken) => BackupCommand.RunReportingFaultsAsync(host, parsed, async backups =>
        [
            .. await backups.RestoreAsync(parsed.GetValue(file)!, cancellationToken),
            $"{parsed.GetValue(file)} is restored. Start the site.",
        ]));
        return restore;
    }
}
