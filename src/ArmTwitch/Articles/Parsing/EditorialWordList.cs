using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.MarkdownDialect;

namespace ArmTwitch.Articles.Parsing;

/// <summary>
/// The words that editors keep in <c>words.yml</c>: names that are allowed, words to avoid and what to write instead. Numbers in letters
/// are built in.
/// </summary>
internal sealed class EditorialWordList
{
    public const string File = "words.yml";

    private static readonly string[] Numbers =
        [
            "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "twenty", "thirty", "forty",
            "fifty", "hundred", "thousand"
        ];

    private readonly Dictionary<string, string> better = new(StringComparer.OrdinalIgnoreCase);
    private readonly PhraseIndex phrases;

    private EditorialWordList(IEnumerable<(PhraseKind Kind, string Text)> phrases, IEnumerable<(string Word, string Better)> avoided)
    {
        foreach (var (word, use) in avoided)
            better.TryAdd(word, use);
        this.phrases = new([
            .. phrases, .. better.Keys.Select(word => (PhraseKind.Avoided, word)),
            .. Numbers.Select(number => (PhraseKind.Number, number))]);
    }

    public static EditorialWordList Empty { get; } = new([], []);

    public static EditorialWordList Read(string yaml, DiagnosticCollector diagnostics)
    {
        if (YamlMappingReader.Parse(yaml, diagnostics) is not { } fields)
            return Empty;
        var avoided = new List<(string, string)>();
        foreach (var group in fields.List("avoid"))
        {
            if (group.Text("use") is { } use)
                avoided.AddRange(group.Texts("not", required: true).Select(word => (word.Text, use)));
            group.ReportUnknownKeys();
        }

        var list = new EditorialWordList(
            [
                .. Words("names", PhraseKind.Name), .. Words("medicines", PhraseKind.Medicine), .. Words("fear", PhraseKind.Fear),
                .. Words("promises", PhraseKind.Promise)
            ], avoided);
        fields.ReportUnknownKeys();
        return list;

        IEnumerable<(PhraseKind, string)> Words(string key, PhraseKind kind) => fields.Texts(key).Select(word => (kind, word.Text));
    }

    /// <summary>Every listed phrase in the text.</summary>
    public IReadOnlyList<PhraseMatch> In(string text) => phrases.In(text);

    /// <summary>What to write in place of a phrase that is to be avoided.</summary>
    public string BetterThan(PhraseMatch avoided) => better[avoided.Value];
}
