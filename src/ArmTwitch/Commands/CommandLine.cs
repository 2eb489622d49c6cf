using System.CommandLine;
using ArmTwitch.Data.Availability;

namespace ArmTwitch.Commands;

/// <summary>What the program does when it is given words instead of being left to serve: one thing, and then it ends.</summary>
internal static class CommandLine
{
    /// <summary>Whether these arguments ask for a command. Settings such as <c>--Content:Path here</c> do not.</summary>
    public static bool IsCommand(string[] args) =>
        args is [var first, ..] && (first[0] != '-' || first is "--help" or "-h" or "-?" or "--version");

    /// <param name="builder">The site as it would be served, with its settings.</param>
    /// <returns>The exit code: 0 done, 1 found faults, 2 wrong usage.</returns>
    public static int Run(string[] args, WebApplicationBuilder builder)
    {
        var (words, settings) = Split(args);
        // Read again on their own: beside a command's own options the host may have taken one for the value of another.
        builder.Configuration.AddCommandLine(settings);
        var site = new CommandHost(builder);
        var root = new RootCommand(
            "Serves the site when no command is given. Settings: environment variables such as Content__Path, or --Content:Path here.")
        {
            ContentCommand.Create(builder.Configuration),
            CommentsCommand.Create(site),
            ModeratorsCommand.Create(site),
            MailCommand.Create(site),
            NewsletterCommand.Create(site),
            EraseCommand.Create(site),
            DatabaseCommand.Create(site),
            BackupCommand.Backup(site),
            BackupCommand.Restore(site),
            SampleCommand.Create(builder.Configuration),
            ConfigCommand.Create(site),
        };
        var result = root.Parse(words);
        try
        {
            var exit = result.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
            return result.Errors.Count > 0 ? ExitCode.WrongUsage : exit;
        }
        catch (Exception wrong) when (SettingsValidation.FaultsOf(wrong) is { } faults)
        {
            return WriteLine(faults);
        }
        catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed) || failed is UnauthorizedAccessException)
        {
            Console.Error.WriteLine(DatabaseFailureClassifier.IsCorruption(failed)
                ? $"The database file is corrupt ({DatabaseFailureClassifier.CodeOf(failed)}). Stop the site and restore a backup."
                : $"The database does not let it: {failed.GetBaseException().Message}");
            return ExitCode.FoundFaults;
        }
    }

    private static int WriteLine(IEnumerable<string> faults)
    {
        foreach (var fault in faults)
            Console.Error.WriteLine($"{fault}.");
        return ExitCode.WrongUsage;
    }

    /// <summary>Tells the settings, whose keys have a colon, from the command and its own options.</summary>
    private static (string[] Words, string[] Settings) Split(string[] args)
    {
        var (words, settings) = (new List<string>(), new List<string>());
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal) || !args[i].Split('=')[0].Contains(':', StringComparison.Ordinal))
            {
                words.Add(args[i]);
                continue;
            }

            settings.Add(args[i]);
            if (!args[i].Contains('=', StringComparison.Ordinal) && i + 1 < args.Length)
                settings.Add(args[++i]);
        }

        return ([.. words], [.. settings]);
    }
}
