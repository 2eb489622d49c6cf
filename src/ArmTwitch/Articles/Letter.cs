namespace ArmTwitch.Articles;

/// <summary>An issue of the newsletter as its file says it.</summary>
/// <param name="Slug">The file's name, and the last part of the address.</param>
/// <param name="Preheader">What a mail program shows behind the subject.</param>
/// <param name="Articles">The articles it names, in that order.</param>
/// <param name="IsDigest">Whether it also brings what is new or newly reviewed since the last issue.</param>
/// <param name="Source">The file, front matter and all.</param>
public sealed record Letter(Slug Slug, string Subject, string Preheader, IReadOnlyList<Slug> Articles, bool IsDigest, string Source)
{
    public const int MaxSubjectLength = 120, MaxPreheaderLength = 150;

    /// <summary>Where files of this kind stand below the content folder.</summary>
    internal const string Folder = "newsletters";

    /// <param name="linkBase">What stands before <c>#…</c> links.</param>
    /// <param name="siteBase">What stands before <c>/…</c> links: empty on the site, its origin in a mail.</param>
    /// <returns>Safe HTML of the words that the editor wrote.</returns>
    public string Html(string linkBase = "", string siteBase = "") => string.Concat(ArticleMarkdown.Render(Source, [], linkBase, siteBase).Select(block => block.Html));

    /// <summary>Reads a file.</summary>
    /// <param name="faults">Takes what is wrong with it; with a fault in it, nobody may send it.</param>
    /// <returns>The letter, and where it names articles; null when the file has a fault.</returns>
    internal static (Letter? Letter, IReadOnlyList<(string Slug, Position At)> Named, MarkdownOutline Outline) Read(string name, string source, FaultLog faults)
    {
        if (faults.Blocks)
            return (null, [], MarkdownOutline.Unread);
        if (!Slug.TryParse(Path.GetFileNameWithoutExtension(name), out var slug))
            faults.Add(Position.Start, "file-name", $"\"{name}\" cannot be an address.", "Name the file with lower-case words joined by hyphens.");
        var fields = FrontMatter.Of(source, faults);
        var (subject, preheader) = (fields?.Text("subject", MaxSubjectLength), fields?.Text("preheader", MaxPreheaderLength));
        var named = fields?.Texts("articles") ?? [];
        var isDigest = fields?.IsTrue("new") is true;
        fields?.RefuseOthers();
        var slugs = new List<Slug>();
        foreach (var (text, at) in named)
        {
            if (Slug.TryParse(text, out var article))
                slugs.Add(article);
            else
                faults.Add(at, "not-an-address", $"\"{text}\" cannot be an article's address.", "Write lower-case words joined by hyphens.");
        }

        var outline = MarkdownOutline.Of(source, faults);
        foreach (var (fact, at) in outline.Citations)
            faults.Add(at, "citation-outside-article", $"The fact \"{fact}\" is cited in a letter, which has no references.", "Make the statement in an article and link to it.");
        foreach (var block in outline.Blocks)
            faults.Add(Position.Start, "block-outside-article", $"There is a \":::{KebabCase.Of(block)}\" in a letter.", "Write it in an article and link to it.");
        return (faults.Blocks ? null : new Letter(slug, subject!, preheader!, slugs, isDigest, source), named, outline);
    }
}
