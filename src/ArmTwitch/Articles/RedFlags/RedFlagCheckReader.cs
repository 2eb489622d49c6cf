using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Emergency;
using ArmTwitch.Articles.Parsing;

namespace ArmTwitch.Articles.RedFlags;

/// <summary>Reads <c>check.yml</c> and makes sure that every path through the questions ends, the most urgent first.</summary>
internal sealed class RedFlagCheckReader(
    IReadOnlyDictionary<string, Fact> facts, IReadOnlyDictionary<string, WarningSign> signs, DiagnosticCollector diagnostics)
{
    private readonly Dictionary<string, CheckStep> steps = new(StringComparer.Ordinal);

    /// <summary>Each step as it stands in the file, also one with a fault.</summary>
    private readonly Dictionary<string, YamlMappingReader> fieldsOf = new(StringComparer.Ordinal);

    /// <summary>The signs of each question, with the places where the file names them.</summary>
    private readonly Dictionary<string, List<(WarningSign Sign, TextPosition At)>> asked = new(StringComparer.Ordinal);

    private readonly List<(Slug, TextPosition)> articles = [];

    /// <returns>Null when the file has a fault that could mislead a reader.</returns>
    public RedFlagCheckFile? Read(string yaml)
    {
        if (YamlMappingReader.Parse(yaml, diagnostics) is not { } file)
            return null;
        foreach (var (id, fields) in file.Mapping("questions")?.Tables() ?? [])
            ReadQuestion(id, fields);
        foreach (var (id, fields) in file.Mapping("outcomes")?.Tables() ?? [])
            ReadOutcome(id, fields);
        var start = file.Text("start");
        file.ReportUnknownKeys();
        if (start is not null && steps.GetValueOrDefault(start) is not CheckQuestion)
            diagnostics.AddUnknown(
                file.At("start"), "unknown-step", $"There is no question \"{start}\".", start,
                steps.Values.OfType<CheckQuestion>().Select(question => question.Id));
        foreach (var question in steps.Values.OfType<CheckQuestion>())
            CheckAnswers(question);
        if (diagnostics.HasErrors)
            return null;

        new RedFlagPathValidator(steps, fieldsOf, diagnostics).Validate(start!);
        return diagnostics.HasErrors ? null : new RedFlagCheckFile(
            new RedFlagCheck((CheckQuestion)steps[start!], steps), articles,
            asked.Values.SelectMany(signs => signs).Select(one => one.Sign.Id).ToHashSet(StringComparer.Ordinal));
    }

    private void ReadQuestion(string id, YamlMappingReader fields)
    {
        var (ask, named) = (fields.Text("ask"), diagnostics.Find(fields.Texts("signs", required: true), signs, "sign"));
        var (yes, no) = (fields.Text("yes"), fields.Text("no"));
        fields.ReportUnknownKeys();
        (fieldsOf[id], asked[id]) = (fields, named);
        if (ask is not null && yes is not null && no is not null)
            steps[id] = new CheckQuestion(id, ask, LinesOf(named), yes, no);
    }

    private void ReadOutcome(string id, YamlMappingReader fields)
    {
        var (urgency, title, article) =
            (fields.Word<Urgency>("urgency"), fields.Text("title", Article.MaxTitleLength), fields.Text("article"));
        var (shown, advice) = (diagnostics.Find(fields.Texts("signs"), signs, "sign"), ReadAdvice(fields));
        var (listening, adviceFirst) = (fields.IsTrue("listening"), fields.IsTrue("adviceFirst"));
        fields.ReportUnknownKeys();
        if (!fieldsOf.TryAdd(id, fields))
            diagnostics.Add(fields.Start, "taken-step", $"\"{id}\" is a question already.", "Name the outcome otherwise.");
        if (!Slug.TryParse(article ?? "", out var slug))
            diagnostics.Add(
                fields.At("article"), "not-an-address", $"\"{article}\" cannot be an article.", "Write the name of its file without .md.");
        else if (urgency is not null && title is not null)
            steps[id] = new CheckOutcome(id, urgency.Value, title, slug, LinesOf(shown), advice)
            {
                OffersListening = listening,
                AdviceFirst = adviceFirst,
            };
        if (urgency is not null)
            CheckLevels(shown, urgency.Value);
        articles.Add((slug, fields.At("article")));
    }

    private List<CitedLine> ReadAdvice(YamlMappingReader fields)
    {
        var lines = new List<CitedLine>();
        foreach (var item in fields.List("advice", required: true))
        {
            var says = item.Text("says", Article.MaxSummaryLength);
            var cited = diagnostics.Find(item.Texts("facts", required: true), facts, "fact");
            item.ReportUnknownKeys();
            if (says is not null)
                lines.Add(new CitedLine(says, [.. cited.Select(fact => fact.Found)]));
        }

        if (fields.Has("advice") && lines.Count is 0)
            diagnostics.Add(fields.At("advice"), "missing", "\"advice\" is empty.", "Write at least one item.");
        return lines;
    }

    private List<CitedLine> LinesOf(IEnumerable<(WarningSign Sign, TextPosition At)> named) =>
        [.. named.Select(one =>
            new CitedLine(one.Sign.Says.Words, [.. one.Sign.Says.Facts.Select(fact => facts.GetValueOrDefault(fact)).OfType<Fact>()]))];

    private void CheckAnswers(CheckQuestion question)
    {
        foreach (var (key, target) in new[] { ("yes", question.Yes), ("no", question.No) })
        {
            if (!steps.ContainsKey(target))
                diagnostics.AddUnknown(
                    fieldsOf[question.Id].At(key), "unknown-step", $"There is no question or outcome \"{target}\".", target, steps.Keys);
        }

        if (steps.GetValueOrDefault(question.Yes) is CheckOutcome outcome)
            CheckLevels(asked[question.Id], outcome.Urgency);
    }

    /// <summary>A sign finishes the heading of a card, so it may stand only on the card of its own level.</summary>
    private void CheckLevels(IEnumerable<(WarningSign Sign, TextPosition At)> named, Urgency card)
    {
        foreach (var (sign, at) in named.Where(one => one.Sign.Level != card))
            diagnostics.Add(
                at, "sign-level", $"The sign \"{sign.Id}\" leads to the wrong card.",
                $"signs.yml has it for {KebabCase.Of(sign.Level)}, and this ends with {KebabCase.Of(card)}.");
    }
}
