using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;

namespace ArmTwitch.Tests.Articles.Emergency;

/// <summary>Signs that articles share, and words that the site explains.</summary>
public sealed class WarningSignTests : IDisposable
{
    private readonly ContentCopy content = new();

    public WarningSignTests() => content.Write("signs.yml", """
        stroke: {level: emergency, says: "your face droops, now [@F002]"}
        weak: {level: urgent, says: "one arm gets weak [@F001]"}
        """);

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => content.Dispose();

    [Fact]
    public void A_named_sign_stands_on_the_card_in_its_shared_words()
    {
        content.WriteArticle("one", "First [@F001].\n\n:::emergency\n- @stroke\n:::\n\nLast.");

        var article = Assert.Single(new ContentLoader(content.Folder).Load()!.Latest);

        Assert.Contains("- your face droops, now [@F002]\n", article.Source, StringComparison.Ordinal);
        Assert.Contains("- @stroke\n", article.SourceText, StringComparison.Ordinal);
        Assert.Equal(article.SourceText.Split('\n').Length, article.Source.Split('\n').Length);
        Assert.Equal(["F001", "F002"], article.References.Select(reference => reference.Fact.Id));
    }

    [Fact]
    public void A_sign_that_is_cited_first_has_the_first_number()
    {
        content.WriteArticle("one", ":::emergency\n- @stroke\n:::\n\nLast [@F001] [@F002].");

        var article = Assert.Single(new ContentLoader(content.Folder).Load()!.Latest);

        Assert.Equal(["F002 2", "F001 1"], article.References.Select(reference => $"{reference.Fact.Id} {reference.Mentions}"));
    }

    [Theory]
    [InlineData(":::emergency\n- @strok\n:::", "articles/one.md:15:3: error unknown-sign: There is no sign \"strok\". Did you mean \"stroke\"?")]
    [InlineData(":::emergency\n- @weak\n:::", "articles/one.md:15:3: error sign-level: The sign \"weak\" stands on the wrong card. signs.yml has it for :::urgent.")]
    [InlineData("- @weak", "articles/one.md:14:3: error sign-level: The sign \"weak\" stands on the wrong card. signs.yml has it for :::urgent.")]
    public void A_sign_in_the_wrong_place_is_reported_there(string body, string fault)
    {
        content.WriteArticle("one", body);

        Assert.Equal([fault], content.Faults().Select(found => found.ToString()));
    }

    [Theory]
    [InlineData("stroke: {level: now, says: \"a\"}", "signs.yml:1:17: error unknown-word: \"level\" is \"now\", which means nothing here. Write one of: emergency, hospital, routine, self-care, urgent.")]
    [InlineData("stroke: {level: emergency, says: \"a [@F999]\"}", "signs.yml:1:34: error unknown-citation: There is no fact \"F999\". Cite a fact from references.yml; what is not there cannot be printed.")]
    [InlineData("stroke: {level: emergency, says: \"a [b](/about)\"}", "signs.yml:1:34: error not-plain: \"says\" is more than words and citations. Write one sentence without links, bold words or lists.")]
    [InlineData("stroke: {level: emergency, about: [nervs], says: \"a\"}", "signs.yml:1:36: error unknown-topic: There is no topic \"nervs\". Did you mean \"nerves\"?")]
    [InlineData("stroke: {level: emergency, says: \"a\", why: \"a\"}", "signs.yml:1:39: error unknown-key: There is no key \"why\". Write one of: about, level, listening, says, worse.")]
    [InlineData("Big Stroke: {level: emergency, says: \"a\"}", "signs.yml:1:13: error not-an-id: \"Big Stroke\" cannot be an id. Write lower-case words joined by hyphens.")]
    public void A_wrong_sign_is_reported_in_its_own_file(string yaml, string fault)
    {
        content.Write("signs.yml", yaml);

        Assert.Equal([fault], content.Faults().Select(found => found.ToString()));
    }

    [Fact]
    public void A_word_that_two_terms_explain_is_reported()
    {
        content.Write(
            "glossary.yml", "emg: {term: EMG, says: \"A test.\"}\nneedle: {term: needle test, aliases: [emg], says: \"A test.\"}");

        Assert.Equal(
            "glossary.yml:2:39: error second-term: \"emg\" is explained already. Leave it to one of the two.",
            Assert.Single(content.Faults()).ToString());
    }

    [Fact]
    public async Task A_changed_sign_changes_the_page()
    {
        content.WriteArticle("one", ":::urgent\n- @weak\n:::");
        using var site = new TestSite(content.Folder);
        using var visitor = site.Visit();
        Assert.Contains("one arm gets weak", await ReadAsync(visitor), StringComparison.Ordinal);

        content.Write("signs.yml", "weak: {level: urgent, says: \"one leg gets weak [@F001]\"}");
        site.Get<ArticleLibrary>().Reload();

        Assert.Contains("one leg gets weak", await ReadAsync(visitor), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_use_of_a_term_leads_to_its_explanation_and_back()
    {
        content.Write(
            "glossary.yml",
            "emg: {term: EMG, aliases: [needle test], says: \"A test of a muscle [@F002].\"}\nmri: {term: MRI, says: \"A scan.\"}");
        content.WriteArticle(
            "one",
            ":::stop-reading\nNo EMG is needed.\n:::\n\n## The EMG test\n\nAn [EMG](/about), EMGs, a **Needle test** and an EMG [@F001].");
        using var site = new TestSite(content.Folder);
        using var visitor = site.Visit();
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await ReadAsync(visitor));

        var use = Assert.Single(page.QuerySelectorAll("a.term"));
        var explained = Assert.Single(page.QuerySelectorAll(".words > div"));

        Assert.Equal(("Needle test", "#word-emg", "use-emg"), (use.TextContent, use.GetAttribute("href"), use.Id));
        Assert.Equal("strong", use.ParentElement!.LocalName);
        Assert.Equal("word-emg", explained.Id);
        Assert.StartsWith("A test of a muscle", explained.QuerySelector("dd")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("#use-emg", explained.QuerySelector(".back")!.GetAttribute("href"));
        Assert.Equal("#ref-2", explained.QuerySelector(".cite a")!.GetAttribute("href"));
        Assert.Equal(["ref-1", "ref-2"], page.QuerySelectorAll(".references > li").Select(item => item.Id));
        Assert.All(page.QuerySelectorAll("a[href^='#']"), link => Assert.NotNull(page.GetElementById(link.GetAttribute("href")![1..])));
    }

    private static async Task<string> ReadAsync(HttpClient visitor) =>
        await visitor.GetStringAsync(new Uri("/articles/one", UriKind.Relative), Stop);
}
