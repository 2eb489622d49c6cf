using ArmTwitch.Articles.Blocks;
using ArmTwitch.Articles.MarkdownDialect.Citations;
using Markdig.Syntax;

namespace ArmTwitch.Articles.MarkdownDialect;

/// <summary>An article's text as its own page shows it.</summary>
/// <param name="Terms">Words that the page explains, in the order of first use.</param>
/// <param name="References">What the text cites, followed by what only the explanations cite.</param>
public sealed record RenderedArticle(
    IReadOnlyList<ArticleBlock> Blocks, IReadOnlyList<ExplainedTerm> Terms, IReadOnlyList<Reference> References)
{
    internal static RenderedArticle Render(
        MarkdownDocument document, IReadOnlyList<Reference> cited, Glossary glossary, IReadOnlyDictionary<string, Fact> facts)
    {
        var terms = glossary.MarkFirstUses(document);
        var numbering = new CitationNumbering(cited);
        foreach (var id in terms.SelectMany(term => term.Says.Facts))
            numbering.Cite(facts[id]);

        var links = new ReferenceLinks(numbering.References, "");
        var blocks = ArticleMarkdownRenderer.Render(document, links);
        var explained = terms
            .Select(term => new ExplainedTerm(term.Id, term.Name, ArticleMarkdownRenderer.RenderWords(term.Says.Markdown, links))).ToList();
        return new RenderedArticle(blocks, explained, links.Counted);
    }
}
