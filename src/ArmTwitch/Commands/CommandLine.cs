using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ArmTwitch.Articles;

namespace ArmTwitch.Commands;

/// <summary>The command line: one command, and then the program ends. Without a command it serves the site.</summary>
internal static class CommandLine
{
    /// <summary>Shells name what a signal has ended by 128 and the number of the signal.</summary>
    private const int LargestOfCommands = 128;

    /// <summary>Whether these arguments ask for a command. Settings such as <c>--Content:Path here</c> do not.</summary>
    public static bool IsCommand(string[] args) =>
        args is [var first, ..] && (!first.StartsWith('-') || first is "--help" or "-h" or "-?" or "--version");

    /// <summary>
    /// Why these arguments cannot start the site; null when they are a command, or settings alone. The configuration passes over an
    /// argument that it cannot read, and a misspelt option would start the site.
    /// </summary>
    public static string? FaultOf(string[] args)
    {
        if (IsCommand(args))
            return null;
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith('-'))
                return $"\"{args[i]}\" is no setting, and a command stands first. --help lists the commands.";
            if (!args[i].StartsWith("--", StringComparison.Ordinal) || !HasValue(args, i))
            {
                return $"\"{args[i]}\" is no option, and a setting has a value: --Content:Path=here, for instance. --help lists the "
                    + "commands.";
            }

            if (!args[i].Contains('=', StringComparison.Ordinal))
                i++;
        }

        return null;
    }

    /// <summary>A value that looks like an option is one only after a key that no option can be.</summary>
    private static bool HasValue(string[] args, int at) =>
        args[at].Contains('=', StringComparison.Ordinal)
        || (at + 1 < args.Length && (IsSettingOfASection(args[at]) || !args[at + 1].StartsWith("--", StringComparison.Ordinal)));

    private static bool IsSettingOfASection(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal) && argument.Split('=')[0].Contains(':', StringComparison.Ordinal);

    /// <param name="builder">With the services and settings of the site.</param>
    /// <returns>The exit code: 0 done, 1 found faults, 2 wrong usage, 130 stopped from outside.</returns>
    public static int Run(string[] args, WebApplicationBuilder builder)
    {
        var (words, settings) = Split(args);
        // The host has read all arguments, and may have taken an option of the command for the value of a setting.
        builder.Configuration.AddCommandLine(settings);
        var host = new CommandHost(builder);
        var root = new RootCommand(
            "Serves the site when no command is given. Settings: environment variables such as Content__Path, or --Content:Path here.")
        {
            ContentCommand.Create(host),
            CommentsCommand.Create(host),
            ModeratorsCommand.Create(host),
            MailCommand.Create(host),
            NewsletterCommand.Create(host),
            EraseCommand.Create(host),
            DatabaseCommand.Create(host),
            BackupCommand.Create(host),
            RestoreCommand.Create(host),
            SampleCommand.Create(host),
            ConfigCommand.Create(host),
        };
        var result = root.Parse(words);
        if (FaultOfOptions(result, words) is { } misspelt)
        {
            Console.Error.WriteLine(misspelt);
            return ExitCode.WrongUsage;
        }

        // What is missing is told by the parser. A shell makes an empty one of a variable that is not set.
        if (result.Errors.Count is 0 && result.CommandResult.Children.FirstOrDefault(IsEmpty) is { } empty)
        {
            Console.Error.WriteLine($"{SettingsValidation.Fault(NameOf(empty), "", "not be empty")}.");
            return ExitCode.WrongUsage;
        }

        try
        {
            var exit = result.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
            if (result.Errors.Count > 0)
                return ExitCode.WrongUsage;
            // A command that does not heed Ctrl-C or SIGTERM is left after two seconds, with the code that its shell would give it.
            return exit > LargestOfCommands ? WriteStopped() : exit;
        }
        catch (OperationCanceledException)
        {
            return WriteStopped();
        }
        catch (Exception wrong) when (SettingsValidation.FaultsOf(wrong) is { } faults)
        {
            foreach (var fault in faults)
                Console.Error.WriteLine($"{fault}.");
            return ExitCode.WrongUsage;
        }
        catch (Exception failed) when (CommandFailure.Describe(failed) is { } why)
        {
            Console.Error.WriteLine(why);
            return ExitCode.FoundFaults;
        }
    }

    /// <summary>The parser makes a FILE, or the value of an option, of an option that it does not know.</summary>
    /// <returns>What the first such word is no option of; null when there is none. What stands behind <c>--</c> is never an option.</returns>
    private static string? FaultOfOptions(ParseResult result, string[] words)
    {
        var command = result.CommandResult;
        if (command.Command.Subcommands.Count > 0)
            return null;
        var taken = command.Children.SelectMany(given => given.Tokens).Select(token => token.Value).Concat(result.UnmatchedTokens).ToList();
        var misspelt = words.TakeWhile(word => word is not "--").FirstOrDefault(word => LooksLikeOption(word) && taken.Contains(word));
        if (misspelt is null)
            return null;
        var nearest = SpellingSuggestion.Closest(misspelt.Split('=')[0], command.Command.Options.Select(option => option.Name));
        return $"\"{misspelt}\" is no option of '{command.Command.Name}'. "
            + (nearest is null ? "--help lists those that there are." : $"Do you mean {nearest}?") + " If it is no option, put -- before it.";
    }

    private static bool LooksLikeOption(string word) => word.StartsWith('-') && !int.TryParse(word, CultureInfo.InvariantCulture, out _);

    private static bool IsEmpty(SymbolResult given) => given.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value));

    private static string NameOf(SymbolResult given) => given switch
    {
        OptionResult { Option.Name: var option } => option,
        ArgumentResult { Argument.Name: var argument } => argument,
        _ => "An argument",
    };

    private static int WriteStopped()
    {
        Console.Error.WriteLine("Stopped.");
        return ExitCode.Stopped;
    }

    /// <summary>Separates settings, whose keys contain a colon, from the command and its options.</summary>
    private static (string[] Words, string[] Settings) Split(string[] args)
    {
        var (words, settings) = (new List<string>(), new List<string>());
        for (var i = 0; i < args.Length; i++)
        {
            if (!IsSettingOfASection(args[i]))
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
