using System.CommandLine;
using System.Text.Json;
using ArmTwitch.Articles;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Commands;

/// <summary>What the program does when it is given words instead of being left to serve: one thing, and then it ends.</summary>
internal static class CommandLine
{
    private const int Done = 0, FoundFaults = 1, WrongUsage = 2;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Whether these arguments ask for a command. Settings such as <c>--Content:Path here</c> do not.</summary>
    public static bool IsAskedFor(string[] args) => args is [var first, ..] && (first[0] != '-' || first is "--help" or "-h" or "-?" or "--version");

    /// <returns>The exit code: 0 done, 1 found faults, 2 wrong usage.</returns>
    public static int Run(string[] args, IConfiguration configuration)
    {
        var json = new Option<bool>("--json") { Description = "Print a list that programs can read" };
        var check = new Command("check", "Read every file of the content folder and list what is wrong") { json };
        check.SetAction(parsed => CheckContent(configuration, parsed.GetValue(json), parsed.InvocationConfiguration.Output));

        var root = new RootCommand("Serves the site when no command is given. Settings: environment variables such as Content__Path, or --Content:Path here.")
        {
            new Command("content", "The articles") { check },
        };
        var result = root.Parse(args);
        var exit = result.Invoke();
        return result.Errors.Count > 0 ? WrongUsage : exit;
    }

    private static int CheckContent(IConfiguration configuration, bool json, TextWriter output)
    {
        ContentOptions options;
        try
        {
            options = Settings.Read<ContentOptions>(configuration, "Content");
        }
        catch (OptionsValidationException wrong)
        {
            foreach (var fault in wrong.Failures)
                Console.Error.WriteLine($"{fault}.");
            return WrongUsage;
        }

        var folder = ContentFolder.Find(options.Path);
        var content = ContentFolder.Holds(folder) ? new ContentLoader(folder).Load() ?? ContentSnapshot.Empty : ContentSnapshot.Empty;
        IReadOnlyList<ContentFault> faults = ContentFolder.Holds(folder) ? content.Faults : [NoFolder(options)];
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(faults, Json));
        }
        else
        {
            foreach (var fault in faults)
                output.WriteLine(fault with { File = Path.Combine(options.Path, fault.File) });
            output.WriteLine($"{content.Latest.Count} articles, {faults.Count} faults.");
        }

        return faults.Count > 0 ? FoundFaults : Done;
    }

    private static ContentFault NoFolder(ContentOptions options) =>
        new("articles", 1, 1, "no-folder", "There is no such folder.", $"{ContentFolder.Fault(options.Path)}.");
}
