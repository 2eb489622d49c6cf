using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.MarkdownDialect;

namespace ArmTwitch.Articles.Parsing;

/// <summary>An issue of the newsletter as its file says it.</summary>
/// <param name="Slug">The file's name, and the last part of the issue's address.</param>
/// <param name="Preheader">What a mail program shows behind the subject.</param>
/// <param name="Articles">The articles it names, in that order.</param>
/// <param name="IsDigest">Whether it also brings what is new or newly reviewed since the last issue.</param>
/// <param name="Source">The file, front matter and all.</param>
public sealed record IssueFile(Slug Slug, string Subject, string Preheader, IReadOnlyList<Slug> Articles, bool IsDigest, string Source)
{
    public const int MaxSubjectLength = 120, MaxPreheaderLength = 150;

    /// <summary>Where files of this kind stand below the content folder.</summary>
    internal const string Folder = "newsletters";

    /// <param name="linkBase">What stands before <c>#…</c> links.</param>
    /// <param name="siteBase">What stands before <c>/…</c> links: empty on the site, its origin in a mail.</param>
    /// <returns>Safe HTML of the words that the editor wrote.</returns>
    public string Html(string linkBase = "", string siteBase = "") =>
        string.Concat(ArticleMarkdownRenderer.Render(Source, [], linkBase, siteBase).Select(block => block.Html));

    /// <summary>Reads a file.</summary>
    /// <param name="diagnostics">Takes what is wrong with it; with a fault in it, nobody may send it.</param>
    /// <returns>The letter, and where it names articles; null when the file has a fault.</returns>
    internal static (IssueFile? Letter, IReadOnlyList<(string Slug, TextPosition At)> Named, MarkdownOutline Outline) Read(
        string name, string source, DiagnosticCollector diagnostics)
    {
        if (diagnostics.HasErrors)
            return (null, [], MarkdownOutline.Unread);
        if (!Slug.TryParse(Path.GetFileNameWithoutExtension(name), out var slug))
            diagnostics.Add(
                TextPosition.Start, "file-name", $"\"{name}\" cannot be an address.",
                "Name the file with lower-case words joined by hyphens.");
        var fields = FrontMatter.Of(source, diagnostics);
        var (subject, preheader) = (fields?.Text("subject", MaxSubjectLength), fields?.Text("preheader", MaxPreheaderLength));
        var named = fields?.Texts("articles") ?? [];
        var isDigest = fields?.IsTrue("new") is true;
        fields?.ReportUnknownKeys();
        var slugs = new List<Slug>();
        foreach (var (text, at) in named)
        {
            if (Slug.TryParse(text, out var article))
                slugs.Add(article);
            else
                diagnostics.Add(
                    at, "not-an-address", $"\"{text}\" cannot be an article's address.", "Write lower-case words joined by hyphens.");
        }

        var outline = MarkdownOutline.Of(source, diagnostics);
        foreach (var (fact, at) in outline.Citations)
            diagnostics.Add(
                at, "citation-outside-article", $"The fact \"{fact}\" is cited in a letter, which has no references.",
                "Make the statement in an article and link to it.");
        foreach (var block in outline.Blocks)
            diagnostics.Add(
                TextPosition.Start, "block-outside-article", $"There is a \":::{KebabCase.Of(block)}\" in a letter.",
                "Write it in an article and link to it.");
        return (diagnostics.HasErrors ? null : new IssueFile(slug, subject!, preheader!, slugs, isDigest, source), named, outline);
    }
}
