using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Emergency;
using ArmTwitch.Articles.Parsing;

namespace ArmTwitch.Articles.RedFlags;

/// <summary>
/// Follows every path from the first question, and reports loops, steps that no path reaches, and urgent outcomes that come late.
/// </summary>
internal sealed class RedFlagPathValidator(
    IReadOnlyDictionary<string, CheckStep> steps, IReadOnlyDictionary<string, YamlMappingReader> fieldsOf, DiagnosticCollector diagnostics)
{
    /// <summary>The most urgent outcome behind each step that has been visited.</summary>
    private readonly Dictionary<string, Urgency> visited = new(StringComparer.Ordinal);

    /// <summary>The steps on the path that is being followed.</summary>
    private readonly HashSet<string> open = new(StringComparer.Ordinal);

    public void Validate(string start)
    {
        Visit(start);
        foreach (var id in steps.Keys.Where(id => !visited.ContainsKey(id)))
            diagnostics.Add(
                fieldsOf[id].Start, "unreached-step", $"No answers lead to \"{id}\".", "Lead some answer there, or take it out.");
    }

    private Urgency Visit(string id)
    {
        if (visited.TryGetValue(id, out var known))
            return known;
        if (steps[id] is not CheckQuestion question)
            return visited[id] = ((CheckOutcome)steps[id]).Urgency;

        open.Add(id);
        var yes = Follow(question, "yes", question.Yes);
        var no = Follow(question, "no", question.No);
        open.Remove(id);
        CheckOrder(question, "yes", question.Yes, question.No, no);
        CheckOrder(question, "no", question.No, question.Yes, yes);
        return visited[id] = yes < no ? yes : no;
    }

    private Urgency Follow(CheckQuestion question, string key, string target)
    {
        if (!open.Contains(target))
            return Visit(target);
        diagnostics.Add(
            fieldsOf[question.Id].At(key), "loop", $"This leads back to \"{target}\", and so round and round.",
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
                fieldsOf[question.Id].At(key), "not-urgent-first",
                $"This ends with {KebabCase.Of(outcome.Urgency)}, while {KebabCase.Of(behind)} is asked about only later.",
                "Ask the most urgent questions first.");
        }
    }
}
