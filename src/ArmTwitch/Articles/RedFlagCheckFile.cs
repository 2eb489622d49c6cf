namespace ArmTwitch.Articles;

/// <summary>Reads <c>check.yml</c> and sees to it that every way through the questions ends, the most urgent first.</summary>
/// <param name="Articles">The articles that outcomes name, to be looked up when all articles are read.</param>
/// <param name="Signs">The ids of the signs that are asked about.</param>
internal sealed record RedFlagCheckFile(RedFlagCheck Check, IReadOnlyList<(Slug Article, Position At)> Articles, IReadOnlySet<string> Signs)
{
    public const string File = "check.yml";

    /// <returns>Null when the file is so wrong that nobody could be led through it.</returns>
    public static RedFlagCheckFile? Read(string yaml, IReadOnlyDictionary<string, Fact> facts, IReadOnlyDictionary<string, Sign> signs, FaultLog faults)
    {
        if (YamlFields.Parse(yaml, faults) is not { } file)
            return null;

        var steps = new Dictionary<string, CheckStep>(StringComparer.Ordinal);
        var places = new Dictionary<string, YamlFields>(StringComparer.Ordinal);
        var named = new Dictionary<string, IReadOnlyList<NamedSign>>(StringComparer.Ordinal);
        var articles = new List<(Slug, Position)>();
        foreach (var (id, fields) in file.Mapping("questions")?.Tables() ?? [])
        {
            var (ask, asked) = (fields.Text("ask"), FindSigns(fields, required: true, signs, faults));
            var (yes, no) = (fields.Text("yes"), fields.Text("no"));
            fields.RefuseOthers();
            (places[id], named[id]) = (fields, asked);
            if (ask is not null && yes is not null && no is not null)
                steps[id] = new CheckQuestion(id, ask, LinesOf(asked, facts), yes, no);
        }

        foreach (var (id, fields) in file.Mapping("outcomes")?.Tables() ?? [])
        {
            var (urgency, title, article) = (fields.Word<Urgency>("urgency"), fields.Text("title", Article.MaxTitleLength), fields.Text("article"));
            var (shown, advice) = (FindSigns(fields, required: false, signs, faults), ReadAdvice(fields, facts, faults));
            fields.RefuseOthers();
            if (!places.TryAdd(id, fields))
                faults.Add(fields.Start, "taken-step", $"\"{id}\" is a question already.", "Name the outcome otherwise.");
            if (!Slug.TryParse(article ?? "", out var slug))
                faults.Add(fields.At("article"), "not-an-address", $"\"{article}\" cannot be an article.", "Write the name of its file without .md.");
            else if (urgency is not null && title is not null)
                steps[id] = new CheckOutcome(id, urgency.Value, title, slug, LinesOf(shown, facts), advice);
            if (urgency is not null)
                CheckLevels(shown, urgency.Value, faults);
            articles.Add((slug, fields.At("article")));
        }

        var start = file.Text("start");
        file.RefuseOthers();
        if (start is not null && steps.GetValueOrDefault(start) is not CheckQuestion)
            faults.AddUnknown(file.At("start"), "unknown-step", $"There is no question \"{start}\".", start, steps.Values.OfType<CheckQuestion>().Select(question => question.Id));
        foreach (var question in steps.Values.OfType<CheckQuestion>())
        {
            CheckAnswers(question, places[question.Id], steps, faults);
            if (steps.GetValueOrDefault(question.Yes) is CheckOutcome outcome)
                CheckLevels(named[question.Id], outcome.Urgency, faults);
        }

        if (faults.Blocks)
            return null;

        new Ways(steps, places, faults).Walk(start!);
        return faults.Blocks ? null : new RedFlagCheckFile(
            new RedFlagCheck((CheckQuestion)steps[start!], steps), articles, named.Values.SelectMany(signs => signs).Select(one => one.Sign.Id).ToHashSet(StringComparer.Ordinal));
    }

    private static void CheckAnswers(CheckQuestion question, YamlFields fields, Dictionary<string, CheckStep> steps, FaultLog faults)
    {
        foreach (var (key, target) in new[] { ("yes", question.Yes), ("no", question.No) })
        {
            if (!steps.ContainsKey(target))
                faults.AddUnknown(fields.At(key), "unknown-step", $"There is no question or outcome \"{target}\".", target, steps.Keys);
        }
    }

    private static List<NamedSign> FindSigns(YamlFields fields, bool required, IReadOnlyDictionary<string, Sign> signs, FaultLog faults)
    {
        var found = new List<NamedSign>();
        foreach (var (id, at) in fields.Texts("signs", required))
        {
            if (signs.TryGetValue(id, out var sign))
                found.Add(new NamedSign(sign, at));
            else
                faults.AddUnknown(at, "unknown-sign", $"There is no sign \"{id}\".", id, signs.Keys);
        }

        return found;
    }

    /// <summary>A sign finishes the heading of a card, so it may stand only on the card of its own level.</summary>
    private static void CheckLevels(IEnumerable<NamedSign> signs, Urgency card, FaultLog faults)
    {
        foreach (var (sign, at) in signs.Where(one => one.Sign.Level != card))
            faults.Add(at, "sign-level", $"The sign \"{sign.Id}\" leads to the wrong card.", $"signs.yml has it for {KebabCase.Of(sign.Level)}, and this ends with {KebabCase.Of(card)}.");
    }

    private static List<CitedLine> LinesOf(IEnumerable<NamedSign> signs, IReadOnlyDictionary<string, Fact> facts) =>
        [.. signs.Select(one => new CitedLine(one.Sign.Says.Words, [.. one.Sign.Says.Facts.Select(fact => facts.GetValueOrDefault(fact)).OfType<Fact>()]))];

    private static List<CitedLine> ReadAdvice(YamlFields fields, IReadOnlyDictionary<string, Fact> facts, FaultLog faults)
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
                    faults.AddUnknown(at, "unknown-fact", $"There is no fact \"{id}\".", id, facts.Keys);
            }

            item.RefuseOthers();
            if (says is not null)
                lines.Add(new CitedLine(says, cited));
        }

        if (fields.Has("advice") && lines.Count is 0)
            faults.Add(fields.At("advice"), "missing", "\"advice\" is empty.", "Write at least one item.");
        return lines;
    }

    /// <summary>A sign and where the file names it.</summary>
    private readonly record struct NamedSign(Sign Sign, Position At);

    /// <summary>Walks every way from the first question once.</summary>
    private sealed class Ways(Dictionary<string, CheckStep> steps, Dictionary<string, YamlFields> places, FaultLog faults)
    {
        /// <summary>The most urgent outcome behind each step that is done with.</summary>
        private readonly Dictionary<string, Urgency> done = new(StringComparer.Ordinal);

        private readonly HashSet<string> open = new(StringComparer.Ordinal);

        public void Walk(string start)
        {
            Visit(start);
            foreach (var id in steps.Keys.Where(id => !done.ContainsKey(id)))
                faults.Add(places[id].Start, "unreached-step", $"No answers lead to \"{id}\".", "Lead some answer there, or take it out.");
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
            faults.Add(places[question.Id].At(key), "loop", $"This leads back to \"{target}\", and so round and round.", "Lead on to a later question or to an outcome.");
            return Urgency.SelfCare;
        }

        /// <summary>An answer that ends the questions must not keep the reader from a more urgent one.</summary>
        /// <param name="behind">The most urgent outcome behind the other answer.</param>
        private void CheckOrder(CheckQuestion question, string key, string target, string other, Urgency behind)
        {
            if (steps[target] is CheckOutcome outcome && steps[other] is CheckQuestion && behind < outcome.Urgency)
            {
                faults.Add(
                    places[question.Id].At(key), "not-urgent-first", $"This ends with {KebabCase.Of(outcome.Urgency)}, while {KebabCase.Of(behind)} is asked about only later.",
                    "Ask the most urgent questions first.");
            }
        }
    }
}
