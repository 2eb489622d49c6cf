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
}
