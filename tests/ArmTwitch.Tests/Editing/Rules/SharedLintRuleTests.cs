using ArmTwitch.Editing;

namespace ArmTwitch.Tests.Editing.Rules;

/// <summary>The rules for pages that are no articles.</summary>
public sealed class SharedLintRuleTests : IDisposable
{
    private readonly LintTestContent content = new();

    public void Dispose() => content.Dispose();

    /// <summary>The rule, a text that keeps it, a text that breaks it, and where and how badly it does.</summary>
    public static TheoryData<string, string, string, string> OfTexts => new()
    {
        { "body-grade", "We keep what you type.", "Administrators periodically investigate irregularities.", "7:1: error" },
        { "long-sentence", Words(20), Words(21), "7:1: warning" },
        { "long-paragraph", "One. Go. Stop.", "One. Go. Stop. Rest.", "7:1: warning" },
        { "list", "- Rest\n- Sleep", "- Rest", "7:3: warning" },
        { "skipped-level", "## One\n\nGo.", "### One\n\nGo.", "7:1: error" },
        { "same-heading", "## One\n\nGo.", "## One\n\nGo.\n\n## One\n\nStop.", "11:1: error" },
        { "long-heading", $"## {new string('a', 65)}\n\nGo.", $"## {new string('a', 66)}\n\nGo.", "7:1: error" },
        { "link-text", "See [article two](/articles/two).", "[Read more](/articles/two).", "7:1: error" },
        { "same-link-text", "[Two](/articles/two).", "[Two](/articles/two) and [two](/articles/one).", "7:26: error" },
        { "html", "The tag `<b>` and 3 < 5, if a <b or c.", "It is <b>bold</b>.", "7:7: error" },
        { "markup", "It is **bold**.", "It is ~~bold~~.", "7:7: error" },
        { "plain-word", "You use it.", "You utilise it.", "7:5: warning" },
        { "fear-word", "It stops.", "It is deadly.", "7:7: error" },
        { "promise", "It usually stops.", "It is guaranteed.", "7:7: error" },
        { "spelled-number", "After 7 days.", "After seven days.", "7:7: warning" },
        { "literal-number", "Call the emergency number.", "Call 999.", "7:6: error" },
    };

    /// <summary>The same for the summary.</summary>
    public static TheoryData<string, string, string, string> OfSummaries => new()
    {
        { "summary-grade", "What we keep.", "Administrators periodically investigate irregularities.", "3:10: error" },
        { "long-summary", "One. Go. Stop.", "One. Go. Stop. Rest.", "3:10: error" },
        { "literal-number", "Call for help.", "Call 999.", "3:10: error" },
        { "html", "It stops.", "It <i>stops</i>.", "3:10: error" },
        { "markup", "It stops.", "It *stops*.", "3:10: error" },
    };

    [Theory]
    [MemberData(nameof(OfTexts))]
    public void A_rule_reports_the_page_that_breaks_it_and_not_the_one_that_keeps_it(
        string rule, string kept, string broken, string place)
    {
        Assert.DoesNotContain(Check("What this is.", kept), fault => fault.Contains($" {rule}: ", StringComparison.Ordinal));
        Assert.Contains(
            Check("What this is.", broken), fault => fault.StartsWith($"pages/about.md:{place} {rule}: ", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(OfSummaries))]
    public void A_rule_reports_the_summary_that_breaks_it_and_not_the_one_that_keeps_it(
        string rule, string kept, string broken, string place)
    {
        Assert.DoesNotContain(Check(kept, "Words."), fault => fault.Contains($" {rule}: ", StringComparison.Ordinal));
        Assert.Contains(Check(broken, "Words."), fault => fault.StartsWith($"pages/about.md:{place} {rule}: ", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_rule_for_pages_has_a_text_that_breaks_it() =>
        Assert.Empty(LintRules.ForPages.Select(rule => rule.Id).Except(OfTexts.Concat(OfSummaries).Select(row => row.Data.Item1)));

    [Fact]
    public void A_page_cites_nothing_and_may_speak_of_percentages() =>
        Assert.Empty(Check("What this is.", "Most pages work at 400% zoom."));

    private List<string> Check(string summary, string text)
    {
        content.Files.Write("pages/about.md", $"---\ntitle: About\nsummary: {summary}\nlastReviewed: 2026-11-22\n---\n\n{text}\n");
        return [.. ContentCheck.Run(content.Files.Folder, LintTestContent.Context).Faults
            .Where(diagnostic => diagnostic.File is "pages/about.md").Select(diagnostic => diagnostic.ToString())];
    }

    private static string Words(int count) => string.Join(' ', Enumerable.Repeat("word", count));
}
