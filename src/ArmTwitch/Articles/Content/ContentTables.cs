using ArmTwitch.Articles.Emergency;
using ArmTwitch.Articles.MarkdownDialect;
using ArmTwitch.Articles.Parsing;
using ArmTwitch.Articles.RedFlags;

namespace ArmTwitch.Articles.Content;

/// <summary>What articles draw on: topics, authors, facts, emergency numbers, signs and explained words.</summary>
internal sealed record ContentTables(
    IReadOnlyDictionary<string, Topic> Topics,
    IReadOnlyDictionary<string, ArticleAuthor> Authors,
    IReadOnlyDictionary<string, Fact> Facts,
    IReadOnlyList<EmergencyNumbers> Numbers,
    IReadOnlyList<EmergencyNumbers> DefaultNumbers,
    IReadOnlyDictionary<string, WarningSign> Signs,
    Glossary Glossary)
{
    /// <summary>The red-flag questions; null when the content has none.</summary>
    public RedFlagCheckFile? Check { get; init; }

    /// <summary>The words that the rules of writing look for.</summary>
    public EditorialWordList Words { get; init; } = EditorialWordList.Empty;

    /// <summary>What people type when they mean something else, or are in danger.</summary>
    public SearchWordList SearchWords { get; init; } = SearchWordList.Empty;

    /// <summary>A hash of the text of all these files.</summary>
    public string Hash { get; init; } = "";

    public static readonly ContentTables Empty = new(
        new Dictionary<string, Topic>(), new Dictionary<string, ArticleAuthor>(), new Dictionary<string, Fact>(), [], [],
        new Dictionary<string, WarningSign>(), Glossary.Empty);
}
