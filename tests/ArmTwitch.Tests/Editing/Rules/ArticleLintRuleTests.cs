using ArmTwitch.Articles;
using ArmTwitch.Editing;

namespace ArmTwitch.Tests.Editing.Rules;

/// <summary>Every rule of how we write, with words that keep it and words that break it.</summary>
public sealed class ArticleLintRuleTests : IDisposable
{
    private const string Cards = ":::emergency\n- @stroke\n:::\n\n";

    private const string LeadsOn = ":::emergency\n- @stroke\n\nDo you take lithium? [See more](/articles/two).\n:::";

    private const string Sections = "## What it is\n\nA jump.\n\n## What causes it\n\nNerves.\n\n## What you can do\n\nRest.\n\n## What a doctor does\n\nLooks.\n\n## How long it lasts\n\nDays.";

    private const string Safe = "Do not stop a prescribed medicine by yourself; ask a doctor or pharmacist.";

    private readonly LintTestContent content = new();

    public void Dispose() => content.Dispose();

    /// <summary>The rule, a text that keeps it, a text that breaks it, and where and how badly it does.</summary>
    public static TheoryData<string, string, string, string> OfTexts => new()
    {
        { "body-grade", "Most twitches stop in a few days.", "The examination identifies generalised muscular abnormalities.",
            "19:1 error" },
        { "body-grade", "A fasciculation may flicker for a day or so.",
            "A doctor may ask you about your family, your work and your medicines at the same visit.", "19:1 warning" },
        { "long-sentence", Words(20), Words(21), "19:1 warning" },
        { "long-sentence", $"{Words(12)}. A {Words(12)}.", Words(29), "19:1 error" },
        { "long-sentence", $"| A |\n|---|\n| {Words(20)} |", $"| A |\n|---|\n| {Words(21)} |", "21:2 warning" },
        { "long-paragraph", "One. Two. Three.", "One. Two. Three. Four.", "19:1 warning" },
        { "long-paragraph", "- One. Two. Three.\n- Four.", "- One. Two. Three. Four.\n- Five.", "19:3 warning" },
        { "list", "- Rest well\n- Sleep well", "- Rest well", "19:3 warning" },
        { "list", "- Rest well\n- 2 walks", "- Rest well\n- sleep well", "20:3 warning" },
        { "list", Items(10), Items(11), "29:3 warning" },
        { "key-fact", ":::key-facts\n- A twitch is a jump.\n- It stops.\n:::", ":::key-facts\n- A twitch is a jump. It stops.\n:::",
            "20:3 warning" },
        { "missing-section", Sections, Sections.Replace("## What causes it\n\nNerves.\n\n", "", StringComparison.Ordinal), "19:1 error" },
        { "section-order", Sections, "## What causes it\n\nNerves.\n\n## What it is\n\nA jump.", "23:1 error" },
        { "section-order", "## What it is\n\nA jump.\n\n## At night\n\nIt jumps.\n\n## What you can do\n\nRest.",
            "## What you can do\n\nRest.\n\n## At night\n\nIt jumps.", "23:1 error" },
        { "section-order", "## How common it is\n\nVery.\n\n## At night\n\nIt jumps.",
            "## At night\n\nIt jumps.\n\n## How common it is\n\nVery.", "23:1 error" },
        { "no-emergency-card", Cards, ":::urgent\n- @weak\n:::", "19:1 error" },
        { "literal-sign", Cards, ":::emergency\n- @stroke\n- your arm drops\n:::", "21:3 error" },
        { "second-sign", Cards, ":::emergency\n- @stroke\n- @stroke\n:::", "21:3 error" },
        { "missing-worse-sign", $"{Cards}:::urgent\n- @numb\n:::", ":::urgent\n- @numb\n:::", "20:3 error" },
        { "literal-sign", LeadsOn, LeadsOn.Replace("[See more](/articles/two)", "See more", StringComparison.Ordinal), "22:1 error" },
        { "link-in-card", Cards, ":::emergency\n- your arm [drops](/articles/two)\n:::", "20:12 error" },
        { "link-in-card", LeadsOn, ":::urgent\n[See more](/articles/two).\n\n- @weak\n:::", "20:1 error" },
        { "card-group", Cards, ":::emergency\n### Stroke\n- @stroke\n:::", "20:1 error" },
        { "behind-card", $"{Cards}:::urgent\n- @weak\n:::\n\n## What it is", $"{Cards}Read on.", "23:1 error" },
        { "behind-card", $"{Cards}:::stop-reading\nStop.\n:::", $"{Cards}:::do\n- Rest.\n:::", "23:1 error" },
        { "card-size", Card(6), Card(7), "26:3 error" },
        { "uncited", "It lasts 2 weeks [@F001].", "It stops. It lasts 2 weeks.", "19:20 error" },
        { "uncited", "It lasts 2 weeks. It jumps. [@F001]", "It jumps [@F001].\n\nIt lasts 2 weeks.", "21:10 error" },
        { "uncited", "Most stop. [@F001] Roots such as C5 and L4 feed it.", "Most stop.", "19:1 error" },
        { "uncited", "Is it rare? It almost never is.", "- It jumps.\n- It is rare.", "20:9 error" },
        { "uncited", "- It is rare [@F001].\n- It jumps.", "- It jumps [@F001].\n- It is rare.", "20:9 error" },
        { "uncited", "- It is rare [@F001].\n  - It jumps.", "- It jumps [@F001].\n  - It is rare.", "20:11 error" },
        { "uncited", "- It jumps.\n\n  It is rare [@F001].", "- It jumps [@F001].\n\n  It is rare.", "21:9 error" },
        { "uncited", "| A | B |\n|---|---|\n| few | 2 [@F001] |", "| A | B |\n|---|---|\n| 2 | few [@F001] |", "21:2 error" },
        { "uncited", ":::answer\n- It is rare.\n- It jumps [@F001].\n:::", ":::answer\n- It is rare.\n:::\n\nIt jumps [@F001].", "20:9 error" },
        { "uncited", ":::urgent\n- it is rare\n- it jumps [@F001]\n:::", ":::key-facts\n- It jumps [@F001].\n- It is rare.\n:::", "21:9 error" },
        { "uncited", "## Why 2 in 10 twitch\n\nWords.", "Salt causes it.", "19:6 error" },
        { "uncited", "| How many in 10 |\n|---|\n| 2 [@F001] |", "| How many |\n|---|\n| 2 |", "21:2 error" },
        { "few-citations", $"{Words(149)} [@F001].", $"{Words(151)} [@F001].", "19:1 error" },
        { "few-citations", $"{Cards}{Words(140)}", Words(1), "19:1 error" },
        { "weak-fact", "Salt may stop it [@F003].", "It jumps. Salt stops it [@F003].", "19:11 error" },
        { "weak-fact", "There is no good evidence that salt stops it [@F003].", "- Rest.\n- Eat salt [@F003].", "20:3 error" },
        { "weak-fact", "It is not shown that salt stops it [@F003].", "Salt does not hurt [@F003].", "19:1 error" },
        { "weak-fact", ":::myth Acid does it\nIt does [@F004].\n:::", "Acid may do it [@F004].", "19:1 error" },
        { "claims-review", "A doctor checks your arm.", "It jumps. This page was reviewed by a doctor.", "19:11 error" },
        { "skipped-level", "## One\n\n### Two\n\n## Three", "## One\n\n#### Two", "21:1 error" },
        { "same-heading", "## One\n\n## Two", "## One\n\n## one", "21:1 error" },
        { "long-heading", $"## {new string('a', 65)}", $"## {new string('a', 66)}", "19:1 error" },
        { "link-text", "See [article two](/articles/two).", "To read more, [click here](/articles/two).", "19:15 error" },
        { "link-text", "[Here it jumps](/articles/two).", "[Read more](/articles/two).", "19:1 error" },
        { "same-link-text", "[Two](/articles/two) and [two](/articles/two).", "[Two](/articles/two) and [two](/about).", "19:26 error" },
        { "picture-words", ":::picture arm\nThe parts of an arm.\n:::", ":::picture arm\n:::", "19:1 error" },
        { "html", "The tag `<b>`, 3 < 5, and <5.", "It <b>jumps</b>.", "19:4 error" },
        { "html", "It jumps.", "It jumps. <!-- Ask first. -->", "19:11 error" },
        { "markup", "A `~~`, a == b, 3 * 5 * 2, and [two](/articles/two).", "It ~~jumps~~.", "19:4 error" },
        { "markup", "- Rest.\n- Sleep.", "- Rest.\n- [ ] Sleep.", "20:3 error" },
        { "markup", "It **jumps**.", "It jumps.[^1]", "19:10 error" },
        { "markup", "It *jumps*.", "It ==jumps==.", "19:4 error" },
        { "plain-word", "You use it.", "You utilise it.", "19:5 warning" },
        { "fear-word", "It is harmless.", "It is a **deadly** twitch.", "19:11 error" },
        { "promise", "It usually stops.", "## Guaranteed to stop", "19:4 error" },
        { "percent", "It helps 5 in 10.", "It helps 50% of us.", "19:10 warning" },
        { "percent", "It helps 5 in 10.", "It helps 50 per cent of us.", "19:10 warning" },
        { "second-denominator", "2 in 10 and 5 in 10.\n\n## One\n\n1 in 100.", "2 in 10 and 5 out of 100.", "19:13 error" },
        { "second-denominator", "In 2023, 2 in 100,000 people; 5 in 3 studies; 7 in 2023.", "2 in 100,000 people.\n\n1 in 1,000.",
            "21:1 error" },
        { "spelled-number", "One of 2 arms, for a second.", "It is in two arms.", "19:10 warning" },
        { "medicine-safety", $"Lithium may do it.\n\n{Safe}", $"Lithium may do it.\n\n## What you can do\n\n{Safe}", "19:1 error" },
        { "medicine-safety", $"{Cards}## One\n\nIf you take water tablets, ask a doctor before your next dose.",
            "## One\n\nAsk about water tablets.", "21:11 error" },
        { "literal-number", "Call the emergency number. We saw 111 people.", "If it is sudden, call 999.", "19:23 error" },
        { "literal-number", "Take 111 mg, not 1,111.", "The nurse of 111 listens.", "19:14 error" },
        { "literal-number", "Ask the poison line.", "Ask 1-800-222-1222.", "19:5 error" },
    };

    /// <summary>The same for the top of the file.</summary>
    public static TheoryData<string, string, string, string> OfFrontMatter => new()
    {
        { "summary-grade", "summary: Most twitches stop in days.",
            "summary: The examination identifies generalised muscular abnormalities.", "3:10 error" },
        { "summary-grade", "summary: Most twitches stop in days.",
            "summary: Many people find that a muscle in the arm twitches after a run or a long walk.", "3:10 warning" },
        { "long-summary", "summary: One. Two. Three.", "summary: One. Two. Three. Four.", "3:10 error" },
        { "overdue", "nextReview: 2026-11-26", "nextReview: 2026-11-25", "9:13 warning" },
        { "review-too-far", "nextReview: 2029-11-22", "nextReview: 2029-11-23", "9:13 error" },
        { "future-day", "lastReviewed: 2026-11-26", "lastReviewed: 2026-11-27", "8:15 error" },
        { "unsealed", "changes: [{date: 2026-11-22, what: First version., seal: abc}]",
            "changes: [{date: 2026-11-22, what: First version.}]", "13:10 warning" },
        { "unlogged", "changes: [{date: 2026-11-22, what: First version.}]",
            "changes: [{date: 2026-11-22, what: First version., seal: abc}]", "13:10 error" },
        { "reviewer", "reviewed: {name: Another, role: Doctor, interests: None.}",
            "reviewed: {name: Somebody, role: Doctor, interests: None.}", "10:11 error" },
        { "related-sign", "related: [{article: two, sign: It tingles.}]", "related: [two]", "12:10 error" },
        { "related-sign", "related: [{article: two, sign: It tingles.}]", "related: []", "12:10 warning" },
        { "synonyms", "synonyms: [jump]", "synonyms: []", "11:11 warning" },
        { "promise", "purpose: How it stops", "purpose: Guaranteed to stop", "14:10 error" },
        { "purpose", "purpose: For who wants to know.", "synonyms: [jump]", "1:1 warning" },
        { "promise", "title: How it stops", "title: Guaranteed to stop", "2:8 error" },
        { "literal-number", "title: When to call", "title: When to call 999", "2:8 error" },
    };

    [Theory]
    [MemberData(nameof(OfTexts))]
    public void A_rule_reports_the_text_that_breaks_it_and_not_the_one_that_keeps_it(
        string rule, string kept, string broken, string place)
    {
        Assert.Empty(content.Findings(rule, kept));
        Assert.Equal(place, Place(Assert.Single(content.Findings(rule, broken))));
    }

    [Theory]
    [MemberData(nameof(OfFrontMatter))]
    public void A_rule_reports_the_key_that_breaks_it_and_not_the_one_that_keeps_it(
        string rule, string kept, string broken, string place)
    {
        Assert.Empty(content.Findings(rule, "Words.", kept));
        Assert.Equal(place, Place(Assert.Single(content.Findings(rule, "Words.", broken))));
    }

    [Theory]
    [InlineData("your face droops [@F001]", null)]
    [InlineData("your arm or leg is suddenly weak or tingling, and it is harder to say your own name", "20:3 warning")]
    [InlineData("neurological abnormalities accompany respiratory difficulties", "20:3 error")]
    public void Cards_need_shorter_words(string says, string? place)
    {
        content.Files.Write("signs.yml", $"stroke: {{level: emergency, says: \"{says}\"}}");

        Assert.Equal(place, content.Findings("card-grade", Cards).Select(Place).SingleOrDefault());
    }

    [Theory]
    [InlineData("when-to-get-help", "when-to-get-help", "### Stroke")]
    [InlineData("when-to-get-help", "when-to-get-help", "## Stroke", "card-group")]
    [InlineData("when-to-get-help", "get-help-now", "### Stroke", "card-group")]
    [InlineData("get-help-now", "get-help-now", "### Stroke")]
    public void The_page_with_every_sign_is_that_of_the_setting_and_parts_its_cards_by_headings(
        string slug, string getHelp, string heading, params string[] broken)
    {
        var draft = content.Draft(
            LintTestContent.Whole.Replace("- @stroke", $"{heading}\n\n- @stroke", StringComparison.Ordinal),
            ["purpose: For all signs."], slug, LintTestContent.Context with { GetHelp = Slug.Parse(getHelp) });

        Assert.Equal(broken, LintRules.Check(draft).Select(diagnostic => diagnostic.Rule).Except(["unsealed"]));
    }

    [Theory]
    [InlineData("[medicines]", "[nerves]", 0)]
    [InlineData("[nerves, medicines]", "[nerves]", 1)]
    [InlineData("[]", "[nerves]", 1)]
    public void A_worse_sign_is_asked_for_where_the_article_is_about_it(string about, string topics, int faults)
    {
        content.Files.Write("signs.yml", $$"""
            stroke: {level: emergency, says: "your face droops [@F001]", about: {{about}}}
            numb: {level: urgent, says: "one arm gets numb [@F001]", worse: [stroke]}
            """);

        Assert.Equal(faults, content.Findings("missing-worse-sign", ":::urgent\n- @numb\n:::", $"topics: {topics}").Count);
    }

    [Fact]
    public void Red_flags_and_medicines_are_reviewed_every_year()
    {
        string[] twoYears = ["nextReview: 2028-11-22"];

        Assert.Empty(content.Findings("review-too-far", "Words.", twoYears));
        Assert.Single(content.Findings("review-too-far", "Lithium.", twoYears));
        Assert.Single(content.Findings("review-too-far", "Words.", [.. twoYears, "topics: [medicines]"]));
    }

    [Theory]
    [InlineData("It stops.", "It jumps.", null)]
    [InlineData("Most stop in 14 days.", "It jumps. In 14 days most stop [@F001].", null)]
    [InlineData("It stops in 14 days.", "It stops in 14 days.\n\nIt jumps [@F001].", "3:10 error")]
    [InlineData("Most stop.", "Nearly all stop [@F001].", "3:10 error")]
    [InlineData("Most stop.", "Most stop. It jumps [@F001].", null)]
    public void What_the_summary_claims_is_cited_in_the_text(string summary, string body, string? place) =>
        Assert.Equal(place, content.Findings("uncited-summary", body, $"summary: {summary}").Select(Place).SingleOrDefault());

    [Fact]
    public void A_guide_needs_no_more_than_what_to_do()
    {
        Assert.Empty(content.Findings("missing-section", "## What you can do\n\nRest.", "kind: guide"));
        Assert.Single(content.Findings("missing-section", "## Why it jumps\n\nNerves.", "kind: guide"));
        Assert.Empty(content.Findings(
            "section-order", "## Why it jumps\n\nNerves.\n\n## What causes it\n\nNerves.\n\n## What you can do\n\nRest.", "kind: guide"));
        Assert.Single(content.Findings("section-order", "## What you can do\n\nRest.\n\n## Why it jumps\n\nNerves.", "kind: guide"));
    }

    [Fact]
    public void A_note_of_a_number_may_count_something()
    {
        content.Files.Write("emergency-numbers.yml", """
            default: GB
            places:
              - {code: GB, name: United Kingdom, emergency: "999", note: "It works in 27 states from 6 pm to 8 am in 2019. Or call 15.", checked: 2026-11-22}
            """);

        Assert.Empty(content.Findings("literal-number", "27 and 8 and 6 and 2019 [@F001]."));
        Assert.Single(content.Findings("literal-number", "15 [@F001]."));
    }

    [Fact]
    public void A_reviewed_page_may_say_so() =>
        Assert.Empty(content.Findings(
            "claims-review", "This page was reviewed by a doctor.", "reviewed: {name: Another, role: Doctor, interests: None.}"));

    [Fact]
    public void Every_rule_has_a_text_that_breaks_it()
    {
        var told = OfTexts.Concat(OfFrontMatter).Select(row => row.Data.Item1).Concat(["card-grade", "uncited-summary"]);

        Assert.Empty(LintRules.ForArticles.Select(rule => rule.Id).Except(told));
    }

    [Fact]
    public void A_fault_says_what_is_wrong_and_what_to_do()
    {
        var diagnostic = Assert.Single(
            LintRules.Check(content.Draft("It is in two arms.")), diagnostic => diagnostic.Rule is "spelled-number");

        Assert.Equal(
            "articles/one.md:19:10: warning spelled-number: \"two\" is a number in letters. Write it in digits.", diagnostic.ToString());
        Assert.False(diagnostic.Blocks);
    }

    [Fact]
    public void An_article_can_keep_every_rule_at_once() =>
        Assert.Equal(["unsealed"], LintRules.Check(content.Draft(LintTestContent.Whole, ["purpose: For who wants to know."])).Select(diagnostic => diagnostic.Rule));

    private static string Place(LintFinding finding) => $"{finding.At.Line}:{finding.At.Column} {KebabCase.Of(finding.Level)}";

    private static string Card(int signs) =>
        $":::emergency\n{string.Join('\n', Enumerable.Range(1, signs).Select(number => $"- @sign-{number}"))}\n:::";

    private static string Words(int count) => string.Join(' ', Enumerable.Repeat("word", count));

    private static string Items(int count) => string.Join('\n', Enumerable.Repeat("- Word", count));
}
