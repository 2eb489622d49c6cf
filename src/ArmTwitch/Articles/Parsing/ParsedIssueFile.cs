using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.MarkdownDialect;

namespace ArmTwitch.Articles.Parsing;

/// <summary>An issue of the newsletter as its file says it; the names in it are not looked up yet.</summary>
/// <param name="Issue">Null when the file has a fault.</param>
/// <param name="Named">The articles that the front matter names.</param>
internal sealed record ParsedIssueFile(
    IssueFile? Issue, IReadOnlyList<(string Slug, TextPosition At)> Named, MarkdownOutline Outline)
{
    /// <param name="diagnostics">Takes every fault; with one already in it, nothing is read.</param>
    public static ParsedIssueFile Read(string source, DiagnosticCollector diagnostics)
    {
        if (diagnostics.HasErrors)
            return new ParsedIssueFile(null, [], MarkdownOutline.Unread);
        var slug = diagnostics.SlugOfFile();
        var fields = FrontMatter.Of(source, diagnostics);
        var (subject, preheader) =
            (fields?.Text("subject", IssueFile.MaxSubjectLength), fields?.Text("preheader", IssueFile.MaxPreheaderLength));
        var named = fields?.Texts("articles") ?? [];
        var isDigest = fields?.IsTrue("new") is true;
        fields?.ReportUnknownKeys();
        List<Slug> slugs = [.. diagnostics.ReadSlugs(named)];
        foreach (var (field, words) in new[] { ("subject", subject), ("preheader", preheader) })
        {
            foreach (var (what, right) in IssueText.MarkupIn(words ?? ""))
                diagnostics.Add(fields!.At(field), "markup", what, right);
        }

        var outline = IssueText.Read(source, diagnostics);
        return new ParsedIssueFile(
            diagnostics.HasErrors ? null : new IssueFile(slug, subject!, preheader!, slugs, isDigest, source), named, outline);
    }
}
