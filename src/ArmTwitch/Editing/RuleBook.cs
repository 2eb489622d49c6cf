using ArmTwitch.Articles;

namespace ArmTwitch.Editing;

/// <summary>Every rule, in the order of the table in <c>docs/writing-articles.md</c>.</summary>
internal static class RuleBook
{
    public static IReadOnlyList<Rule> ForArticles { get; } =
    [
        new SharedRule("body-grade", ReadingRules.Body),
        new SharedRule("summary-grade", ReadingRules.Summary),
        new("card-grade", ReadingRules.Cards),
        new SharedRule("long-sentence", ReadingRules.LongSentence),
        new SharedRule("long-paragraph", ReadingRules.LongParagraph),
        new SharedRule("long-summary", ReadingRules.LongSummary),
        new SharedRule("list", ReadingRules.List),
        new("key-fact", ReadingRules.KeyFact),
        new("missing-section", ShapeRules.MissingSection),
        new("section-order", ShapeRules.SectionOrder),
        new("no-emergency-card", ShapeRules.EmergencyCard),
        new("literal-sign", ShapeRules.LiteralSign),
        new("second-sign", ShapeRules.SecondSign),
        new("missing-worse-sign", ShapeRules.MissingWorseSign),
        new("link-in-card", ShapeRules.LinkInCard),
        new("behind-card", ShapeRules.BehindCard),
        new("uncited", EvidenceRules.Uncited),
        new("uncited-summary", EvidenceRules.UncitedSummary),
        new("few-citations", EvidenceRules.FewCitations),
        new("weak-fact", EvidenceRules.WeakFact),
        new("overdue", UpkeepRules.Overdue),
        new("review-too-far", UpkeepRules.ReviewTooFar),
        new("future-day", UpkeepRules.FutureDay),
        new("unlogged", UpkeepRules.Unlogged),
        new("unsealed", UpkeepRules.Unsealed),
        new("reviewer", UpkeepRules.Reviewer),
        new("claims-review", UpkeepRules.ClaimsReview),
        new("related-sign", UpkeepRules.RelatedSign),
        new("synonyms", UpkeepRules.Synonyms),
        new SharedRule("skipped-level", ShapeRules.SkippedLevel),
        new SharedRule("same-heading", ShapeRules.SameHeading),
        new SharedRule("long-heading", ShapeRules.LongHeading),
        new SharedRule("link-text", ShapeRules.LinkText),
        new SharedRule("same-link-text", ShapeRules.SameLinkText),
        new("picture-words", ShapeRules.PictureWords),
        new SharedRule("plain-word", WordingRules.PlainWord),
        new SharedRule("fear-word", WordingRules.FearWord),
        new SharedRule("promise", WordingRules.Promise),
        new("percent", WordingRules.Percent),
        new("second-denominator", WordingRules.SecondDenominator),
        new SharedRule("spelled-number", WordingRules.SpelledNumber),
        new("medicine-safety", WordingRules.MedicineSafety),
        new SharedRule("literal-number", WordingRules.LiteralNumber),
    ];

    /// <summary>Those of them for pages that are no articles.</summary>
    public static IReadOnlyList<SharedRule> ForPages { get; } = [.. ForArticles.OfType<SharedRule>()];

    /// <summary>The rules for the files that articles share.</summary>
    public static IReadOnlyList<string> ForTables { get; } = ["long-sign", "uncited-sign", "unused-sign", "unasked-sign", "sign-wording", "source-year", "orphan-source"];

    /// <summary>What the rules say about one article.</summary>
    public static IEnumerable<ContentFault> Check(ArticleDraft draft) =>
        from rule in ForArticles
        from remark in rule.Check(draft)
        select Fault(draft.Article.File, rule.Id, remark);

    /// <summary>What the rules say about one page that is no article.</summary>
    public static IEnumerable<ContentFault> Check(InformationPage page, ContentTables tables)
    {
        var draft = Draft.Of(page, tables);
        return
            from rule in ForPages
            from remark in rule.CheckAny(draft)
            select Fault(page.File, rule.Id, remark);
    }

    public static IEnumerable<ContentFault> Check(ContentTables tables, IReadOnlyCollection<Article> articles, IReadOnlyDictionary<string, Position> sources) =>
    [
        .. TableRules.LongSign(tables).Select(remark => Fault(TableRules.SignsFile, "long-sign", remark)),
        .. TableRules.UncitedSign(tables).Select(remark => Fault(TableRules.SignsFile, "uncited-sign", remark)),
        .. TableRules.UnusedSign(tables, articles).Select(remark => Fault(TableRules.SignsFile, "unused-sign", remark)),
        .. TableRules.UnaskedSign(tables).Select(remark => Fault(TableRules.SignsFile, "unasked-sign", remark)),
        .. TableRules.SignWording(tables).Select(remark => Fault(TableRules.SignsFile, "sign-wording", remark)),
        .. TableRules.SourceYear(tables, sources).Select(remark => Fault(TableRules.SourcesFile, "source-year", remark)),
        .. TableRules.OrphanSource(tables, sources).Select(remark => Fault(TableRules.SourcesFile, "orphan-source", remark)),
    ];

    private static ContentFault Fault(string file, string rule, Remark remark) =>
        new(file, remark.At.Line, remark.At.Column, rule, remark.What, remark.Right, Blocks: false, remark.Level);
}
