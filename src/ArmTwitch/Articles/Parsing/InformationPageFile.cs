using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.MarkdownDialect;

namespace ArmTwitch.Articles.Parsing;

/// <summary>An information page as its file says it.</summary>
/// <param name="Page">Null when the file has a fault.</param>
internal sealed record InformationPageFile(InformationPage? Page, MarkdownOutline Outline)
{
    /// <summary>Where files of this kind stand below the content folder.</summary>
    public const string Folder = "pages";

    /// <param name="diagnostics">Takes every fault; with one already in it, nothing is read.</param>
    public static InformationPageFile Read(string source, DiagnosticCollector diagnostics)
    {
        if (diagnostics.HasErrors)
            return new InformationPageFile(null, MarkdownOutline.Unread);
        var fields = FrontMatter.Of(source, diagnostics);
        var (title, summary, reviewed) =
            (fields?.Text("title", Article.MaxTitleLength), fields?.Text("summary", Article.MaxSummaryLength), fields?.Day("lastReviewed"));
        fields?.ReportUnknownKeys();
        var outline = new MarkdownOutlineReader(diagnostics).Read(source);
        outline.RefuseArticleParts(diagnostics, "on a page without references", "on a page that is no article");
        var slug = diagnostics.SlugOfFile();
        if (LinkChecker.IsFixed($"/{slug}"))
            diagnostics.Add(TextPosition.Start, "taken-address", $"\"/{slug}\" is a page of its own.", "Name the file otherwise.");
        return new InformationPageFile(
            diagnostics.HasErrors ? null : new InformationPage(slug, title!, summary!, reviewed!.Value, source), outline);
    }
}
