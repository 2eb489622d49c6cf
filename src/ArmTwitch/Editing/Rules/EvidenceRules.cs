using System.Text.RegularExpressions;
using ArmTwitch.Articles;
using ArmTwitch.Articles.Blocks;
using ArmTwitch.Editing.TextAnalysis;

namespace ArmTwitch.Editing.Rules;

/// <summary>What the text rests on.</summary>
internal static partial class EvidenceRules
{
    public const int WordsPerCitation = 150;

    public static IEnumerable<LintFinding> Uncited(LintDocument document) =>
        from passage in document.Spans
        where passage.Kind is not TextSpanKind.Heading && !passage.IsHeadRow
        from sentence in passage.Sentences
        where sentence is { Facts.Count: 0, IsQuestion: false }
        let claim = Claim().Match(sentence.Text)
        where claim.Success
        select LintFinding.Error(
            passage.Place(sentence.Start + claim.Index), $"The sentence says \"{claim.Value}\" and cites nothing.",
            "Cite the fact behind it, or leave the sentence out.");

    /// <summary>The summary is plain text and cites nothing itself: what it claims has to be cited further down.</summary>
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
            from passage in document.Spans
            where passage.Block is not BlockName.Myth
            from sentence in passage.Sentences
            from fact in sentence.Facts.Where(strengths.ContainsKey)
            where strengths[fact] is EvidenceStrength.Wrong
                || (strengths[fact] is EvidenceStrength.Weak && !HedgeWords().IsMatch(sentence.Text))
            select LintFinding.Error(passage.Place(sentence.Start),
                $"{fact} is {(strengths[fact] is EvidenceStrength.Wrong ? "contradicted by evidence" : "weak")}, and the sentence does not say so.",
                strengths[fact] is EvidenceStrength.Wrong
                    ? "Cite it in a :::myth only."
                    : "Say \"may\", or that it was not shown; or move it into a :::myth.");
    }

    /// <summary>
    /// What asks for a citation: a number, but not one that is part of a name such as C5; or a word that weighs evidence.
    /// </summary>
    [GeneratedRegex(
        @"(?<![\p{L}\p{Nd}-])\p{Nd}[\p{Nd},.]*|\b(?:study|studies|research|most|rare|rarely|causes|caused)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Claim();

    /// <summary>Words that tell a reader that a thing is not settled.</summary>
    [GeneratedRegex(@"\b(?:may|might|could|unproven|unclear|disputed|no (?:good |clear |strong )?(?:evidence|study|studies|trial|proof|meaningful)|(?:not|never|nor)(?: been)? (?:proven|shown|tested|studied|known|certain)|little evidence|weak evidence|limited)\b", RegexOptions.IgnoreCase)]
    private static partial Regex HedgeWords();
}
