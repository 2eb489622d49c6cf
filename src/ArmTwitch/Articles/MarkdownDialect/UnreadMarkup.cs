using System.Text.RegularExpressions;

namespace ArmTwitch.Articles.MarkdownDialect;

/// <summary>Marks that appear as they are typed: those of other kinds of Markdown, and any where there is plain text only.</summary>
/// <param name="Index">Where it begins in the text.</param>
/// <param name="What">What is wrong, in one sentence.</param>
/// <param name="Right">What would be right, in one sentence.</param>
internal sealed partial record UnreadMarkup(int Index, string What, string Right)
{
    private static readonly (Regex Mark, string Name, string Right)[] OfOthers =
    [
        (Struck(), "is not struck out", "Take out what no longer holds."),
        (Marked(), "is not marked", "Write **bold words** with stars."),
        (Task(), "is no box to tick", "Write the item without it."),
        (Footnote(), "is no footnote", "Say it in the sentence itself."),
    ];

    private static readonly (Regex Mark, string Name)[] Ours =
    [
        (Emphasis(), "is not bold or slanted here"), (Link(), "is no link here"), (Code(), "is no code here"), (Entity(), "is no character here"),
    ];

    /// <summary>Marks that our Markdown does not read.</summary>
    /// <param name="text">One paragraph, heading or item.</param>
    public static IEnumerable<UnreadMarkup> Find(string text) =>
        from one in OfOthers
        from mark in one.Mark.Matches(text)
        select new UnreadMarkup(mark.Index, Sentence(mark, one.Name), one.Right);

    /// <summary>Markdown of any kind, in words that are shown as they are.</summary>
    public static IEnumerable<UnreadMarkup> FindInPlainText(string words) => Find(words).Concat(
        from one in Ours
        from mark in one.Mark.Matches(words)
        select new UnreadMarkup(mark.Index, Sentence(mark, one.Name), "Take it out: there is plain text only."));

    private static string Sentence(Match mark, string name) => $"\"{mark.Value.Trim()}\" {name}: readers would see it as it is typed.";

    [GeneratedRegex(@"~~(?=[^\s~])[^\n]*?[^\s~]~~")]
    private static partial Regex Struck();

    [GeneratedRegex(@"==(?=[^\s=])[^\n=]*?[^\s=]==")]
    private static partial Regex Marked();

    [GeneratedRegex(@"\A\[[ xX]\]\s")]
    private static partial Regex Task();

    [GeneratedRegex(@"\[\^[^\]\s]+\]")]
    private static partial Regex Footnote();

    [GeneratedRegex(@"(?<![\w*_])(\*{1,3}|__?)(?=[^\s*_])[^\n*_]*?(?<=[^\s*_])\1(?![\w*_])")]
    private static partial Regex Emphasis();

    [GeneratedRegex(@"\[[^\]\n]+\]\([^)\s]+\)")]
    private static partial Regex Link();

    [GeneratedRegex("`[^`\\n]+`")]
    private static partial Regex Code();

    [GeneratedRegex("&(?:[a-zA-Z]{2,8}|#[0-9]{2,6}|#x[0-9a-fA-F]{2,6});")]
    private static partial Regex Entity();
}
