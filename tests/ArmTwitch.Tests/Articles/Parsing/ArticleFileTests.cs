using ArmTwitch.Articles.Content;

namespace ArmTwitch.Tests.Articles.Parsing;

/// <summary>What articles may name, and what is said when that is not there.</summary>
public sealed class ArticleFileTests : IDisposable
{
    private readonly ContentCopy content = new();

    public void Dispose() => content.Dispose();

    [Fact]
    public void A_link_to_a_file_that_cannot_be_read_is_no_fault()
    {
        content.Write("articles/two.md", "");
        File.WriteAllBytes(content.PathOf("articles/two.md"), [0x2d, 0xff, 0xfe, 0x41]);
        content.WriteArticle("one", "A [link](/articles/two), and [one](/articles/two#causes) to a heading [@F001].", "related: [two]");

        Assert.Equal("not-utf-8", Assert.Single(content.Faults()).Rule);
    }

    [Fact]
    public void A_file_name_that_is_no_address_is_not_suggested()
    {
        content.Write("articles/Two Twitches.md", ContentCopy.Article("Words [@F001].", "aliases: [old]"));
        content.WriteArticle("one", "A [link](/articles/somewhere-else-entirely) [@F001].");

        Assert.Contains(content.Faults(), diagnostic => diagnostic is { Rule: "dead-link", Right: "Write one of: one." });
    }

    [Theory]
    [InlineData("Low calcium [@F001]. Low *blood* [@F001] sugar.", "Low calcium. Low blood sugar.")]
    [InlineData("A claim [@F001] [@F002], and\n[@F001] another\n[@F002].", "A claim, and another.")]
    [InlineData("**Bold** [@F001](#x) (so [@F001]).", "Bold(#x) (so).")]
    [InlineData("## Causes\n\nMany.\n\n## Which ones? [@F001]\n\n### *Low* blood [@F001]\n\n- Sugar", "Causes.\nMany.\nWhich ones?\nLow blood.\nSugar")]
    public void Plain_text_has_no_markup_and_no_gaps_where_citations_were(string body, string words)
    {
        content.WriteArticle("one", body);

        Assert.Equal(words, Assert.Single(new ContentLoader(content.Folder).Load()!.Latest).PlainText());
    }

    [Theory]
    [InlineData("url: https://www.nhs.uk/page", "https://www.nhs.uk/page")]
    [InlineData("url: https://www.nhs.uk/page, pmid: 123", "https://pubmed.ncbi.nlm.nih.gov/123/")]
    [InlineData("note: On paper", null)]
    public void A_source_is_found_by_its_number_or_else_its_address(string fields, string? address)
    {
        content.Write(
            "references.yml",
            $"facts:\n  F001: {{says: A twitch., strength: well, sources: [S1]}}\nsources:\n  S1: {{title: A page, publisher: P, seen: read, {fields}}}");

        var source = Assert.Single(new ContentLoader(content.Folder).Load()!.Latest).References[0].Fact.Sources[0];

        Assert.Equal(address, source.Address?.ToString());
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

        var now = new ContentLoader(content.Folder).Load()!;

        Assert.False(Assert.Single(now.Faults).Blocks);
        Assert.Single(now.Latest);
    }

    [Fact]
    public void An_article_with_an_unknown_fact_is_left_out()
    {
        content.WriteArticle("two", "A claim [@F999].");

        var now = new ContentLoader(content.Folder).Load()!;

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
