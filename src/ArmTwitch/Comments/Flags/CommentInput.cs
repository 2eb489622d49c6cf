using System.Text.RegularExpressions;
using ArmTwitch.Phrases;

namespace ArmTwitch.Comments.Flags;

/// <summary>A comment in the forms in which rules search it.</summary>
public sealed partial class CommentInput(string author, string text)
{
    private string? withoutQuotes;

    public string Author { get; } = author;

    public string Text { get; } = text;

    /// <summary>The text in lower case without accents. Each character stands at the place that it has in <see cref="Text"/>.</summary>
    public string Plain { get; } = AccentFolding.Fold(text);

    /// <summary><see cref="Plain"/> with blanks in place of what the author only quotes, from an article or another comment.</summary>
    public string TextWithoutQuotes => withoutQuotes ??= WithoutQuotes(Plain);

    /// <summary>What the phrases find in the name, as some people put there what is wrong.</summary>
    internal IEnumerable<string> InAuthor(PhrasePatterns phrases) =>
        phrases.In(AccentFolding.Fold(Author)).Select(match => Author.Substring(match.Index, match.Length));

    /// <summary>The words at the place of a match, as the author typed them.</summary>
    public string Words(Match match) => Text.Substring(match.Index, match.Length);

    private static string WithoutQuotes(string plain)
    {
        var blank = AttributedQuote().Replace(plain, match => new string(' ', match.Length));
        var withoutLines = QuotedLine().Replace(blank, match => new string(' ', match.Length));

        // When every line is marked as a quote, these are more likely the author's own words.
        return string.IsNullOrWhiteSpace(withoutLines) ? blank : withoutLines;
    }

    [GeneratedRegex(
        """
        \b(article|page|site|website|leaflet|text|heading|headline|title|card|section|paragraph|book|song|film|movie|sentence|
        """
        + @"phrase|words?)\b"
        + """[^".!?\n“„«]{0,30}(["“„«][^"“”„«»\n]{1,400}["”“»])""",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex AttributedQuote();

    [GeneratedRegex(@"^\s*>[^\n]*", RegexOptions.CultureInvariant | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex QuotedLine();
}
