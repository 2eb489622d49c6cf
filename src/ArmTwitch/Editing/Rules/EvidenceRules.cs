using System.Text.RegularExpressions;
using ArmTwitch.Articles;
using ArmTwitch.Articles.Blocks;
using ArmTwitch.Editing.TextAnalysis;

namespace ArmTwitch.Editing.Rules;

/// <summary>Rules on citations.</summary>
internal static partial class EvidenceRules
{
    public const int WordsPerCitation = 150;

    public static IEnumerable<LintFinding> Uncited(LintDocument document) =>
        from span in document.Spans
        where span.Kind is not TextSpanKind.Heading && !span.IsHeadRow
        from sentence in span.Sentences
        where sentence is { Facts.Count: 0, IsQuestion: false }
        let claim = Claim().Match(sentence.Text)
        where claim.Success
        select LintFinding.Error(
            span.Place(sentence.Start + claim.Index), $"The sentence says \"{claim.Value}\" and cites nothing.",
            "Cite the fact behind it, or leave the sentence out.");

    /// <summary>The summary is plain text and cannot cite: what it claims has to be cited in the text.</summary>
    public static IEnumerable<LintFinding> UncitedSummary(LintDocument document)
    {
        var cited = document.Spans.SelectMany(span => span.Sentences).Where(sentence => sentence.Facts.Count > 0)
            .SelectMany(sentence => Claim().Matches(sentence.Text))
            .Select(claim => claim.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return document.SummarySentences.SelectMany(sentence => Claim().Matches(sentence.Text)).DistinctBy(claim => claim.Value)
            .Where(claim => !cited.Contains(claim.Value))
            .Select(claim => LintFinding.Error(
                document.At("summary"), $"The summary says \"{claim.Value}\", and no sentence of the text cites a fact for that.",
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
