using System.Globalization;
using ArmTwitch.Articles;
using Markdig.Syntax;

namespace ArmTwitch.Editing;

/// <summary>How hard the text is to read.</summary>
internal static class ReadingRules
{
    public const double BodyGrade = 6.5, BodyLimit = 9;
    public const double ShortGrade = 5, ShortLimit = 7;
    public const int SentenceWords = 20, SentenceLimit = 28;
    public const int ParagraphSentences = 3, SummarySentences = 3;
    public const int ListItems = 10;

    private const string CardsName = "The cards";

    public static double? GradeOf(Draft draft) => ReadingGrade.Of(draft.Body.SelectMany(passage => passage.Sentences), draft.Words);

    public static IEnumerable<Remark> Body(Draft draft) => Grade(GradeOf(draft), "The text", draft.Text, BodyGrade, BodyLimit);

    public static IEnumerable<Remark> Summary(Draft draft) =>
        Grade(ReadingGrade.Of(draft.SummarySentences, draft.Words), "The summary", draft.At("summary"), ShortGrade, ShortLimit);

    public static IEnumerable<Remark> Cards(Draft draft) =>
        Grade(ReadingGrade.Of(draft.Cards.SelectMany(card => card.Sentences), draft.Words), CardsName, draft.Cards.FirstOrDefault()?.At ?? draft.Text, ShortGrade, ShortLimit);

    public static IEnumerable<Remark> LongSentence(Draft draft) =>
        draft.Own.Where(passage => passage.Kind is not PassageKind.Heading)
            .SelectMany(passage => passage.Sentences.SelectMany(sentence => Long(sentence, passage.Place(sentence.Start))))
            .Concat(draft.SummarySentences.SelectMany(sentence => Long(sentence, draft.At("summary"))));

    public static IEnumerable<Remark> Long(Sentence sentence, Position at)
    {
        var words = sentence.Words.Count;
        if (words > SentenceWords)
            yield return new Remark(at, words > SentenceLimit ? FaultLevel.Error : FaultLevel.Warning, $"The sentence has {words} words.", $"Write at most {SentenceWords}; more than {SentenceLimit} is an error.");
    }

    public static IEnumerable<Remark> LongParagraph(Draft draft) =>
        from passage in draft.Body
        where passage.Sentences.Count > ParagraphSentences
        select Remark.Warning(passage.At, $"The {(passage.Kind is PassageKind.Item ? "item" : "paragraph")} has {passage.Sentences.Count} sentences.", $"Write at most {ParagraphSentences}.");

    public static IEnumerable<Remark> LongSummary(Draft draft)
    {
        if (draft.SummarySentences.Count > SummarySentences)
            yield return Remark.Error(draft.At("summary"), $"The summary has {draft.SummarySentences.Count} sentences.", $"Write at most {SummarySentences}.");
    }

    public static IEnumerable<Remark> List(Draft draft)
    {
        foreach (var list in draft.Lists.Where(list => list.Parent is not ListItemBlock))
        {
            var lines = list.OfType<ListItemBlock>().SelectMany(item => item).Select(item => item.Line + 1).ToHashSet();
            var items = draft.Passages.Where(passage => passage.Kind is PassageKind.Item && !passage.IsCard && lines.Contains(passage.At.Line)).ToList();
            if (items.Count is 0)
                continue;
            if (items.Count is 1 && items[0].Block is null)
                yield return Remark.Warning(items[0].At, "The list has one item.", "Write it as a sentence.");
            if (items.Count > ListItems)
                yield return Remark.Warning(items[ListItems].At, $"The list has {items.Count} items.", $"Write at most {ListItems}, or part the list under two headings.");
            var capital = char.IsUpper(FirstLetter(items[0].Text));
            if (items.Find(item => char.IsUpper(FirstLetter(item.Text)) != capital && char.IsLetter(FirstLetter(item.Text))) is { } other)
                yield return Remark.Warning(other.At, "Some items of the list begin with a capital and some do not.", "Begin all alike.");
        }

        static char FirstLetter(string text) => text.FirstOrDefault(char.IsLetterOrDigit);
    }

    public static IEnumerable<Remark> KeyFact(Draft draft) =>
        from passage in draft.Passages
        where passage is { Block: BlockName.KeyFacts, Kind: PassageKind.Item, Sentences.Count: > 1 }
        select Remark.Warning(passage.At, "The key fact has more than one sentence.", "Write one idea a line.");

    private static IEnumerable<Remark> Grade(double? grade, string what, Position at, double good, double limit)
    {
        if (grade > good)
        {
            yield return new Remark(at, grade > limit ? FaultLevel.Error : FaultLevel.Warning,
                string.Create(CultureInfo.InvariantCulture, $"{what} {(what is CardsName ? "read" : "reads")} at grade {grade:0.0}."),
                string.Create(CultureInfo.InvariantCulture, $"Write shorter words and sentences, up to grade {good}; above {limit} is an error."));
        }
    }
}
