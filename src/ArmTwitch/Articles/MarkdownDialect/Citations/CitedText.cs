using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Parsing;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ArmTwitch.Articles.MarkdownDialect.Citations;

/// <summary>A sentence of Markdown from a YAML file, and the facts it cites.</summary>
/// <param name="Words">The words alone, without the citations.</param>
internal sealed record CitedText(string Markdown, string Words, IReadOnlyList<string> Facts)
{
    /// <returns>Null, with a fault, when the text is more than one paragraph of words.</returns>
    public static CitedText? Read(
        YamlMappingReader fields, string key, IReadOnlyDictionary<string, Fact> known, DiagnosticCollector diagnostics)
    {
        const int maxLength = 600;
        if (fields.Text(key, maxLength, mayCite: true) is not { } text)
            return null;
        var document = ArticleMarkdownRenderer.Parse(text);
        if (document is not [ParagraphBlock { Inline: { } words }]
            || words.Descendants().Any(part => part is not (LiteralInline or LineBreakInline or Citation or HtmlEntityInline)))
        {
            diagnostics.Add(
                fields.At(key), "not-plain", $"\"{key}\" is more than words and citations.",
                "Write one sentence without links, bold words or lists.");
            return null;
        }

        var cited = words.Descendants<Citation>().Select(citation => citation.FactId).ToList();
        foreach (var unknown in cited.Where(id => !known.ContainsKey(id)))
            diagnostics.AddUnknownFact(fields.At(key), unknown, known.Keys);
        return new CitedText(text, ArticleMarkdownRenderer.PlainText(words), cited);
    }
}
