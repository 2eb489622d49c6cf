using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Parsing;
using ArmTwitch.Editing.Rules;

namespace ArmTwitch.Editing;

/// <summary>All rules of writing, in the order of the table in <c>docs/writing-articles.md</c>.</summary>
internal static class LintRules
{
    public static IReadOnlyList<LintRule> ForArticles { get; } =
    [
        new SharedLintRule("body-grade", ReadabilityRules.Body),
        new SharedLintRule("summary-grade", ReadabilityRules.Summary),
        new("card-grade", ReadabilityRules.Cards),
        new SharedLintRule("long-sentence", ReadabilityRules.LongSentence),
        new SharedLintRule("long-paragraph", ReadabilityRules.LongParagraph),
        new SharedLintRule("long-summary", ReadabilityRules.LongSummary),
        new SharedLintRule("list", ReadabilityRules.List),
        new("key-fact", ReadabilityRules.KeyFact),
        new("missing-section", StructureRules.MissingSection),
        new("section-order", StructureRules.SectionOrder),
        new("no-emergency-card", CardRules.EmergencyCard),
        new("literal-sign", CardRules.LiteralSign),
        new("second-sign", CardRules.SecondSign),
        new("missing-worse-sign", CardRules.MissingWorseSign),
        new("link-in-card", CardRules.LinkInCard),
        new("behind-card", CardRules.BehindCard),
        new("card-group", CardRules.CardGroup),
        new("card-size", CardRules.CardSize),
        new("uncited", EvidenceRules.Uncited),
        new("uncited-summary", EvidenceRules.UncitedSummary),
        new("few-citations", EvidenceRules.FewCitations),
        new("weak-fact", EvidenceRules.WeakFact),
        new("overdue", MaintenanceRules.Overdue),
        new("review-too-far", MaintenanceRules.ReviewTooFar),
        new("future-day", MaintenanceRules.FutureDay),
        new("unlogged", MaintenanceRules.Unlogged),
        new("unsealed", MaintenanceRules.Unsealed),
        new("reviewer", MaintenanceRules.Reviewer),
        new("claims-review", MaintenanceRules.ClaimsReview),
        new("related-sign", MaintenanceRules.RelatedSign),
        new("synonyms", MaintenanceRules.Synonyms),
        new("purpose", MaintenanceRules.Purpose),
        new SharedLintRule("skipped-level", StructureRules.SkippedLevel),
        new SharedLintRule("same-heading", StructureRules.SameHeading),
        new SharedLintRule("long-heading", StructureRules.LongHeading),
        new SharedLintRule("link-text", StructureRules.LinkText),
        new SharedLintRule("same-link-text", StructureRules.SameLinkText),
        new("picture-words", StructureRules.PictureWords),
        new SharedLintRule("html", MarkupRules.Html),
        new SharedLintRule("markup", MarkupRules.Unread),
        new SharedLintRule("plain-word", WordingRules.PlainWord),
        new SharedLintRule("fear-word", WordingRules.FearWord),
        new SharedLintRule("promise", WordingRules.Promise),
        new("percent", WordingRules.Percent),
        new("second-denominator", WordingRules.SecondDenominator),
        new SharedLintRule("spelled-number", WordingRules.SpelledNumber),
        new("medicine-safety", WordingRules.MedicineSafety),
        new SharedLintRule("literal-number", WordingRules.LiteralNumber),
    ];

    /// <summary>Those that also hold for pages that are no articles.</summary>
    public static IReadOnlyList<SharedLintRule> ForPages { get; } = [.. ForArticles.OfType<SharedLintRule>()];

    /// <summary>The rules for signs and sources.</summary>
    public static IReadOnlyList<TableLintRule> ForTables { get; } =
    [
        new("long-sign", ContentTableReader.SignsFile, content => SharedContentRules.LongSign(content.Tables)),
        new("uncited-sign", ContentTableReader.SignsFile, content => SharedContentRules.UncitedSign(content.Tables)),
        new("unused-sign", ContentTableReader.SignsFile, content => SharedContentRules.UnusedSign(content.Tables, content.Articles)),
        new("unasked-sign", ContentTableReader.SignsFile, content => SharedContentRules.UnaskedSign(content.Tables)),
        new("sign-wording", ContentTableReader.SignsFile, content => SharedContentRules.SignWording(content.Tables)),
        new("source-year", ContentTableReader.FactsFile, content => SharedContentRules.SourceYear(content.Tables, content.Sources)),
        new("orphan-source", ContentTableReader.FactsFile, content => SharedContentRules.OrphanSource(content.Tables, content.Sources)),
    ];

    public static IEnumerable<ContentDiagnostic> Check(ArticleLintDocument document) =>
        from rule in ForArticles
        from finding in rule.Check(document)
        select ToDiagnostic(document.Article.File, rule.Id, finding);

    public static IEnumerable<ContentDiagnostic> Check(InformationPage page, ContentTables tables)
    {
        var document = LintDocument.Of(page, tables);
        return
            from rule in ForPages
            from finding in rule.CheckAny(document)
            select ToDiagnostic(page.File, rule.Id, finding);
    }

    public static IEnumerable<ContentDiagnostic> Check(SharedContent content) =>
        from rule in ForTables
        from finding in rule.Check(content)
        select ToDiagnostic(rule.File, rule.Id, finding);

    private static ContentDiagnostic ToDiagnostic(string file, string rule, LintFinding finding) =>
        new(file, finding.At.Line, finding.At.Column, rule, finding.What, finding.Right, Blocks: false, finding.Level);
}
