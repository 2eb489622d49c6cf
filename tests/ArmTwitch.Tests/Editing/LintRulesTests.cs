using System.Text.RegularExpressions;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Emergency;
using ArmTwitch.Editing;
using ArmTwitch.Editing.Rules;

namespace ArmTwitch.Tests.Editing;

/// <summary>What editors are told about the rules, and what the rules do.</summary>
public sealed partial class LintRulesTests
{
    [Fact]
    public void The_table_of_the_docs_has_every_rule_in_order()
    {
        var table = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "docs", "writing-articles.md"))
            .Split("\n## The rules\n")[1].Split("\n## ")[0];

        Assert.Equal(
            LintRules.ForArticles.Select(rule => rule.Id).Concat(LintRules.ForTables.Select(rule => rule.Id)),
            Row().Matches(table).Select(row => row.Groups[1].Value));
    }

    [Fact]
    public void The_table_of_the_docs_has_the_figures_of_the_code()
    {
        var rows = File.ReadAllLines(Path.Combine(RepositoryPaths.Root, "docs", "writing-articles.md"));

        Has("body-grade", ReadabilityRules.BodyGrade, ReadabilityRules.BodyLimit);
        Has("summary-grade", ReadabilityRules.ShortGrade, ReadabilityRules.ShortLimit);
        Has("card-grade", ReadabilityRules.ShortGrade, ReadabilityRules.ShortLimit);
        Has("long-sentence", ReadabilityRules.SentenceWords, ReadabilityRules.SentenceLimit);
        Has("long-sign", ReadabilityRules.SentenceWords, ReadabilityRules.SentenceLimit);
        Has("long-paragraph", ReadabilityRules.ParagraphSentences);
        Has("long-summary", ReadabilityRules.SummarySentences);
        Has("list", ReadabilityRules.ListItems);
        Has("few-citations", EvidenceRules.WordsPerCitation);
        Has("review-too-far", MaintenanceRules.YearsToReview, MaintenanceRules.YearsToReviewOfRisk);
        Has("long-heading", StructureRules.HeadingLength);

        void Has(string rule, params double[] figures)
        {
            var row = Assert.Single(rows, row => row.StartsWith($"| `{rule}` |", StringComparison.Ordinal));
            Assert.All(figures, figure => Assert.Matches(
                $@"(?<![\d.]){Regex.Escape(figure.ToString(System.Globalization.CultureInfo.InvariantCulture))}(?![\d.]\d)", row));
        }
    }

    [Fact]
    public void The_docs_name_the_rules_for_pages_that_are_no_articles()
    {
        var told = File.ReadAllLines(Path.Combine(RepositoryPaths.Root, "docs", "writing-articles.md"))
            .Single(line => line.StartsWith("Pages such as", StringComparison.Ordinal)).Split(':')[1];

        Assert.Equal(LintRules.ForPages.Select(rule => rule.Id), told.Split('`').Where((_, index) => index % 2 is 1));
        Assert.Subset(LintRules.ForArticles.Select(rule => rule.Id).ToHashSet(), LintRules.ForPages.Select(rule => rule.Id).ToHashSet());
    }

    [Fact]
    public void The_order_of_sections_in_the_docs_is_that_of_the_code()
    {
        var text = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "docs", "writing-articles.md"));

        Assert.Contains(
            string.Join(" · ", StructureRules.ConditionSections.Select(section =>
                section.Title.Length is 0
                    ? "any headings of your own"
                    : $"`{section.Title}`{(section.IsRequired ? "" : " (may be left out)")}")),
            text,
            StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void The_heading_of_every_card_says_whom_to_contact_when_and_if(string place)
    {
        var numbers = new ContentLoader(RepositoryPaths.Content).Load()!.Numbers.Where(numbers => numbers.Code == place).ToList();
        string HeadingOf(Urgency urgency) => CallText.Plain(urgency.Heading(numbers));

        Assert.Matches($"^Call {Regex.Escape(Assert.Single(numbers).Emergency)} now if:$", HeadingOf(Urgency.Emergency));
        Assert.Matches("^Go to a hospital today if:$", HeadingOf(Urgency.Hospital));
        Assert.Matches("^Call .*(GP|doctor|service) today if:$", HeadingOf(Urgency.Urgent));
        Assert.Matches("^Book a visit with your GP if:$", HeadingOf(Urgency.Routine));
        Assert.Matches("^You can look after it at home if all of these fit:$", HeadingOf(Urgency.SelfCare));
    }

    public static TheoryData<string> Places =>
        [.. new ContentLoader(RepositoryPaths.Content).Load()!.Numbers.Select(numbers => numbers.Code)];

    [GeneratedRegex("^\\| `([a-z-]+)` \\|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
