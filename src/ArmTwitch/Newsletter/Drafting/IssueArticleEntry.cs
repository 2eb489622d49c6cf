using ArmTwitch.Articles;
using ArmTwitch.Newsletter.Issues;

namespace ArmTwitch.Newsletter.Drafting;

/// <summary>An article that was picked for an issue, as a line of <see cref="Issue.Articles"/>.</summary>
/// <param name="Section">The heading above it; adjacent articles with the same one share it.</param>
/// <param name="Note">What the editor says about it; empty for nothing.</param>
public sealed record IssueArticleEntry(string Section, Slug Slug, string Note = "")
{
    public const int MaxNoteLength = 300;

    /// <summary>The headings to choose from.</summary>
    public static readonly IReadOnlyList<string> Sections = [IssueContent.Chosen, IssueContent.New, IssueContent.Reviewed];

    /// <returns>The value of <see cref="Issue.Articles"/>.</returns>
    public static string Write(IEnumerable<IssueArticleEntry> entries) =>
        string.Join('\n', entries.Select(one => $"{Flat(one.Section)}\t{one.Slug}{(one.Note.Length > 0 ? $"\t{Flat(one.Note)}" : "")}"));

    public static IEnumerable<IssueArticleEntry> Read(string lines)
    {
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split('\t', 3) is [var section, var address, .. var note] && Slug.TryParse(address, out var slug))
                yield return new IssueArticleEntry(section, slug, note is [var words] ? words : "");
        }
    }

    /// <summary>Line breaks and tabs separate what is stored.</summary>
    private static string Flat(string words) => words.ReplaceLineEndings(" ").Replace('\t', ' ');
}
