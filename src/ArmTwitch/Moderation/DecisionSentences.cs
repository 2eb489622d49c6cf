using ArmTwitch.Comments;

namespace ArmTwitch.Moderation;

/// <summary>What a moderator is told after an act.</summary>
internal static class DecisionSentences
{
    /// <param name="author">Who wrote the comment.</param>
    /// <param name="me">The moderator who is told.</param>
    public static string Sentence(this DecisionResult result, DecisionKind kind, string author, string me) => result.Outcome switch
    {
        DecisionOutcome.Done => $"{kind.Done()}: the comment by {author}. Press u to undo.",
        DecisionOutcome.AlreadyDecided when result.By == me => "You have decided on it before. Nothing was changed now.",
        DecisionOutcome.AlreadyDecided => $"{result.By} was faster. Nothing was changed.",
        DecisionOutcome.TextChanged => "The writer has changed the text. Please read it again.",
        DecisionOutcome.NotAllowed => "That is not possible here. An appeal is decided by another moderator.",
        DecisionOutcome.NeedsConfirmation => $"Not published yet, because {result.Risk?.Although}. The button below the comment publishes it all the same.",
        DecisionOutcome.MayNoLonger => "You are signed out, or your account has changed. Nothing was changed.",
        _ => "The comment is no longer there.",
    };

    /// <summary>Why nothing is decided while a form is open below the comment, and how to go on.</summary>
    public static string StillOpen(this QueuePanel open) => open switch
    {
        QueuePanel.Redaction => "Nothing is decided yet: you are taking words out. Finish with “Approve without these words”, or leave it with “Cancel” (Esc).",
        QueuePanel.Refusal => "Nothing is decided yet: you are refusing it. Finish with “Refuse it”, or leave it with “Cancel” (Esc).",
        QueuePanel.Reply => "Nothing is decided yet: you are writing an answer. Finish with “Publish the answer”, or leave it with “Cancel” (Esc).",
        QueuePanel.Risk => "Nothing is decided yet: the box below asks whether to publish it all the same. Use its button, or leave it with “Cancel” (Esc).",
        _ => "",
    };

    /// <summary>What an undo would take back, in a few words.</summary>
    public static string Offer(this IReadOnlyList<UndoableDecision> some) =>
        some is [var one] ? $"{one.Kind.Done()}, {one.Author}" : $"{some[0].Kind.Done()}, {some.Count} comments";

    /// <param name="author">Who wrote the first of the comments.</param>
    public static string Undone(IReadOnlyList<DecisionOutcome> outcomes, string author)
    {
        var done = outcomes.Count(outcome => outcome is DecisionOutcome.Done);
        return (outcomes.Count, done) switch
        {
            (1, 1) => $"Undone: the comment by {author} stands as it did before.",
            (1, _) when outcomes[0] is DecisionOutcome.TooLate => "The ten minutes are over.",
            (1, _) => "It cannot be undone: something else has happened since.",
            _ => $"{done} of {outcomes.Count} undone.",
        };
    }
}
