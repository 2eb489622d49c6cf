using System.CommandLine;
using System.Globalization;
using System.Text;
using ArmTwitch.Articles;
using ArmTwitch.Editing;

namespace ArmTwitch.Commands;

/// <summary><c>content check</c>: it reads files, and writes none unless told to accept what changed.</summary>
internal static class ContentCommands
{
    private const string Text = "text", Json = "json", GitHub = "github";

    public static Command Make(IConfiguration configuration)
    {
        var json = Output.JsonOption();
        var format = new Option<string>("--format") { Description = "How to print what is wrong", DefaultValueFactory = _ => Text };
        format.AcceptOnlyFromAmong(Text, Json, GitHub);
        var accept = new Option<bool>("--accept") { Description = "First seal every article whose newest change is not sealed yet" };
        var check = new Command("check", "Read every file of the content folder and list what is wrong") { json, format, accept };
        check.SetAction(parsed => Check(
            configuration, parsed.GetValue(json) ? Json : parsed.GetValue(format)!, parsed.GetValue(accept), parsed.InvocationConfiguration.Output));
        return new Command("content", "The articles") { check };
    }

    private static int Check(IConfiguration configuration, string format, bool accept, TextWriter output)
    {
        var options = Settings.Read<ContentOptions>(configuration, "Content");
        var folder = ContentFolder.Find(options.Path);
        var isThere = ContentFolder.Holds(folder);
        var accepted = accept && isThere ? ContentCheck.Accept(folder) : [];
        var check = isThere ? ContentCheck.Of(folder, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime)) : new ContentCheck([NoFolder(options)], 0);
        if (format is Json)
        {
            output.WriteLine(Output.Json(check.Faults));
        }
        else
        {
            // One write a line would take longer than the check.
            var text = new StringBuilder();
            foreach (var file in accepted)
                text.AppendLine(CultureInfo.InvariantCulture, $"Sealed {Path.Combine(options.Path, file)}");
            foreach (var fault in check.Faults.Select(fault => fault with { File = Path.Combine(options.Path, fault.File) }))
                text.Append(format is GitHub ? Annotation(fault) : fault.ToString()).AppendLine();
            text.AppendLine(CultureInfo.InvariantCulture, $"{Counted.Of(check.Articles, "article")}, {Counted.Of(check.Errors, "error")}, {Counted.Of(check.Warnings, "warning")}.");
            output.Write(text);
        }

        return check.Errors > 0 ? ExitCode.FoundFaults : ExitCode.Done;
    }

    /// <summary>A line that GitHub shows beside the changed line of a pull request.</summary>
    private static string Annotation(ContentFault fault) =>
        $"::{(fault.Level is FaultLevel.Error ? "error" : "warning")} file={Escape(fault.File)},line={fault.Line},col={fault.Column},title={Escape(fault.Rule)}::{EscapeText($"{fault.What} {fault.Right}")}";

    private static string Escape(string property) =>
        EscapeText(property).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);

    private static string EscapeText(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static ContentFault NoFolder(ContentOptions options) =>
        new("articles", 1, 1, "no-folder", "There is no such folder.", $"{ContentFolder.Fault(options.Path)}.");
}
