using ArmTwitch.Articles;
using ArmTwitch.Articles.Blocks;
using ArmTwitch.Articles.MarkdownDialect;
using ArmTwitch.Data.UnicodeForms;
using ArmTwitch.Phrases;
using Markdig.Extensions.CustomContainers;
using Markdig.Extensions.Tables;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;

namespace ArmTwitch.Search.Indexing;

/// <summary>
/// The text of an article for the index. What means the opposite, or much less, without the words around it is never quoted: the signs of
/// a card without its heading, what stands under "Don't", the claim of a myth, a cell of a table.
/// </summary>
internal sealed class ArticlePassages
{
    private readonly List<string> quotable = [];
    private readonly List<string> unquotable = [];

    private ArticlePassages(Article article) => Visit(ArticleMarkdownRenderer.Parse(article.Source), mayQuote: true);

    /// <summary>Paragraphs and items of lists, each of whole sentences, one a line.</summary>
    public string Quotable => string.Join('\n', quotable);

    /// <summary>What can be found and is not shown.</summary>
    public string Unquotable => string.Join('\n', unquotable);

    public static ArticlePassages Of(Article article) => new(article);

    private void Visit(ContainerBlock blocks, bool mayQuote)
    {
        // A list belongs to the line above it: "Do not take these:".
        var (lead, negativeLevel) = ("", int.MaxValue);
        foreach (var (block, next) in blocks.Zip(blocks.Skip<Block?>(1).Append(null)))
        {
            switch (block)
            {
                case YamlFrontMatterBlock:
                    break;
                case HeadingBlock heading:
                    lead = "";
                    // What is negative stays so below lower headings.
                    if (heading.Level <= negativeLevel)
                        negativeLevel = IsNegative(ArticleMarkdownRenderer.PlainText(heading.Inline)) ? heading.Level : int.MaxValue;
                    break;
                case CustomContainer container:
                    unquotable.Add(container.Arguments ?? "");
                    Visit(container, MayQuote() && IsQuotable(ArticleMarkdownRenderer.NameOf(container)));
                    lead = "";
                    break;
                case Table table:
                    Visit(table, mayQuote: false);
                    break;
                case ListBlock list:
                    foreach (var item in list.OfType<ContainerBlock>())
                        Add(string.Join(' ', [lead, .. TextsIn(item)]), MayQuote());
                    break;
                case ContainerBlock container:
                    Visit(container, MayQuote());
                    break;
                case LeafBlock leaf:
                    var text = ArticleMarkdownRenderer.PlainText(leaf.Inline);
                    var isLead = text.EndsWith(':');
                    lead = isLead && next is ListBlock ? text : "";
                    if (lead.Length is 0)
                        Add(text, MayQuote() && !isLead);
                    break;
            }
        }

        bool MayQuote() => mayQuote && negativeLevel is int.MaxValue;
    }

    private void Add(string text, bool mayQuote)
    {
        if (!string.IsNullOrWhiteSpace(text))
            (mayQuote ? quotable : unquotable).Add(WithStop(text.ReplaceLineEndings(" ").Trim()));
    }

    private static IEnumerable<string> TextsIn(ContainerBlock item) =>
        item.Descendants<LeafBlock>().Select(leaf => WithStop(ArticleMarkdownRenderer.PlainText(leaf.Inline)));

    private static string WithStop(string text) => text.Length is 0 || text[^1] is '.' or '!' or '?' or ':' ? text : $"{text}.";

    private static bool IsQuotable(BlockName? name) => name is BlockName.Answer or BlockName.KeyFacts or BlockName.Do;

    private static bool IsNegative(string heading) =>
        QueryWords.Of(NfcNormalizer.Compose(heading)).Any(
            word => word is "not" or "dont" or "doesnt" or "isnt" or "cannot" or "cant" or "never" or "myth" or "myths" or "no");
}
