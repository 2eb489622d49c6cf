using System.Globalization;
using ArmTwitch.Articles.Blocks;
using ArmTwitch.Articles.Content;
using ArmTwitch.Editing.TextAnalysis;
using Markdig.Syntax;

namespace ArmTwitch.Editing.Rules;

/// <summary>Rules on the length of words, sentences, paragraphs and lists.</summary>
internal static class ReadabilityRules
{
    public const double BodyGrade = 6.5, BodyLimit = 9;
    public const double ShortGrade = 5, ShortLimit = 7;
    public const int SentenceWords = 20, SentenceLimit = 28;
    public const int ParagraphSentences = 3, SummarySentences = 3;
    public const int ListItems = 10;

    private const string CardsName = "The cards";

    public static double? GradeOf(LintDocument document) =>
        ReadingGrade.Of(document.Body.SelectMany(span => span.Sentences), document.Words);

    public static IEnumerable<LintFinding> Body(LintDocument document) =>
        Grade(GradeOf(document), "The text", document.Text, BodyGrade, BodyLimit);

    public static IEnumerable<LintFinding> Summary(LintDocument document) =>
        Grade(ReadingGrade.Of(document.SummarySentences, document.Words), "The summary", document.At("summary"), ShortGrade, ShortLimit);

    public static IEnumerable<LintFinding> Cards(LintDocument document) =>
        Grade(
            ReadingGrade.Of(document.Cards.SelectMany(card => card.Sentences), document.Words), CardsName,
            document.Cards.FirstOrDefault()?.At ?? document.Text, ShortGrade, ShortLimit);

    public static IEnumerable<LintFinding> LongSentence(LintDocument document) =>
        document.WithoutSigns.Where(span => span.Kind is not TextSpanKind.Heading)
            .SelectMany(span => span.Sentences.SelectMany(sentence => Long(sentence, span.Place(sentence.Start))))
            .Concat(document.SummarySentences.SelectMany(sentence => Long(sentence, document.At("summary"))));

    public static IEnumerable<LintFinding> Long(Sentence sentence, TextPosition at)
    {
        var words = sentence.Words.Count;
        if (words > SentenceWords)
            yield return new LintFinding(
                at, words > SentenceLimit ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning, $"The sentence has {words} words.",
                $"Write at most {SentenceWords}; more than {SentenceLimit} is an error.");
    }

    public static IEnumerable<LintFinding> LongParagraph(LintDocument document) =>
        from span in document.Body
        where span.Sentences.Count > ParagraphSentences
        select LintFinding.Warning(
            span.At, $"The {(span.Kind is TextSpanKind.Item ? "item" : "paragraph")} has {span.Sentences.Count} sentences.",
            $"Write at most {ParagraphSentences}.");

    public static IEnumerable<LintFinding> LongSummary(LintDocument document)
    {
        if (document.SummarySentences.Count > SummarySentences)
            yield return LintFinding.Error(
                document.At("summary"), $"The summary has {document.SummarySentences.Count} sentences.",
                $"Write at most {SummarySentences}.");
    }

    public static IEnumerable<LintFinding> List(LintDocument document)
    {
        foreach (var list in document.Lists.Where(list => list.Parent is not ListItemBlock))
        {
            var lines = list.OfType<ListItemBlock>().SelectMany(item => item).Select(item => item.Line + 1).ToHashSet();
            var items = document.Spans
                .Where(span => span.Kind is TextSpanKind.Item && !span.IsCard && lines.Contains(span.At.Line)).ToList();
            if (items.Count is 0)
                continue;
            if (items.Count is 1 && items[0].Block is null)
                yield return LintFinding.Warning(items[0].At, "The list has one item.", "Write it as a sentence.");
            if (items.Count > ListItems)
                yield return LintFinding.Warning(
                    items[ListItems].At, $"The list has {items.Count} items.",
                    $"Write at most {ListItems}, or part the list under two headings.");
            var capital = char.IsUpper(FirstLetter(items[0].Text));
            if (items.Find(item => char.IsUpper(FirstLetter(item.Text)) != capital && char.IsLetter(FirstLetter(item.Text))) is { } other)
                yield return LintFinding.Warning(
                    other.At, "Some items of the list begin with a capital and some do not.", "Begin all alike.");
        }

        static char FirstLetter(string text) => text.FirstOrDefault(char.IsLetterOrDigit);
    }

    public static IEnumerable<LintFinding> KeyFact(LintDocument document) =>
        from span in document.Spans
        where span is { Block: BlockName.KeyFacts, Kind: TextSpanKind.Item, Sentences.Count: > 1 }
        select LintFinding.Warning(span.At, "The key fact has more than one sentence.", "Write one idea a line.");

    private static IEnumerable<LintFinding> Grade(double? grade, string what, TextPosition at, double good, double limit)
    {
        if (grade > good)
        {
            yield return new LintFinding(at, grade > limit ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
                string.Create(CultureInfo.InvariantCulture, $"{what} {(what is CardsName ? "read" : "reads")} at grade {grade:0.0}."),
                string.Create(
                    CultureInfo.InvariantCulture, $"Write shorter words and sentences, up to grade {good}; above {limit} is an error."));
        }
    }
}
