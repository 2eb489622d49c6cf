using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Emergency;
using ArmTwitch.Articles.Parsing;

namespace ArmTwitch.Articles.RedFlags;

/// <summary>Reads <c>check.yml</c> and sees to it that every way through the questions ends, the most urgent first.</summary>
/// <param name="Articles">The articles that outcomes name, to be looked up when all articles are read.</param>
/// <param name="Signs">The ids of the signs that are asked about.</param>
internal sealed record RedFlagCheckFile(
    RedFlagCheck Check, IReadOnlyList<(Slug Article, TextPosition At)> Articles, IReadOnlySet<string> Signs)
{
    public const string File = "check.yml";

    /// <returns>Null when the file is so wrong that nobody could be led through it.</returns>
    public static RedFlagCheckFile? Read(
        string yaml, IReadOnlyDictionary<string, Fact> facts, IReadOnlyDictionary<string, WarningSign> signs,
        DiagnosticCollector diagnostics)
    {
        if (YamlMappingReader.Parse(yaml, diagnostics) is not { } file)
            return null;

        var steps = new Dictionary<string, CheckStep>(StringComparer.Ordinal);
        var places = new Dictionary<string, YamlMappingReader>(StringComparer.Ordinal);
        var named = new Dictionary<string, IReadOnlyList<NamedSign>>(StringComparer.Ordinal);
        var articles = new List<(Slug, TextPosition)>();
        foreach (var (id, fields) in file.Mapping("questions")?.Tables() ?? [])
        {
            var (ask, asked) = (fields.Text("ask"), FindSigns(fields, required: true, signs, diagnostics));
            var (yes, no) = (fields.Text("yes"), fields.Text("no"));
            fields.ReportUnknownKeys();
            (places[id], named[id]) = (fields, asked);
            if (ask is not null && yes is not null && no is not null)
                steps[id] = new CheckQuestion(id, ask, LinesOf(asked, facts), yes, no);
        }

        foreach (var (id, fields) in file.Mapping("outcomes")?.Tables() ?? [])
        {
            var (urgency, title, article) =
                (fields.Word<Urgency>("urgency"), fields.Text("title", Article.MaxTitleLength), fields.Text("article"));
            var (shown, advice) = (FindSigns(fields, required: false, signs, diagnostics), ReadAdvice(fields, facts, diagnostics));
            fields.ReportUnknownKeys();
            if (!places.TryAdd(id, fields))
                diagnostics.Add(fields.Start, "taken-step", $"\"{id}\" is a question already.", "Name the outcome otherwise.");
            if (!Slug.TryParse(article ?? "", out var slug))
                diagnostics.Add(
                    fields.At("article"), "not-an-address", $"\"{article}\" cannot be an article.",
                    "Write the name of its file without .md.");
            else if (urgency is not null && title is not null)
                steps[id] = new CheckOutcome(id, urgency.Value, title, slug, LinesOf(shown, facts), advice);
            if (urgency is not null)
                CheckLevels(shown, urgency.Value, diagnostics);
            articles.Add((slug, fields.At("article")));
        }

        var start = file.Text("start");
        file.ReportUnknownKeys();
        if (start is not null && steps.GetValueOrDefault(start) is not CheckQuestion)
            diagnostics.AddUnknown(
                file.At("start"), "unknown-step", $"There is no question \"{start}\".", start,
                steps.Values.OfType<CheckQuestion>().Select(question => question.Id));
        foreach (var question in steps.Values.OfType<CheckQuestion>())
        {
            CheckAnswers(question, places[question.Id], steps, diagnostics);
            if (steps.GetValueOrDefault(question.Yes) is CheckOutcome outcome)
                CheckLevels(named[question.Id], outcome.Urgency, diagnostics);
        }

        if (diagnostics.HasErrors)
            return null;

        new PathValidator(steps, places, diagnostics).Walk(start!);
        return diagnostics.HasErrors ? null : new RedFlagCheckFile(
            new RedFlagCheck((CheckQuestion)steps[start!], steps), articles,
            named.Values.SelectMany(signs => signs).Select(one => one.Sign.Id).ToHashSet(StringComparer.Ordinal));
    }

    private static void CheckAnswers(
        CheckQuestion question, YamlMappingReader fields, Dictionary<string, CheckStep> steps, DiagnosticCollector diagnostics)
    {
        foreach (var (key, target) in new[] { ("yes", question.Yes), ("no", question.No) })
        {
            if (!steps.ContainsKey(target))
                diagnostics.AddUnknown(
                    fields.At(key), "unknown-step", $"There is no question or outcome \"{target}\".", target, steps.Keys);
        }
    }

    private static List<NamedSign> FindSigns(
        YamlMappingReader fields, bool required, IReadOnlyDictionary<string, WarningSign> signs, DiagnosticCollector diagnostics)
    {
        var found = new List<NamedSign>();
        foreach (var (id, at) in fields.Texts("signs", required))
        {
            if (signs.TryGetValue(id, out var sign))
                found.Add(new NamedSign(sign, at));
            else
                diagnostics.AddUnknown(at, "unknown-sign", $"There is no sign \"{id}\".", id, signs.Keys);
        }

        return found;
    }

    /// <summary>A sign finishes the heading of a card, so it may stand only on the card of its own level.</summary>
    private static void CheckLevels(IEnumerable<NamedSign> signs, Urgency card, DiagnosticCollector diagnostics)
    {
        foreach (var (sign, at) in signs.Where(one => one.Sign.Level != card))
            diagnostics.Add(
                at, "sign-level", $"The sign \"{sign.Id}\" leads to the wrong card.",
                $"signs.yml has it for {KebabCase.Of(sign.Level)}, and this ends with {KebabCase.Of(card)}.");
    }

    private static List<CitedLine> LinesOf(IEnumerable<NamedSign> signs, IReadOnlyDictionary<string, Fact> facts) =>
        [.. signs.Select(one =>
            new CitedLine(one.Sign.Says.Words, [.. one.Sign.Says.Facts.Select(fact => facts.GetValueOrDefault(fact)).OfType<Fact>()]))];

    private static List<CitedLine> ReadAdvice(
        YamlMappingReader fields, IReadOnlyDictionary<string, Fact> facts, DiagnosticCollector diagnostics)
    {
        var lines = new List<CitedLine>();
        foreach (var item in fields.List("advice", required: true))
        {
            var (says, cited) = (item.Text("says", Article.MaxSummaryLength), new List<Fact>());
            foreach (var (id, at) in item.Texts("facts", required: true))
            {
                if (facts.TryGetValue(id, out var fact))
                    cited.Add(fact);
                else
                    diagnostics.AddUnknown(at, "unknown-fact", $"There is no fact \"{id}\".", id, facts.Keys);
            }

            item.ReportUnknownKeys();
            if (says is not null)
                lines.Add(new CitedLine(says, cited));
        }

        if (fields.Has("advice") && lines.Count is 0)
            diagnostics.Add(fields.At("advice"), "missing", "\"advice\" is empty.", "Write at least one item.");
        return lines;
    }

    /// <summary>A sign and where the file names it.</summary>
    private readonly record struct NamedSign(WarningSign Sign, TextPosition At);

    /// <summary>Walks every way from the first question once.</summary>
    private sealed class PathValidator(
        Dictionary<string, CheckStep> steps, Dictionary<string, YamlMappingReader> places, DiagnosticCollector diagnostics)
    {
        /// <summary>The most urgent outcome behind each step that is done with.</summary>
        private readonly Dictionary<string, Urgency> done = new(StringComparer.Ordinal);

        private readonly HashSet<string> open = new(StringComparer.Ordinal);

        public void Walk(string start)
        {
            Visit(start);
            foreach (var id in steps.Keys.Where(id => !done.ContainsKey(id)))
                diagnostics.Add(
                    places[id].Start, "unreached-step", $"No answers lead to \"{id}\".", "Lead some answer there, or take it out.");
        }

        private Urgency Visit(string id)
        {
            if (done.TryGetValue(id, out var known))
                return known;
            if (steps[id] is not CheckQuestion question)
                return done[id] = ((CheckOutcome)steps[id]).Urgency;

            open.Add(id);
            var yes = Follow(question, "yes", question.Yes);
            var no = Follow(question, "no", question.No);
            open.Remove(id);
            CheckOrder(question, "yes", question.Yes, question.No, no);
            CheckOrder(question, "no", question.No, question.Yes, yes);
            return done[id] = yes < no ? yes : no;
        }

        private Urgency Follow(CheckQuestion question, string key, string target)
        {
            if (!open.Contains(target))
                return Visit(target);
            diagnostics.Add(
                places[question.Id].At(key), "loop", $"This leads back to \"{target}\", and so round and round.",
                "Lead on to a later question or to an outcome.");
            return Urgency.SelfCare;
        }

        /// <summary>An answer that ends the questions must not keep the reader from a more urgent one.</summary>
        /// <param name="behind">The most urgent outcome behind the other answer.</param>
        private void CheckOrder(CheckQuestion question, string key, string target, string other, Urgency behind)
        {
            if (steps[target] is CheckOutcome outcome && steps[other] is CheckQuestion && behind < outcome.Urgency)
            {
                diagnostics.Add(
                    places[question.Id].At(key), "not-urgent-first",
                    $"This ends with {KebabCase.Of(outcome.Urgency)}, while {KebabCase.Of(behind)} is asked about only later.",
                    "Ask the most urgent questions first.");
            }
        }
    }
}
