using System.Collections.Concurrent;

namespace ArmTwitch.Articles.RedFlags;

/// <summary>
/// Yes-or-no questions that lead to whom to contact and how soon; never to a diagnosis. A clinician can read and change them in
/// <c>content/check.yml</c>. Every path through them ends: a file with a loop is refused.
/// </summary>
public sealed class RedFlagCheck(CheckQuestion first, IReadOnlyDictionary<string, CheckStep> steps)
{
    public const char Yes = 'y', No = 'n';

    /// <summary>How many questions there are at most from each step on.</summary>
    private readonly ConcurrentDictionary<string, int> most = new(StringComparer.Ordinal);

    /// <summary>Every question and every outcome.</summary>
    public IEnumerable<CheckStep> Steps => steps.Values;

    /// <param name="answers">The answers so far, a letter each: <c>nny</c>.</param>
    /// <returns>Where they lead; null when they do not answer these questions.</returns>
    public CheckProgress? Walk(string answers)
    {
        CheckStep now = first;
        foreach (var answer in answers)
        {
            if (now is not CheckQuestion question || answer is not (Yes or No))
                return null;
            now = steps[answer is Yes ? question.Yes : question.No];
        }

        return new CheckProgress(
            answers, answers.Length > 0 ? (CheckQuestion)Walk(answers[..^1])!.Now : null, now, answers.Length + MostQuestionsFrom(now));
    }

    private int MostQuestionsFrom(CheckStep step) => step is CheckQuestion question
        ? most.GetOrAdd(step.Id, _ => 1 + Math.Max(MostQuestionsFrom(steps[question.Yes]), MostQuestionsFrom(steps[question.No])))
        : 0;
}

/// <summary>Where some answers lead.</summary>
/// <param name="Last">The question that was answered last; null before the first.</param>
/// <param name="Now">The question to ask next, or the outcome.</param>
/// <param name="MostQuestions">How many questions there are at most, with those that are answered.</param>
public sealed record CheckProgress(string Answers, CheckQuestion? Last, CheckStep Now, int MostQuestions)
{
    /// <summary>
    /// The signs that the step shows. An outcome without signs of its own shows those that were just answered with yes; behind a no it
    /// shows none, because none of them fits.
    /// </summary>
    public IReadOnlyList<CitedLine> Signs => Now switch
    {
        CheckQuestion question => question.Signs,
        CheckOutcome { Signs: [_, ..] own } => own,
        _ => Answers.EndsWith(RedFlagCheck.Yes) ? Last?.Signs ?? [] : [],
    };
}
