using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ArmTwitch.Articles;

/// <summary>
/// One warning sign in the words in which every card shows it. An article names it, so that no two articles can word the same
/// sign differently.
/// </summary>
/// <param name="Id">As in <c>- @stroke</c>.</param>
/// <param name="Level">The one card it may stand on.</param>
/// <param name="Says">What finishes the card's heading, with its citations.</param>
/// <param name="At">Where it stands in <c>signs.yml</c>.</param>
internal sealed record Sign(string Id, Urgency Level, CitedText Says, Position At)
{
    /// <summary>Signs of the same trouble gone further, which a card that names this one must not leave out.</summary>
    public IReadOnlyList<string> Worse { get; init; } = [];
}

/// <summary>An item of a card that names a sign.</summary>
/// <param name="Card">The card it stands on; null when it stands elsewhere.</param>
/// <param name="Span">Where <c>@stroke</c> stands in the file.</param>
/// <param name="CitationsBefore">How many facts the text has cited before.</param>
internal sealed record SignMention(string Id, BlockName? Card, Position At, SourceSpan Span, int CitationsBefore);

/// <summary>A few words of Markdown that a table holds, and the facts they cite.</summary>
/// <param name="Words">The words alone, without the citations.</param>
internal sealed record CitedText(string Markdown, string Words, IReadOnlyList<string> Facts)
{
    /// <returns>Null, with the fault noted, when the text is more than one paragraph of words or cites what is not there.</returns>
    public static CitedText? Read(YamlFields fields, string key, IReadOnlyDictionary<string, Fact> known, FaultLog faults)
    {
        const int maxLength = 600;
        if (fields.Text(key, maxLength, mayCite: true) is not { } text)
            return null;
        var document = ArticleMarkdown.Parse(text);
        if (document is not [ParagraphBlock { Inline: { } words }] || words.Descendants().Any(part => part is not (LiteralInline or LineBreakInline or Citation or HtmlEntityInline)))
        {
            faults.Add(fields.At(key), "not-plain", $"\"{key}\" is more than words and citations.", "Write one sentence without links, bold words or lists.");
            return null;
        }

        var cited = words.Descendants<Citation>().Select(citation => citation.FactId).ToList();
        foreach (var unknown in cited.Where(id => !known.ContainsKey(id)))
            faults.Add(fields.At(key), "unknown-citation", $"There is no fact \"{unknown}\".", "Cite a fact from references.yml; what is not there cannot be printed.");
        return new CitedText(text, ArticleMarkdown.PlainText(words), cited);
    }
}
