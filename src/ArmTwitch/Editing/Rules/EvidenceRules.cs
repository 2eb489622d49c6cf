using System.Text.RegularExpressions;
using ArmTwitch.Articles;
using ArmTwitch.Articles.Blocks;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.MarkdownDialect.Citations;
using ArmTwitch.Editing.TextAnalysis;

namespace ArmTwitch.Editing.Rules;

/// <summary>Rules on citations.</summary>
internal static partial class EvidenceRules
{
    public const int WordsPerCitation = 150;

    /// <summary>
    /// A paragraph, an item of a list, a cell of a table, the answer and a card are each held to it as a whole, because the page gathers
    /// what they cite (<see cref="CitationGatherer"/>).
    /// </summary>
    public static IEnumerable<LintFinding> Uncited(LintDocument document) =>
        from whole in document.Spans
            .Where(span => span.Kind is not TextSpanKind.Heading && !span.IsHeadRow).GroupBy(span => span.Whole)
        where whole.All(span => span.Citations is 0)
        let claim = FirstClaim(whole)
        where claim is not null
        select LintFinding.Error(
            claim.Value.At, $"The {NameOf(whole.First())} says \"{claim.Value.Words}\" and cites nothing.",
            "Cite the fact behind it, or leave the sentence out.");

    /// <summary>The summary is plain text and cannot cite: what it claims has to be cited in the text.</summary>
    public static IEnumerable<LintFinding> UncitedSummary(LintDocument document)
    {
        var cited = document.Spans.Where(span => span.Citations > 0).SelectMany(span => Claim().Matches(span.Text))
            .Select(claim => claim.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return document.SummarySentences.SelectMany(sentence => Claim().Matches(sentence.Text)).DistinctBy(claim => claim.Value)
            .Where(claim => !cited.Contains(claim.Value))
            .Select(claim => LintFinding.Error(
                document.At("summary"), $"The summary says \"{claim.Value}\", and no paragraph of the text cites a fact for that.",
                "Say it in the text too, with the fact behind it."));
    }

    public static int CitationsOf(LintDocument document) => document.Spans.Sum(span => span.Citations);

    public static int WordsOf(LintDocument document) => document.Spans.Sum(span => span.Sentences.Sum(sentence => sentence.Words.Count));

    public static IEnumerable<LintFinding> FewCitations(LintDocument document)
    {
        var (citations, words) = (CitationsOf(document), WordsOf(document));
        if (citations * WordsPerCitation < words)
            yield return LintFinding.Error(
                document.Text, $"The article has {citations} citations in {words} words.",
                $"Cite at least one fact in {WordsPerCitation} words.");
    }

    public static IEnumerable<LintFinding> WeakFact(ArticleLintDocument document)
    {
        var strengths = document.Article.References.ToDictionary(
            reference => reference.Fact.Id, reference => reference.Fact.Strength, StringComparer.Ordinal);
        return
            from span in document.Spans
            where span.Block is not BlockName.Myth
            from sentence in span.Sentences
            from fact in sentence.Facts.Where(strengths.ContainsKey)
            let isWrong = strengths[fact] is EvidenceStrength.Wrong
            where isWrong || (strengths[fact] is EvidenceStrength.Weak && !HedgeWords().IsMatch(sentence.Text))
            select LintFinding.Error(
                span.Place(sentence.Start),
                $"{fact} is {(isWrong ? "contradicted by evidence" : "weak")}, and the sentence does not say so.",
                isWrong
                    ? "Cite it in a :::myth only."
                    : "Say \"may\", or that it was not shown; or move it into a :::myth.");
    }

    private static (TextPosition At, string Words)? FirstClaim(IEnumerable<TextSpan> whole)
    {
        foreach (var (span, sentence) in whole.SelectMany(span => span.Sentences.Select(sentence => (span, sentence))))
        {
            if (!sentence.IsQuestion && Claim().Match(sentence.Text) is { Success: true } claim)
                return (span.Place(sentence.Start + claim.Index), claim.Value);
        }

        return null;
    }

    private static string NameOf(TextSpan span) => span switch
    {
        { Block: BlockName.Answer } => "answer",
        { IsCard: true } => "card",
        { Kind: TextSpanKind.Item } => "item",
        { Kind: TextSpanKind.Cell } => "cell",
        _ => "paragraph",
    };

    /// <summary>
    /// What needs a citation: a number, but not one that is part of a name such as C5; or a word about evidence.
    /// </summary>
    [GeneratedRegex(
        @"(?<![\p{L}\p{Nd}-])\p{Nd}[\p{Nd},.]*|\b(?:study|studies|research|most|rare|rarely|causes|caused)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Claim();

    /// <summary>Words that tell a reader that a thing is not settled.</summary>
    [GeneratedRegex(
        @"\b(?:may|might|could|unproven|unclear|disputed|no (?:good |clear |strong )?(?:evidence|study|studies|trial|proof|meaningful)"
        + "|(?:not|never|nor)(?: been)? (?:proven|shown|tested|studied|known|certain)|little evidence|weak evidence|limited)"
        + @"\b", RegexOptions.IgnoreCase)]
    private static partial Regex HedgeWords();
}
