using System.Text.RegularExpressions;
using ArmTwitch.Comments.TextCleaning;

namespace ArmTwitch.Comments.Flags;

/// <summary>A comment as the rules read it.</summary>
public sealed partial class CommentInput(string author, string text)
{
    private const string Accented = "àáâãäåçèéêëìíîïñòóôõöùúûüýÿ’‘´`ʼ\u00A0";
    private const string Bare = "aaaaaaceeeeiiiinooooouuuuyy''''' ";

    public string Author { get; } = author;

    public string Text { get; } = text;

    /// <summary>The text in small letters without accents, sign for sign as long as <see cref="Text"/>.</summary>
    public string Plain { get; } = Fold(text);

    /// <summary>As <see cref="Plain"/>, with blanks where the writer only repeats an article or what another wrote before.</summary>
    public string TextWithoutQuotes => own ??= WithoutQuotes(Plain);

    private string? own;

    /// <summary>What those phrases find in the name: some say there what is the matter.</summary>
    internal IEnumerable<string> InAuthor(PhrasePatterns phrases) =>
        phrases.In(Fold(Author)).Select(match => Author.Substring(match.Index, match.Length));

    /// <summary>The writer's words at that place.</summary>
    public string Words(Match match) => Text.Substring(match.Index, match.Length);

    /// <summary>The phrase as it is found in folded text; what a backslash gives a meaning keeps it.</summary>
    internal static string FoldPattern(string phrase) =>
        string.Concat(phrase.Select((sign, i) => i > 0 && phrase[i - 1] is '\\' ? sign : Fold(sign)));

    private static string Fold(string text) => string.Create(text.Length, text, (folded, source) =>
    {
        for (var i = 0; i < folded.Length; i++)
            folded[i] = Fold(source[i]);
    });

    private static char Fold(char sign)
    {
        var small = char.ToLowerInvariant(CharacterFolding.ToAscii(sign));
        var isPlain = small <= '\u007F' && small is not '`';
        return !isPlain && Accented.IndexOf(small, StringComparison.Ordinal) is >= 0 and var at ? Bare[at] : small;
    }

    private static string WithoutQuotes(string plain)
    {
        var blank = AttributedQuote().Replace(plain, match => new string(' ', match.Length));
        var withoutLines = QuotedLine().Replace(blank, match => new string(' ', match.Length));

        // A writer whose every line is marked as a quote is more likely speaking than quoting.
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
