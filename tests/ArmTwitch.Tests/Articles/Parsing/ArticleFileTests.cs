namespace ArmTwitch.Tests.Articles.Parsing;

/// <summary>Every way to get the text of an article wrong, and the exact words that say so.</summary>
public sealed class ArticleFileTests : IDisposable
{
    /// <summary>The first line of the text in a file made by <see cref="ContentCopy"/>.</summary>
    private const int Top = 14;

    private readonly ContentCopy content = new();

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => content.Dispose();

    [Theory]
    [InlineData(":::emergancy\n- one\n:::", 0, 1, "unknown-block: There is no block \":::emergancy\". Did you mean \"emergency\"?")]
    [InlineData(":::warning\n- one\n:::", 0, 1, "unknown-block: There is no block \":::warning\". Write one of: answer, do, dont, emergency, emergency-numbers, key-facts, myth, picture, routine, self-care, stop-reading, urgent.")]
    [InlineData(":::urgent\n- one", 0, 1, "open-block: \":::urgent\" is never closed. Put a line of ::: behind its last line.")]
    [InlineData("::::urgent\n:::do\n- one\n:::\n::::", 1, 1, "nested-block: \":::do\" stands inside another block. Close the outer block first.")]
    [InlineData(":::urgent\n- one\n:::\n\n:::urgent\n- two\n:::", 4, 1, "second-block: There is already a \":::urgent\" above. Put everything into that one.")]
    [InlineData(":::urgent Call today\n- one\n:::", 0, 1, "stray-words: \":::urgent\" takes nothing behind its name. Its heading is the same on every page; put the words inside.")]
    [InlineData(":::myth\nNo.\n:::", 0, 1, "no-claim: A myth needs the claim it answers. Write it on the same line: :::myth Lactic acid makes the muscle jump")]
    [InlineData(":::picture leg\nA leg.\n:::", 0, 1, "unknown-picture: There is no picture \"leg\". Write one of: arm, base-rate.")]
    [InlineData("| a | b |\n|---|---|\n| 1 | 2 | 3 |", 2, 2, "wide-row: The row has 3 cells, and the head of the table 2. Take out a cell, or write \\| for a | that is part of the words.")]
    [InlineData("# Title", 0, 1, "second-title: The title is the page's only heading of level 1. Begin this heading with ##.")]
    [InlineData("## References", 0, 1, "taken-heading: The page has a \"#references\" of its own. Word this heading otherwise.")]
    [InlineData("## Ref 1", 0, 1, "taken-heading: The page has a \"#ref-1\" of its own. Word this heading otherwise.")]
    [InlineData("See [two [@F001]](/articles/two).", 0, 10, "citation-in-link: A fact is cited inside a link. Put it behind the link.")]
    [InlineData("a&#1;b", 0, 2, "control-character: There is a control character. Take it out; feeds cannot hold it.")]
    [InlineData("A claim [@F999].", 0, 9, "unknown-citation: There is no fact \"F999\". Cite a fact from references.yml; what is not there cannot be printed.")]
    [InlineData("See [there](https://example.org).", 0, 5, "outside-link: The link \"https://example.org\" leaves the site. Cite a fact instead; its sources are linked in the references. Own links begin with / or #.")]
    [InlineData("See <https://example.org>.", 0, 5, "outside-link: The link \"https://example.org\" leaves the site. Cite a fact instead; its sources are linked in the references. Own links begin with / or #.")]
    [InlineData("See [there](javascript:alert%281%29).", 0, 5, "outside-link: The link \"javascript:alert%281%29\" leaves the site. Cite a fact instead; its sources are linked in the references. Own links begin with / or #.")]
    [InlineData("See [there](&#106;avascript:x).", 0, 5, "outside-link: The link \"javascript:x\" leaves the site. Cite a fact instead; its sources are linked in the references. Own links begin with / or #.")]
    [InlineData("See [there](//example.org/x).", 0, 5, "outside-link: The link \"//example.org/x\" leaves the site. Cite a fact instead; its sources are linked in the references. Own links begin with / or #.")]
    [InlineData("See [there][r].\n\n[r]: data:text/html,x", 0, 5, "outside-link: The link \"data:text/html,x\" leaves the site. Cite a fact instead; its sources are linked in the references. Own links begin with / or #.")]
    [InlineData("See ![an arm](/arm.png).", 0, 5, "image: Pictures from files are not shown. Use a :::picture block.")]
    [InlineData("See [below](#nowhere).", 0, 5, "dead-link: This page has no heading \"#nowhere\". None is defined yet.")]
    [InlineData("## Salts\n\nSee [below](#salt).", 2, 5, "dead-link: This page has no heading \"#salt\". Did you mean \"#salts\"?")]
    [InlineData("See [two](/articles/to).", 0, 5, "dead-link: There is no article \"to\". Did you mean \"two\"?")]
    [InlineData("See [two](/articles/two#nowhere).", 0, 5, "dead-link: \"articles/two.md\" has no heading \"#nowhere\". Link to one of its headings, or to the article alone.")]
    [InlineData("See [about](/abuot).", 0, 5, "dead-link: There is no page \"/abuot\". Did you mean \"/about\"?")]
    public void What_is_wrong_is_told_at_its_place(string body, int line, int column, string fault)
    {
        content.WriteArticle("two");
        content.WriteArticle("one", body);

        Assert.Equal($"articles/one.md:{Top + line}:{column}: error {fault}", content.Faults()[0].ToString());
    }

    [Theory]
    [InlineData("[", "too-deep")]
    [InlineData("> ", "too-deep")]
    [InlineData("word ", "too-big")]
    public void A_text_that_would_bring_the_program_down_is_left_out(string piece, string rule)
    {
        content.WriteArticle("two", string.Concat(Enumerable.Repeat(piece, 60_000)));

        var now = new ArmTwitch.Articles.Content.ContentLoader(content.Folder).Load()!;

        Assert.Equal(rule, Assert.Single(now.Faults).Rule);
        Assert.Single(now.Latest);
    }

    [Fact]
    public void A_huge_file_is_told_without_being_read()
    {
        using (var sparse = File.Create(content.PathOf("articles/two.md")))
            sparse.SetLength(1_500_000_000);
        var before = GC.GetTotalAllocatedBytes();

        var diagnostic = Assert.Single(content.Faults());

        Assert.Equal("articles/two.md:1:1: error too-big: The file has 1500000000 bytes. Write at most 262144.", diagnostic.ToString());
        Assert.True(GC.GetTotalAllocatedBytes() - before < 500_000_000);
    }

    [Theory]
    [InlineData("articles/TWO.MD")]
    [InlineData("articles/nerves/two.md")]
    [InlineData("pages/two.Md")]
    [InlineData("authors/a/b/two.md")]
    public void A_file_that_nobody_reads_is_told(string name)
    {
        content.Write(name, ContentCopy.Article("Some words [@F001]."));

        Assert.Equal(
            $"{name}:1:1: error not-read: The file is not read. Put it into {name.Split('/')[0]}/ itself, with a name that ends in .md.",
            Assert.Single(content.Faults()).ToString());
    }

    [Theory]
    [InlineData("articles/._one.md")]
    [InlineData("articles/.#one.md")]
    [InlineData("articles/.trash/one.md")]
    [InlineData("articles/notes.txt")]
    public void What_an_editor_or_macOS_leaves_behind_is_passed_over(string name)
    {
        content.Write(name, "\0\u0005\u0016\u0007");

        Assert.Empty(content.Faults());
    }

    [Fact]
    public void A_file_that_is_not_utf_8_is_left_out()
    {
        File.WriteAllBytes(content.PathOf("articles/two.md"), [0x2d, 0xff, 0xfe, 0x41]);

        Assert.Equal(
            "articles/two.md:1:1: error not-utf-8: The file is not UTF-8. Save it as UTF-8.", Assert.Single(content.Faults()).ToString());
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_no_fault_of_those_that_name_it()
    {
        content.Write("articles/two.md", "");
        File.WriteAllBytes(content.PathOf("articles/two.md"), [0x2d, 0xff, 0xfe, 0x41]);
        content.WriteArticle("one", "A [link](/articles/two), and [one](/articles/two#causes) to a heading [@F001].", "related: [two]");

        Assert.Equal("not-utf-8", Assert.Single(content.Faults()).Rule);
    }

    [Fact]
    public void A_file_whose_name_is_no_address_is_not_offered_as_one()
    {
        content.Write("articles/Two Twitches.md", ContentCopy.Article("Words [@F001].", "aliases: [old]"));
        content.WriteArticle("one", "A [link](/articles/somewhere-else-entirely) [@F001].");

        Assert.Contains(content.Faults(), diagnostic => diagnostic is { Rule: "dead-link", Right: "Write one of: old, one." });
    }

    [Theory]
    [InlineData("pages/about.md")]
    [InlineData("newsletters/first.md")]
    [InlineData("articles/Two Twitches.md")]
    public void Of_a_file_that_is_not_utf_8_nothing_else_is_told(string name)
    {
        content.Write(name, "");
        File.WriteAllBytes(content.PathOf(name), [0x2d, 0xff, 0xfe, 0x41]);

        Assert.Equal("not-utf-8", Assert.Single(content.Faults()).Rule);
    }

    [Theory]
    [InlineData("articles/two.md", "1:1: error no-front-matter")]
    [InlineData("pages/two.md", "1:1: error no-front-matter")]
    [InlineData("topics.yml", "1:1: error yaml")]
    public async Task A_pipe_is_left_out_and_holds_nobody_up(string name, string fault)
    {
        content.Delete(name);
        using (var made = System.Diagnostics.Process.Start("mkfifo", [content.PathOf(name)]))
            await made.WaitForExitAsync(Stop);

        var faults = await Task.Run(content.Faults, Stop).WaitAsync(TimeSpan.FromSeconds(10), Stop);

        Assert.Contains(faults, found => found.Blocks && found.ToString().StartsWith($"{name}:{fault}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Low calcium [@F001]. Low *blood* [@F001] sugar.", "Low calcium. Low blood sugar.")]
    [InlineData("A claim [@F001] [@F002], and\n[@F001] another\n[@F002].", "A claim, and another.")]
    [InlineData("**Bold** [@F001](#x) (so [@F001]).", "Bold(#x) (so).")]
    [InlineData("## Causes\n\nMany.\n\n## Which ones? [@F001]\n\n### *Low* blood [@F001]\n\n- Sugar", "Causes.\nMany.\nWhich ones?\nLow blood.\nSugar")]
    public void Without_markup_the_words_read_as_if_nothing_had_stood_between_them(string body, string words)
    {
        content.WriteArticle("one", body);

        Assert.Equal(words, Assert.Single(new ArmTwitch.Articles.Content.ContentLoader(content.Folder).Load()!.Latest).PlainText());
    }

    [Fact]
    public void Headings_of_one_wording_are_told_apart_by_numbers()
    {
        content.WriteArticle("one", "## A\n\n## A 1\n\n## A\n\n## A\n\n## ?\n\n## Two *words* [@F001]\n\n## `A` &amp; b\n");

        var article = Assert.Single(new ArmTwitch.Articles.Content.ContentLoader(content.Folder).Load()!.Latest);

        Assert.Equal(["a", "a-1", "a-2", "a-3", "section", "two-words", "a--b"], article.Headings.Select(heading => heading.Id));
    }

    [Theory]
    [InlineData("# a\n")]
    [InlineData("## a\n")]
    [InlineData("### a\n")]
    public async Task Twenty_thousand_equal_headings_take_no_time_to_speak_of(string heading)
    {
        content.WriteArticle("one", string.Concat(Enumerable.Repeat(heading, 20_000)));

        await Task.Run(Read, Stop).WaitAsync(TimeSpan.FromSeconds(10), Stop);

        void Read()
        {
            var article = new ArmTwitch.Articles.Content.ContentLoader(content.Folder).Load()!.Latest.SingleOrDefault();
            Assert.Equal(heading is "# a\n", article is null);
            article?.Read();
        }
    }

    [Fact]
    public void A_byte_order_mark_and_other_line_ends_change_nothing()
    {
        File.WriteAllText(
            content.PathOf("articles/two.md"), ContentCopy.Article("Words [@F001].").Replace("\n", "\r\n", StringComparison.Ordinal),
            new System.Text.UTF8Encoding(true));

        Assert.Empty(content.Faults());
    }

    [Fact]
    public void An_old_address_belongs_to_one_article()
    {
        content.WriteArticle("two", frontMatter: "aliases: [older, one]");
        content.WriteArticle("three", frontMatter: "aliases: [older]");

        Assert.Equal(
            [
                "articles/two.md:12:10: error taken-alias: The old address \"older\" belongs to \"articles/three.md\". Leave it to one of the two.",
                "articles/two.md:12:10: error taken-alias: The old address \"one\" belongs to \"articles/one.md\". Leave it to one of the two.",
            ],
            content.Faults().Select(diagnostic => diagnostic.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_article_with_a_dead_link_is_still_served()
    {
        content.WriteArticle("one", "See [two](/articles/two).");

        var now = new ArmTwitch.Articles.Content.ContentLoader(content.Folder).Load()!;

        Assert.False(Assert.Single(now.Faults).Blocks);
        Assert.Single(now.Latest);
    }

    [Fact]
    public void An_article_with_an_unknown_fact_is_left_out()
    {
        content.WriteArticle("two", "A claim [@F999].");

        var now = new ArmTwitch.Articles.Content.ContentLoader(content.Folder).Load()!;

        Assert.True(Assert.Single(now.Faults).Blocks);
        Assert.Equal("one", Assert.Single(now.Latest).Slug.ToString());
    }

    [Fact]
    public void Links_may_lead_to_old_addresses_cards_and_headings()
    {
        content.WriteArticle("two", ":::urgent\n- one\n:::\n\n## A heading\n\nWords.", "aliases: [older]");
        content.WriteArticle("one", "[a](/articles/two#urgent) [b](/articles/older) [c](/articles/two#a-heading) [d](/topics/nerves) [e](/about) [f](/) [g](#references)");

        Assert.Empty(content.Faults());
    }
}
