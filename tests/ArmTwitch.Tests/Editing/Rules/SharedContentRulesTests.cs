using ArmTwitch.Articles;
using ArmTwitch.Editing;

namespace ArmTwitch.Tests.Editing.Rules;

/// <summary>The rules for what articles share.</summary>
public sealed class SharedContentRulesTests : IDisposable
{
    private readonly LintTestContent content = new();

    public void Dispose() => content.Dispose();

    public static TheoryData<string, string, string, string> OfSigns => new()
    {
        { "long-sign", $"{Long(20)} [@F001]", $"{Long(21)} [@F001]", "signs.yml:1:34: warning" },
        { "uncited-sign", "your face droops [@F001]", "your face droops", "signs.yml:1:34: error" },
        { "sign-wording", "your face droops [@F001]", "you utilise one arm [@F001]", "signs.yml:1:34: warning" },
        { "sign-wording", "your face droops [@F001]", "a deadly twitch [@F001]", "signs.yml:1:34: error" },
        { "sign-wording", "you cannot call for help [@F001]", "you cannot call 999 [@F001]", "signs.yml:1:34: error" },
    };

    [Theory]
    [MemberData(nameof(OfSigns))]
    public void A_fault_of_a_sign_is_reported_where_the_sign_is_written(string rule, string kept, string broken, string place)
    {
        Assert.Empty(With("signs.yml", $"stroke: {{level: emergency, says: \"{kept}\"}}", rule));
        Assert.StartsWith(
            $"{place} {rule}: ", Assert.Single(With("signs.yml", $"stroke: {{level: emergency, says: \"{broken}\"}}", rule)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_sign_that_no_article_shows_is_reported()
    {
        Assert.Empty(With("signs.yml", "stroke: {level: emergency, says: \"your face droops [@F001]\"}", "unused-sign"));
        Assert.Equal(
            ["signs.yml:2:33: warning unused-sign: No article shows the sign \"other\". Name it on a card, or take it out."],
            With(
                "signs.yml",
                "stroke: {level: emergency, says: \"your face droops [@F001]\"}\nother: {level: emergency, says: \"you fall [@F001]\"}",
                "unused-sign"));
    }

    [Fact]
    public void A_sign_that_no_question_asks_about_is_reported()
    {
        const string signs =
            "stroke: {level: emergency, says: \"your face droops [@F001]\"}\nother: {level: routine, says: \"you fall [@F001]\"}";
        const string check = """
            start: now
            questions:
              now: {ask: Is it sudden?, signs: [stroke], yes: call, no: home}
            outcomes:
              call: {urgency: emergency, title: Call, article: one, advice: [{says: Call., facts: [F001]}]}
              home: {urgency: self-care, title: Home, article: one, advice: [{says: Rest., facts: [F001]}]}
            """;
        Assert.Empty(With("signs.yml", signs, "unasked-sign"));

        content.Files.Write("check.yml", check);

        Assert.Equal(
            ["signs.yml:2:31: error unasked-sign: No question of check.yml asks about \"other\". Name it among the signs of a question that ends with routine."],
            With("signs.yml", signs, "unasked-sign"));
        Assert.Empty(With(
            "check.yml",
            check.Replace("home}", "more}\n  more: {ask: Do you fall?, signs: [other], yes: visit, no: home}", StringComparison.Ordinal)
                .Replace(
                    "  home:", "  visit: {urgency: routine, title: Visit, article: one, advice: [{says: Go., facts: [F001]}]}\n  home:",
                    StringComparison.Ordinal), "unasked-sign"));
    }

    [Theory]
    [InlineData("source-year", "undated: true, seen: read}", "seen: read}")]
    [InlineData("orphan-source", "year: 2023, seen: read}", "year: 2023, seen: read}\n  S2: {title: Another, publisher: A publisher, year: 2001, seen: read}")]
    public void A_source_has_a_year_and_a_fact(string rule, string kept, string broken)
    {
        const string before =
            "facts:\n  F001: {says: A jump., strength: well, sources: [S1]}\nsources:\n  S1: {title: A page, publisher: A publisher, ";

        Assert.Empty(With("references.yml", before + kept, rule));
        Assert.StartsWith("references.yml:", Assert.Single(With("references.yml", before + broken, rule)), StringComparison.Ordinal);
    }

    private List<string> With(string file, string text, string rule)
    {
        content.Files.Write("articles/one.md", LintTestContent.Article(":::emergency\n- @stroke\n:::"));
        content.Files.Write(file, text);
        return [.. ContentCheck.Run(content.Files.Folder, LintTestContent.Context).Faults
            .Where(diagnostic => diagnostic.Rule == rule).Select(diagnostic => diagnostic.ToString())];
    }

    private static string Long(int words) => string.Join(' ', Enumerable.Repeat("word", words));
}
