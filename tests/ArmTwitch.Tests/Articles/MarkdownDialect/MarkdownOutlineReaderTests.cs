using ArmTwitch.Articles.Content;

namespace ArmTwitch.Tests.Articles.MarkdownDialect;

/// <summary>Every fault of the text of an article, with its exact message.</summary>
public sealed class MarkdownOutlineReaderTests : IDisposable
{
    /// <summary>The first line of the text in a file made by <see cref="ContentCopy"/>.</summary>
    private const int Top = 14;

    private readonly ContentCopy content = new();

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => content.Dispose();

    [Theory]
    [InlineData(":::emergancy\n- one\n:::", 0, 1, "unknown-block: There is no block \":::emergancy\". Did you mean \"emergency\"?")]
    [InlineData(":::warning\n- one\n:::", 0, 1, "unknown-block: There is no block \":::warning\". Write one of: answer, do, dont, emergency, emergency-numbers, hospital, key-facts, myth, picture, routine, self-care, stop-reading, urgent.")]
    [InlineData(":::urgent\n- one", 0, 1, "open-block: \":::urgent\" is never closed. Put a line of ::: behind its last line.")]
    [InlineData("::::urgent\n:::do\n- one\n:::\n::::", 1, 1, "nested-block: \":::do\" stands inside another block. Close the outer block first.")]
    [InlineData(":::urgent\n- one\n:::\n\n:::urgent\n- two\n:::", 4, 1, "second-block: There is already a \":::urgent\" above. Put everything into that one.")]
    [InlineData(":::emergency-numbers\n:::\n\n:::emergency-numbers\n:::", 3, 1, "second-block: There is already a \":::emergency-numbers\" above. Put everything into that one.")]
    [InlineData(":::urgent Call today\n- one\n:::", 0, 1, "stray-words: \":::urgent\" takes nothing behind its name. Its heading is the same on every page; put the words inside.")]
    [InlineData(":::myth\nNo.\n:::", 0, 1, "no-claim: A myth needs the claim it answers. Write it on the same line: :::myth Lactic acid makes the muscle jump")]
    [InlineData(":::picture leg\nA leg.\n:::", 0, 1, "unknown-picture: There is no picture \"leg\". Write one of: arm, base-rate, neck-roots, nerve.")]
    [InlineData(":::picture base-rate\nTwo.\n:::\n\n:::picture base-rate\nTwo.\n:::", 4, 1, "second-picture: The picture \"base-rate\" stands above already. Show it once on a page.")]
    [InlineData("| a | b |\n|---|---|\n| 1 | 2 | 3 |", 2, 2, "wide-row: The row has 3 cells, and the head of the table 2. Take out a cell, or write \\| for a | that is part of the words.")]
    [InlineData("# A second title", 0, 1, "second-title: The title is the page's only heading of level 1. Begin this heading with ##.")]
    [InlineData("## References", 0, 1, "taken-heading: The page has a \"#references\" of its own. Word this heading otherwise.")]
    [InlineData("## Numbers by country", 0, 1, "taken-heading: The page has a \"#numbers-by-country\" of its own. Word this heading otherwise.")]
    [InlineData("## Ref 1", 0, 1, "taken-heading: The page has a \"#ref-1\" of its own. Word this heading otherwise.")]
    [InlineData("See [two [@F001]](/articles/two).", 0, 10, "citation-in-link: A fact is cited inside a link. Put it behind the link.")]
    [InlineData("a&#1;b", 0, 2, "control-character: There is a control character. Take it out; feeds cannot hold it.")]
    [InlineData("A claim [@F999].", 0, 9, "unknown-citation: There is no fact \"F999\". Cite a fact from references.yml; what is not there cannot be printed.")]
    [InlineData("See [there](https://example.org).", 0, 5, "outside-link: The link \"https://example.org\" leaves the site. Cite a fact instead; its sources are linked in the references. Own links begin with / or #.")]
    [InlineData("See [there](articles/foo#a).", 0, 5, "no-slash: The link \"articles/foo#a\" lacks the slash at its beginning. Write \"/articles/foo#a\".")]
    [InlineData("See [there](../articles/foo).", 0, 5, "no-slash: The link \"../articles/foo\" lacks the slash at its beginning. Write \"/articles/foo\".")]
    [InlineData("See [there](example.org/x).", 0, 5, "outside-link: The link \"example.org/x\" leaves the site. Cite a fact instead; its sources are linked in the references. Own links begin with / or #.")]
    [InlineData("See <https://example.org>.", 0, 5, "outside-link: The link \"https://example.org\" leaves the site. Cite a fact instead; its sources are linked in the references. Own links begin with / or #.")]
    [InlineData("See [there](javascript:alert%281%29).", 0, 5, "outside-link: The link \"javascript:alert%281%29\" leaves the site. Cite a fact instead; its sources are linked in the references. Own links begin with / or #.")]
    [InlineData("See [there](&#106;avascript:x).", 0, 5, "outside-link: The link \"javascript:x\" leaves the site. Cite a fact instead; its sources are linked in the references. Own links begin with / or #.")]
    [InlineData("See [there](//example.org/x).", 0, 5, "outside-link: The link \"//example.org/x\" leaves the site. Cite a fact instead; its sources are linked in the references. Own links begin with / or #.")]
    [InlineData("See [there][r].\n\n[r]: data:text/html,x", 0, 5, "outside-link: The link \"data:text/html,x\" leaves the site. Cite a fact instead; its sources are linked in the references. Own links begin with / or #.")]
    [InlineData("See ![an arm](/arm.png).", 0, 5, "image: Pictures from files are not shown. Use a :::picture block.")]
    [InlineData("See [below](#nowhere).", 0, 5, "dead-link: This page has no heading \"#nowhere\". None is defined yet.")]
    [InlineData("See [below](#numbers-by-country).", 0, 5, "dead-link: This page has no heading \"#numbers-by-country\". None is defined yet.")]
    [InlineData("## Salts\n\nSee [below](#salt).", 2, 5, "dead-link: This page has no heading \"#salt\". Did you mean \"#salts\"?")]
    [InlineData("See [two](/articles/to).", 0, 5, "dead-link: There is no article \"to\". Did you mean \"two\"?")]
    [InlineData(":::emergency\n- collapse\n:::\n\nSee [below](#emergenci).", 4, 5, "dead-link: This page has no heading \"#emergenci\". Did you mean \"#emergency\"?")]
    [InlineData("See [two](/articles/two#nowhere).", 0, 5, "dead-link: \"articles/two.md\" has no heading \"#nowhere\". Link to one of its headings, or to the article alone.")]
    [InlineData(":::picture arm\nAn arm.\n:::", 0, 1, "dead-link: There is no article \"twitching-in-the-hand-and-thumb\". Write one of: one, two.")]
    [InlineData("See [about](/abuot).", 0, 5, "dead-link: There is no page \"/abuot\". Did you mean \"/about\"?")]
    public void What_is_wrong_is_reported_at_its_place(string body, int line, int column, string fault)
    {
        content.WriteArticle("two");
        content.WriteArticle("one", body);

        Assert.Equal($"articles/one.md:{Top + line}:{column}: error {fault}", content.Faults()[0].ToString());
    }

    [Fact]
    public void What_a_draft_says_is_not_kept_for_as_long_as_the_process_lives()
    {
        var word = $"w{Guid.NewGuid():N}";
        content.WriteArticle("one", $"## {word}\n\nA claim [@{word}], and [a link](/articles/{word}).");

        Assert.NotEmpty(content.Faults());

        Assert.Null(string.IsInterned(word));
        Assert.Null(string.IsInterned($"/articles/{word}"));
    }

    [Theory]
    [InlineData(
        "See [coffee](/articles/caffeine).",
        "There is no article \"caffeine\". Did you mean \"caffeine-alcohol-stress-and-sleep\"?")]
    [InlineData(
        "See [the leg](/articles/twitching-in-the-leg).",
        "There is no article \"twitching-in-the-leg\". Did you mean \"twitching-in-the-shoulder\"?")]
    [InlineData(
        "See [coffee](/caffeine-alcohol-stress).",
        "There is no page \"/caffeine-alcohol-stress\". Did you mean \"/articles/caffeine-alcohol-stress-and-sleep\"?")]
    [InlineData(
        "See [x](/articles/qqq).",
        "There is no article \"qqq\". No page is called anything like it: correct the address, or take the link out.")]
    [InlineData(
        "## How it feels\n\nSee [above](/articles/one#how-it-feel).",
        "\"articles/one.md\" has no heading \"#how-it-feel\". Did you mean \"#how-it-feels\"?")]
    public void Among_many_names_the_nearest_are_offered(string body, string told)
    {
        content.WriteArticle("caffeine-alcohol-stress-and-sleep");
        content.WriteArticle("twitching-in-the-shoulder");
        for (var number = 10; number < 30; number++)
            content.WriteArticle($"other-{number}");
        content.WriteArticle("one", body);

        var fault = Assert.Single(content.Faults());

        Assert.Equal(told, $"{fault.What} {fault.Right}");
    }

    [Theory]
    [InlineData("[", "too-deep")]
    [InlineData("> ", "too-deep")]
    [InlineData("word ", "too-big")]
    public void A_text_that_would_crash_the_program_is_left_out(string piece, string rule)
    {
        content.WriteArticle("two", string.Concat(Enumerable.Repeat(piece, 60_000)));

        var now = new ContentLoader(content.Folder).Load()!;

        Assert.Equal(rule, Assert.Single(now.Faults).Rule);
        Assert.Single(now.Latest);
    }

    [Fact]
    public void Equal_headings_get_numbers()
    {
        content.WriteArticle("one", "## A\n\n## A 1\n\n## A\n\n## A\n\n## ?\n\n## Two *words* [@F001]\n\n## `A` &amp; b\n");

        var article = Assert.Single(new ContentLoader(content.Folder).Load()!.Latest);

        Assert.Equal(["a", "a-1", "a-2", "a-3", "section", "two-words", "a--b"], article.Headings.Select(heading => heading.Id));
    }

    [Theory]
    [InlineData("# a\n")]
    [InlineData("## a\n")]
    [InlineData("### a\n")]
    public async Task Twenty_thousand_equal_headings_are_read_quickly(string heading)
    {
        content.WriteArticle("one", string.Concat(Enumerable.Repeat(heading, 20_000)));

        await Task.Run(Read, Stop).WaitAsync(TimeSpan.FromSeconds(10), Stop);

        void Read()
        {
            var article = new ContentLoader(content.Folder).Load()!.Latest.SingleOrDefault();
            Assert.Equal(heading is "# a\n", article is null);
            article?.Read();
        }
    }
}
