namespace ArmTwitch.Articles;

/// <summary>
/// Yes-or-no questions that lead to whom to contact and how soon; never to a diagnosis. A clinician can read and change them in
/// <c>content/check.yml</c>. Every way through them ends, which <see cref="RedFlagCheckFile"/> sees to.
/// </summary>
public sealed class RedFlagCheck(CheckQuestion first, IReadOnlyDictionary<string, CheckStep> steps)
{
    public const char Yes = 'y', No = 'n';

    /// <summary>Every question and every outcome.</summary>
    public IEnumerable<CheckStep> Steps => steps.Values;

    /// <param name="answers">The answers so far, a letter each: <c>nny</c>.</param>
    /// <returns>Where they lead; null when they are no way through these questions.</returns>
    public CheckWalk? Walk(string answers)
    {
        CheckStep now = first;
        foreach (var answer in answers)
        {
            if (now is not CheckQuestion question || answer is not (Yes or No))
                return null;
            now = steps[answer is Yes ? question.Yes : question.No];
        }

        return new CheckWalk(answers, answers.Length > 0 ? (CheckQuestion)Walk(answers[..^1])!.Now : null, now);
    }
}

/// <summary>Where some answers lead.</summary>
/// <param name="Last">The question that was answered last; null before the first.</param>
/// <param name="Now">The question to ask next, or the outcome.</param>
public sealed record CheckWalk(string Answers, CheckQuestion? Last, CheckStep Now);

/// <param name="Id">Its name in the file.</param>
public abstract record CheckStep(string Id);

/// <param name="Signs">What it asks about, in the words of the urgency cards.</param>
/// <param name="Yes">The step that a yes leads to.</param>
/// <param name="No">The step that a no leads to.</param>
public sealed record CheckQuestion(string Id, string Ask, IReadOnlyList<CitedLine> Signs, string Yes, string No) : CheckStep(Id);

/// <summary>Whom to contact and how soon.</summary>
/// <param name="Article">What to read then.</param>
/// <param name="Signs">What the card lists; empty for the signs of the question that led here.</param>
public sealed record CheckOutcome(string Id, Urgency Urgency, string Title, Slug Article, IReadOnlyList<CitedLine> Signs, IReadOnlyList<CitedLine> Advice) : CheckStep(Id);

/// <summary>A sentence, or the end of one, and the facts it rests on.</summary>
public sealed record CitedLine(string Says, IReadOnlyList<Fact> Facts);
