using System.CommandLine;
using System.Globalization;
using System.Text;
using ArmTwitch.Articles.Content;
using ArmTwitch.Editing;

namespace ArmTwitch.Commands;

/// <summary><c>content check</c>: it only reads files, but for <c>--accept</c>.</summary>
internal static class ContentCommand
{
    private const string Text = "text", Json = "json", GitHub = "github";

    public static Command Create(CommandHost host)
    {
        var json = CommandOutput.JsonOption();
        var format = new Option<string>("--format") { Description = "How to print what is wrong", DefaultValueFactory = _ => Text };
        format.AcceptOnlyFromAmong(Text, Json, GitHub);
        var accept = new Option<bool>("--accept") { Description = "First seal every article whose newest change is not sealed yet" };
        var check = new Command("check", "Read every file of the content folder and list what is wrong") { json, format, accept };
        check.SetAction(parsed => Check(
            host.Configuration, parsed.GetValue(json) ? Json : parsed.GetValue(format)!, parsed.GetValue(accept),
            parsed.InvocationConfiguration.Output));
        return new Command("content", "The articles") { check };
    }

    private static int Check(IConfiguration configuration, string format, bool accept, TextWriter output)
    {
        var options = SettingsValidation.Read<ContentOptions>(configuration, "Content");
        var folder = ContentFolderResolver.Find(options.Path);
        var isThere = ContentFolderResolver.HasArticles(folder);
        var accepted = accept && isThere ? ContentCheck.WriteHashes(folder) : [];
        var check = isThere
            ? ContentCheck.Run(folder, LintContext.Of(options, TimeProvider.System))
            : new ContentCheck([NoFolder(options)], 0);
        if (format is Json)
        {
            output.WriteLine(CommandOutput.Json(check.Faults));
        }
        else
        {
            // One write for all lines: one write for each takes longer than the check.
            var text = new StringBuilder();
            foreach (var file in accepted)
                text.AppendLine(CultureInfo.InvariantCulture, $"Sealed {Path.Combine(options.Path, file)}");
            foreach (var diagnostic in check.Faults.Select(
                diagnostic => diagnostic with { File = Path.Combine(options.Path, diagnostic.File) }))
                text.Append(format is GitHub ? Annotation(diagnostic) : diagnostic.ToString()).AppendLine();
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"{Plural.Of(check.Articles, "article")}, {Plural.Of(check.Errors, "error")}, {Plural.Of(check.Warnings, "warning")}.");
            output.Write(text);
        }

        return check.Errors > 0 ? ExitCode.FoundFaults : ExitCode.Done;
    }

    /// <summary>A workflow command that GitHub shows beside the line in a pull request.</summary>
    private static string Annotation(ContentDiagnostic diagnostic) =>
        $"::{(diagnostic.Level is DiagnosticSeverity.Error ? "error" : "warning")} "
            + $"file={Escape(diagnostic.File)},line={diagnostic.Line},col={diagnostic.Column},title={Escape(diagnostic.Rule)}"
            + $"::{EscapeText($"{diagnostic.What} {diagnostic.Right}")}";

    private static string Escape(string property) =>
        EscapeText(property).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);

    private static string EscapeText(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static ContentDiagnostic NoFolder(ContentOptions options) =>
        new("articles", 1, 1, "no-folder", "There is no such folder.", $"{ContentFolderResolver.Fault(options.Path)}.");
}
