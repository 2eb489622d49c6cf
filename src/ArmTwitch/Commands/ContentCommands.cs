using System.CommandLine;
using ArmTwitch.Articles;

namespace ArmTwitch.Commands;

/// <summary><c>content check</c>: it reads files and nothing else.</summary>
internal static class ContentCommands
{
    public static Command Make(IConfiguration configuration)
    {
        var json = Output.JsonOption();
        var check = new Command("check", "Read every file of the content folder and list what is wrong") { json };
        check.SetAction(parsed => Check(configuration, parsed.GetValue(json), parsed.InvocationConfiguration.Output));
        return new Command("content", "The articles") { check };
    }

    private static int Check(IConfiguration configuration, bool json, TextWriter output)
    {
        var options = Settings.Read<ContentOptions>(configuration, "Content");
        var folder = ContentFolder.Find(options.Path);
        var content = ContentFolder.Holds(folder) ? new ContentLoader(folder).Load() ?? ContentSnapshot.Empty : ContentSnapshot.Empty;
        IReadOnlyList<ContentFault> faults = ContentFolder.Holds(folder) ? content.Faults : [NoFolder(options)];
        if (json)
        {
            output.WriteLine(Output.Json(faults));
        }
        else
        {
            foreach (var fault in faults)
                output.WriteLine(fault with { File = Path.Combine(options.Path, fault.File) });
            output.WriteLine($"{content.Latest.Count} articles, {faults.Count} faults.");
        }

        return faults.Count > 0 ? ExitCode.FoundFaults : ExitCode.Done;
    }

    private static ContentFault NoFolder(ContentOptions options) =>
        new("articles", 1, 1, "no-folder", "There is no such folder.", $"{ContentFolder.Fault(options.Path)}.");
}
