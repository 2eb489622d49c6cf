using ArmTwitch.Comments;
using ArmTwitch.Moderation.QueueQueries;
using ArmTwitch.Moderation.QueueState;
using ArmTwitch.Moderation.ReviewQueue;

namespace ArmTwitch.Moderation.Deciding;

/// <summary>The messages that a moderator sees after an action.</summary>
internal static class DecisionMessages
{
    /// <summary>Why the key for undo takes nothing back after an act that changed nothing.</summary>
    internal const string NothingDecided = "Nothing was decided just now, so u takes nothing back.";

    private const string NoLonger = "You are signed out, or your account has changed.";

    /// <param name="done">How many of several actions were done before.</param>
    public static string MayNoLonger(int done = 0) => done switch
    {
        0 => $"{NoLonger} Nothing was changed.",
        1 => $"{NoLonger} One was done before that.",
        _ => $"{NoLonger} {done} were done before that.",
    };

    /// <param name="me">The name of the moderator who sees the message.</param>
    public static string Sentence(this DecisionResult result, DecisionKind kind, string author, string me) => result.Outcome switch
    {
        DecisionOutcome.Done => $"{kind.PastTense()}: the comment by {author}.",
        DecisionOutcome.AlreadyDecided when result.By == me => "You have decided on it before. Nothing was changed now.",
        DecisionOutcome.AlreadyDecided when result.By is DecisionHistory.Author => "The author has taken it back. Nothing was changed.",
        DecisionOutcome.AlreadyDecided => $"{result.By} was faster. Nothing was changed.",
        DecisionOutcome.TextChanged => "The author has changed the text. Please read it again.",
        DecisionOutcome.NotAllowed when kind is DecisionKind.Remove => "It is not on the page by now. Nothing was changed.",
        DecisionOutcome.NotAllowed => "That is not possible here. An appeal is decided by another moderator.",
        DecisionOutcome.NeedsConfirmation =>
            $"Not {result.Risk?.NotDone()} yet: {result.Risk?.Although}. The box below the comment asks about it.",
        DecisionOutcome.MayNoLonger => MayNoLonger(),
        _ => "The comment is no longer there.",
    };

    /// <summary>The message after several were marked as spam together.</summary>
    /// <param name="left">What became of those that were not marked.</param>
    /// <param name="me">The name of the moderator who sees the message.</param>
    public static string MarkedAsSpam(int done, int all, IEnumerable<DecisionResult> left, string me) =>
        $"{done} of {all} marked as spam.{LeftAlone(left.Select(one => one.WhyLeftAlone(me)))}";

    /// <summary>What is added when several were decided on together, and some of them need a decision of their own.</summary>
    public static string LeftForACrisis(int count) => count switch
    {
        0 => "",
        1 => " 1 may be a crisis and waits still: it is open now.",
        _ => $" {count} may be a crisis and wait still: decide on each by itself. The first is open now.",
    };

    /// <summary>What has become of a comment that a link leads to and that waits no longer.</summary>
    public static string DecidedBefore(this CommentReview now) =>
        now.Comment.Status is CommentStatus.Withdrawn ? $"The comment by {now.Comment.Author} waits no longer: its author has taken it back."
        : now.History.LastOrDefault(one => one.UndoneAt is null && DecisionHistory.IsByModerator(one.Kind)) is not { } last
            ? $"The comment by {now.Comment.Author} waits no longer."
        : $"The comment by {now.Comment.Author} waits no longer. {last.Kind.PastTense()} by {last.By}.";

    /// <summary>
    /// What is added about a comment that was marked as spam together with others: a page that was cut off meanwhile could not say how many
    /// were done.
    /// </summary>
    /// <param name="undoable">What the moderator can still undo.</param>
    public static string MarkedTogetherWith(this IReadOnlyList<UndoableDecision> undoable, Guid comment) =>
        undoable.Together().FirstOrDefault(some => some.Any(one => one.CommentId == comment)) is { Count: > 1 } all
            ? $" You marked {all.Count} together; “Your last decisions” can undo them." : "";

    /// <summary>Why nothing is decided while a form is open below the comment, and how to go on.</summary>
    public static string UnsavedFormMessage(this QueuePanel open) => open switch
    {
        QueuePanel.Redaction =>
            "Nothing is decided yet: you are taking words out. Finish with “Approve without …”, or leave it with “Cancel” (Esc).",
        QueuePanel.Refusal => "Nothing is decided yet: you are refusing it. Finish with “Refuse it”, or leave it with “Cancel” (Esc).",
        QueuePanel.Reply =>
            "Nothing is decided yet: you are writing an answer. Finish with “Publish the answer”, or leave it with “Cancel” (Esc).",
        QueuePanel.Note => "Nothing is decided yet: you are writing a note. Finish with “Keep the note”, or leave it with “Cancel” (Esc).",
        QueuePanel.PassOn => "Nothing is decided yet: you are passing it on. Finish with “Pass it on”, or leave it with “Cancel” (Esc).",
        QueuePanel.Risk => "Nothing is decided yet: the box below asks once more. Use its button, or leave it with “Cancel” (Esc).",
        _ => "",
    };

    /// <summary>The message after an answer was sent. If it was not published, its words are still in the form.</summary>
    public static string Answered(this DecisionOutcome outcome) => outcome switch
    {
        DecisionOutcome.Done => "Your answer is published.",
        DecisionOutcome.AlreadyDecided => "Your answer had been published before, once.",
        DecisionOutcome.TextChanged =>
            "Not published: the author has changed the comment since you opened it. Read it again; your answer is kept.",
        DecisionOutcome.NotShown => "Not published: the comment is no longer on the page. Your answer is kept here until you cancel it.",
        DecisionOutcome.NoSuchComment => "Not published: the comment is no longer there. Your answer is kept here until you cancel it.",
        DecisionOutcome.MayNoLonger => $"{NoLonger} Your answer was not published; it is kept.",
        _ => "Not published: write something first, at most 3,000 characters.",
    };

    /// <summary>The message after a note was sent.</summary>
    public static string Noted(this DecisionOutcome outcome) => outcome switch
    {
        DecisionOutcome.Done or DecisionOutcome.AlreadyDecided => "Your note is kept. Only moderators see it.",
        DecisionOutcome.NoSuchComment => "Not kept: the comment is no longer there. Your note stays here until you cancel it.",
        DecisionOutcome.MayNoLonger => $"{NoLonger} Your note was not kept; it stays here.",
        _ => "Not kept: write something first, at most 1,000 characters.",
    };

    /// <summary>The message after a comment was passed on.</summary>
    public static string PassedOn(this DecisionOutcome outcome, string author, string colleague) => outcome switch
    {
        DecisionOutcome.Done => $"Passed on: {colleague} has the comment by {author} in the tab “For you”.",
        DecisionOutcome.AlreadyDecided => "Not passed on: somebody has decided on it meanwhile.",
        DecisionOutcome.NoSuchComment => "Not passed on: the comment is no longer there.",
        DecisionOutcome.MayNoLonger => MayNoLonger(),
        _ => $"Not passed on: choose a colleague who is still here, and write at most {CommentNote.MaxTextLength:N0} characters.",
    };

    /// <summary>The message to the colleague, on whose screen it appears.</summary>
    /// <param name="last">Null when it is with somebody else by now.</param>
    public static string PassedOnToYou(NewestForMe? last) =>
        (last is null ? "A colleague has passed a comment on to you."
            : $"{last.By} has passed the comment by {last.Author} on to you{(last.IsCrisis ? ": it may be a crisis" : null)}.")
        + " It is in the tab “For you”.";

    /// <summary>Why what a moderator typed can no longer be sent.</summary>
    /// <param name="now">The comment as it is by now; null when it is gone.</param>
    public static string Overtaken(this QueuePanel form, CommentReview? now) => (form, now) switch
    {
        (_, null) => "The comment that you were writing about is no longer there.",
        (QueuePanel.Note, _) => $"{Overtaken(QueuePanel.None, now)} Your note can be kept all the same.",
        (QueuePanel.Reply, _) => $"The comment by {now.Comment.Author} is no longer on the page.",
        _ => $"{now.LastDecidedBy ?? "Somebody else"} decided on the comment by {now.Comment.Author} meanwhile.",
    };

    /// <summary>What an undo would undo, in a few words.</summary>
    public static string UndoOffer(this IReadOnlyList<UndoableDecision> some) =>
        some is [var one] ? $"{one.Kind.PastTense()}, {one.Author}" : $"{some[0].Kind.PastTense()}, {some.Count} comments";

    /// <param name="author">Who wrote the first of the comments.</param>
    public static string Undone(IReadOnlyList<DecisionOutcome> outcomes, string author)
    {
        var done = outcomes.Count(outcome => outcome is DecisionOutcome.Done);
        return (outcomes.Count, done) switch
        {
            _ when outcomes.Contains(DecisionOutcome.MayNoLonger) => MayNoLonger(done),
            (1, 1) => $"Undone: the comment by {author} stands as it did before.",
            (1, _) when outcomes[0] is DecisionOutcome.TooLate => "The ten minutes are over.",
            (1, _) when outcomes[0] is DecisionOutcome.AuthorTold => "It cannot be undone: the mail to the author has left.",
            (1, _) => "It cannot be undone: something else has happened since.",
            _ => $"{done} of {outcomes.Count} undone."
                + LeftAlone(outcomes.Where(one => one is not DecisionOutcome.Done).Select(WhyNotUndone)),
        };
    }

    /// <summary>Why those that were acted on together are not all done.</summary>
    /// <param name="reasons">One for each that was left, in words that fit one and many.</param>
    private static string LeftAlone(IEnumerable<string> reasons)
    {
        var counted = reasons.GroupBy(reason => reason).Select(alike => $"{alike.Count()} {alike.Key}").ToList();
        return counted.Count is 0 ? "" : $" Left alone: {string.Join("; ", counted)}.";
    }

    private static string WhyLeftAlone(this DecisionResult result, string me) => result.Outcome switch
    {
        DecisionOutcome.AlreadyDecided when result.By == me => "that you had decided on before",
        DecisionOutcome.AlreadyDecided when result.By is DecisionHistory.Author => "taken back by the author",
        DecisionOutcome.AlreadyDecided => $"that {result.By} had decided on",
        DecisionOutcome.TextChanged => "with a text that has changed since you chose it",
        DecisionOutcome.NotAllowed => "that you refused yourself, so that a colleague decides on the appeal",
        _ => "no longer there",
    };

    private static string WhyNotUndone(DecisionOutcome outcome) => outcome switch
    {
        DecisionOutcome.TooLate => "decided on more than ten minutes ago",
        DecisionOutcome.AuthorTold => "about which the mail to the author has left",
        DecisionOutcome.NotAllowed => "decided on by somebody else",
        DecisionOutcome.NoSuchComment => "no longer there",
        _ => "with which something else has happened since",
    };
}
