using ArmTwitch.Comments.Flags;

namespace ArmTwitch.Tests.Comments.Flags;

/// <summary>What each rule finds, and what it lets pass.</summary>
public sealed class FlagRuleTests
{
    public static TheoryData<string, string> Found => Rows(FlagRuleExamples.Found);

    public static TheoryData<string, string> Passed => Rows(FlagRuleExamples.Passed);

    [Theory]
    [MemberData(nameof(Found))]
    public void A_rule_finds(string rule, string text) => Assert.NotEmpty(Find(rule, "Ada", text));

    [Theory]
    [MemberData(nameof(Passed))]
    public void A_rule_lets_pass(string rule, string text) => Assert.Empty(Find(rule, "Ada", text));

    [Theory]
    [InlineData("breathing", "J'ÉTOUFFE")]
    [InlineData("breathing", "j'etouffe")]
    [InlineData("weakness", "gelähmt")]
    [InlineData("weakness", "GELAHMT")]
    [InlineData("miracle-cure", "me curo del todo")]
    public void A_phrase_is_found_with_and_without_its_accents(string rule, string text) => Assert.NotEmpty(Find(rule, "Ada", text));

    [Theory]
    [InlineData("www.example.com")]
    [InlineData("https://example.org")]
    [InlineData("Best-Pills.shop")]
    [InlineData("ada@example.org")]
    [InlineData("call 07700 900123")]
    [InlineData("@adatwitch")]
    [InlineData("Cheap SEO")]
    [InlineData("example dot com")]
    [InlineData("t.me/ada")]
    [InlineData("Comprar barato")]
    [InlineData("Acheter pas cher")]
    [InlineData("Billig kaufen")]
    public void A_link_in_a_name_is_found(string name) => Assert.NotEmpty(Find("link-in-name", name, "Hello"));

    [Theory]
    [InlineData("Ada")]
    [InlineData("Ada L.")]
    [InlineData("Dr. Ada")]
    [InlineData("J.R. Smith")]
    [InlineData("Mr.T")]
    [InlineData("St.John")]
    [InlineData("Anna-Maria")]
    [InlineData("Twitchy 77")]
    [InlineData("Søren Åberg")]
    [InlineData("Ada at home")]
    [InlineData("Not a doctor")]
    [InlineData("\"Ada\"")]
    [InlineData("Señora Compton")]
    [InlineData("Cheryl")]
    [InlineData("Herr Kaufmann")]
    public void A_mere_name_is_no_link(string name) => Assert.Empty(Find("link-in-name", name, "See example.com"));

    [Fact]
    public void Every_rule_has_examples_of_both_kinds() => Assert.All(FlagRules.All.Where(rule => rule.Id is not "link-in-name"), rule =>
    {
        Assert.InRange(FlagRuleExamples.Found[rule.Id].Length, 8, 100);
        Assert.InRange(FlagRuleExamples.Passed[rule.Id].Length, 8, 100);
    });

    private static IReadOnlyList<Flag> Find(string rule, string author, string text) =>
        FlagRules.FindFlags(author, text, [FlagRules.All.Single(one => one.Id == rule)]);

    private static TheoryData<string, string> Rows(IReadOnlyDictionary<string, string[]> tables)
    {
        var rows = new TheoryData<string, string>();
        foreach (var (rule, texts) in tables)
        {
            foreach (var text in texts)
                rows.Add(rule, text);
        }

        return rows;
    }
}
