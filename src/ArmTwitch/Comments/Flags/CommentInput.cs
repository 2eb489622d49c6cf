using System.Text.RegularExpressions;
using ArmTwitch.Phrases;

namespace ArmTwitch.Comments.Flags;

/// <summary>A comment in the forms in which rules search it.</summary>
public sealed partial class CommentInput
{
    private readonly (string Text, IReadOnlyList<int> Places)? disguised;

    public CommentInput(string author, string text)
    {
        (Author, Text, Plain) = (author, text, AccentFolding.Fold(text));
        TextWithoutQuotes = WithoutQuotes(Plain);
        disguised = DisguisedWords.Read(TextWithoutQuotes);
    }

    public string Author { get; }

    public string Text { get; }

    /// <summary>The text in lower case without accents. Each character stands at the place that it has in <see cref="Text"/>.</summary>
    public string Plain { get; }

    /// <summary><see cref="Plain"/> with blanks in place of what the author only quotes, from an article or another comment.</summary>
    public string TextWithoutQuotes { get; }

    /// <summary>
    /// What the phrases find in the author's own words, also where these are disguised (<see cref="DisguisedWords"/>), as they were typed.
    /// </summary>
    /// <param name="phrases">What to find.</param>
    /// <param name="lookalikes">What has the words of the phrases and is about something else, if anything is.</param>
    internal IEnumerable<string> InOwnWords(PhrasePatterns phrases, PhrasePatterns? lookalikes = null) =>
        Find(phrases, lookalikes, Text, TextWithoutQuotes, disguised);

    /// <summary>What the phrases find in the name, as some people put there what is wrong.</summary>
    internal IEnumerable<string> InAuthor(PhrasePatterns phrases)
    {
        var plain = AccentFolding.Fold(Author);
        return Find(phrases, null, Author, plain, DisguisedWords.Read(plain));
    }

    /// <summary>The words at the place of a match, as the author typed them.</summary>
    public string Words(Match match) => Text.Substring(match.Index, match.Length);

    private static IEnumerable<string> Find(
        PhrasePatterns phrases,
        PhrasePatterns? lookalikes,
        string typed,
        string plain,
        (string Text, IReadOnlyList<int> Places)? disguised)
    {
        var found = phrases.In(plain, lookalikes).Select(match => typed.Substring(match.Index, match.Length));
        return disguised is not { Text: var text, Places: var places }
            ? found
            : found.Concat(
                phrases.In(text, lookalikes).Select(match => typed[places[match.Index]..(places[match.Index + match.Length - 1] + 1)]))
                .Distinct();
    }

    private static string WithoutQuotes(string plain)
    {
        var blank = AttributedQuote().Replace(
            plain, match => match.Groups["own"].Success ? match.Value : new string(' ', match.Length));
        var withoutLines = QuotedLine().Replace(blank, match => new string(' ', match.Length));

        // When every line is marked as a quote, these are more likely the author's own words.
        return string.IsNullOrWhiteSpace(withoutLines) ? blank : withoutLines;
    }

    [GeneratedRegex(
        """
        \b(?<own>(my|our|other|own|last)\s{1,40})?
        """
        + @"(article|page|site|website|leaflet|text|heading|headline|title|card|section|paragraph|book|song|film|movie|sentence|"
        + @"phrase|words?)\b"
        + """[^".!?\n“„«]{0,30}(["“„«][^"“”„«»\n]{1,400}["”“»])""",
        RegexOptions.CultureInvariant)]
    private static partial Regex AttributedQuote();

    /// <summary>
    /// Not a line that begins with a face, as in <c>&gt;:( I cannot sleep</c>. What repeats needs no end: each line is tried once.
    /// </summary>
    [GeneratedRegex(
        @"^(?>[^\S\n]*)(?>>+)($|([^\S\n]|[\p{L}\p{N}""'“„«(*])[^\n]*)", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex QuotedLine();
}
