using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Editing.Rules;

namespace ArmTwitch.Editing;

/// <summary>Every rule, in the order of the table in <c>docs/writing-articles.md</c>.</summary>
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
        new("no-emergency-card", StructureRules.EmergencyCard),
        new("literal-sign", StructureRules.LiteralSign),
        new("second-sign", StructureRules.SecondSign),
        new("missing-worse-sign", StructureRules.MissingWorseSign),
        new("link-in-card", StructureRules.LinkInCard),
        new("behind-card", StructureRules.BehindCard),
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
        new SharedLintRule("skipped-level", StructureRules.SkippedLevel),
        new SharedLintRule("same-heading", StructureRules.SameHeading),
        new SharedLintRule("long-heading", StructureRules.LongHeading),
        new SharedLintRule("link-text", StructureRules.LinkText),
        new SharedLintRule("same-link-text", StructureRules.SameLinkText),
        new("picture-words", StructureRules.PictureWords),
        new SharedLintRule("plain-word", WordingRules.PlainWord),
        new SharedLintRule("fear-word", WordingRules.FearWord),
        new SharedLintRule("promise", WordingRules.Promise),
        new("percent", WordingRules.Percent),
        new("second-denominator", WordingRules.SecondDenominator),
        new SharedLintRule("spelled-number", WordingRules.SpelledNumber),
        new("medicine-safety", WordingRules.MedicineSafety),
        new SharedLintRule("literal-number", WordingRules.LiteralNumber),
    ];

    /// <summary>Those of them for pages that are no articles.</summary>
    public static IReadOnlyList<SharedLintRule> ForPages { get; } = [.. ForArticles.OfType<SharedLintRule>()];

    /// <summary>The rules for the files that articles share.</summary>
    public static IReadOnlyList<string> ForTables { get; } =
        ["long-sign", "uncited-sign", "unused-sign", "unasked-sign", "sign-wording", "source-year", "orphan-source"];

    /// <summary>What the rules say about one article.</summary>
    public static IEnumerable<ContentDiagnostic> Check(ArticleLintDocument document) =>
        from rule in ForArticles
        from remark in rule.Check(document)
        select ToDiagnostic(document.Article.File, rule.Id, remark);

    /// <summary>What the rules say about one page that is no article.</summary>
    public static IEnumerable<ContentDiagnostic> Check(InformationPage page, ContentTables tables)
    {
        var document = LintDocument.Of(page, tables);
        return
            from rule in ForPages
            from remark in rule.CheckAny(document)
            select ToDiagnostic(page.File, rule.Id, remark);
    }

    public static IEnumerable<ContentDiagnostic> Check(
        ContentTables tables, IReadOnlyCollection<Article> articles, IReadOnlyDictionary<string, TextPosition> sources) =>
    [
        .. SharedContentRules.LongSign(tables).Select(remark => ToDiagnostic(SharedContentRules.SignsFile, "long-sign", remark)),
        .. SharedContentRules.UncitedSign(tables).Select(remark => ToDiagnostic(SharedContentRules.SignsFile, "uncited-sign", remark)),
        .. SharedContentRules.UnusedSign(tables, articles)
            .Select(remark => ToDiagnostic(SharedContentRules.SignsFile, "unused-sign", remark)),
        .. SharedContentRules.UnaskedSign(tables).Select(remark => ToDiagnostic(SharedContentRules.SignsFile, "unasked-sign", remark)),
        .. SharedContentRules.SignWording(tables).Select(remark => ToDiagnostic(SharedContentRules.SignsFile, "sign-wording", remark)),
        .. SharedContentRules.SourceYear(tables, sources)
            .Select(remark => ToDiagnostic(SharedContentRules.SourcesFile, "source-year", remark)),
        .. SharedContentRules.OrphanSource(tables, sources)
            .Select(remark => ToDiagnostic(SharedContentRules.SourcesFile, "orphan-source", remark)),
    ];

    private static ContentDiagnostic ToDiagnostic(string file, string rule, LintFinding remark) =>
        new(file, remark.At.Line, remark.At.Column, rule, remark.What, remark.Right, Blocks: false, remark.Level);
}
