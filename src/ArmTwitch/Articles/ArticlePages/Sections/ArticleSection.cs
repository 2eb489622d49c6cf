using System.Text.RegularExpressions;
using ArmTwitch.Articles.Blocks;

namespace ArmTwitch.Articles.ArticlePages.Sections;

/// <summary>A heading of level 2 of an article with all that stands below it.</summary>
/// <param name="LeadsBack">Whether a link back to the contents follows it.</param>
internal sealed partial record ArticleSection(Heading Heading, IReadOnlyList<ArticleBlock> Blocks, bool LeadsBack)
{
    /// <summary>Nearly two screens of a phone, as far as it is to the next link back: each one is a stop of Tab more.</summary>
    private const int WordsBetweenLinks = 240;

    /// <summary>The sections that begin in these blocks; the last one leads back, and those before it where enough has been read.</summary>
    public static IReadOnlyList<ArticleSection> SectionsOf(IEnumerable<ArticleBlock> blocks)
    {
        var sections = new List<ArticleSection>();
        var rest = blocks.ToList();
        var words = 0;
        while (rest is [TextBlock { Section: { } heading } first, ..])
        {
            var section = rest.Skip(1).TakeWhile(block => block is not TextBlock { Section: not null }).Prepend(first).ToList();
            rest.RemoveRange(0, section.Count);
            words += section.Sum(block => WordsOf(block.Html));
            var leadsBack = rest.Count is 0 || words >= WordsBetweenLinks;
            sections.Add(new ArticleSection(heading, section, leadsBack));
            if (leadsBack)
                words = 0;
        }

        return sections;
    }

    private static int WordsOf(string html) => ReadingTime.WordsOf(Tag().Replace(html, " "));

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
