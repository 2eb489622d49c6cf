using ArmTwitch.Data;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.ReviewQueue;

namespace ArmTwitch.Moderation.QueueState;

/// <summary>What a moderator is told on the screen of the queue.</summary>
public abstract class QueueMessageLine
{
    private const string PressRejected = "Your last press was not taken: the screen had only just changed.";

    private static readonly IReadOnlySet<long> Nothing = new HashSet<long>();

    private Func<bool>? isStillTrue;
    private bool isSaidOnly, isOfUndo;

    /// <summary>What has just happened, in words.</summary>
    public string Message { get; private set; } = "";

    /// <summary>What of the message is shown: nothing if a form shows the same, and only a screen reader has to be told.</summary>
    public string ShownMessage => isSaidOnly ? "" : Message;

    /// <summary>Tells a message from the same words said before.</summary>
    public int MessageNumber { get; private set; }

    /// <summary>Whether the message tells of something that failed.</summary>
    public bool IsTrouble { get; private set; }

    /// <summary>Whether many comments are being marked or taken back together now.</summary>
    public bool IsWorking { get; internal set; }

    /// <summary>The decisions that the message tells of, and no others: an offer to take them back stands beside it.</summary>
    public IReadOnlySet<long> Told { get; private set; } = Nothing;

    /// <summary>
    /// Why the key for undo does not take back the last act, as a sentence; null when the last act was a decision, or an undo.
    /// </summary>
    internal string? NotUndoable { get; set; }

    /// <summary>Says that a press was not taken: it was meant for what was on the screen before.</summary>
    public void RejectStaleAction()
    {
        // With the message of a decision the key for undo means that one, and after an undo the one before.
        if (Told.Count is 0 && !isOfUndo)
            NotUndoable ??= DecisionMessages.NothingDecided;
        if (!Message.EndsWith(PressRejected, StringComparison.Ordinal))
            AppendMessage(PressRejected);
    }

    /// <summary>Says why something that was tried was not done. The key for undo then takes back nothing older.</summary>
    /// <param name="isTrue">As of <see cref="SetMessage"/>.</param>
    internal void TellNotDone(string message, Func<bool>? isTrue = null)
    {
        SetMessage(message, isTrue: isTrue);
        NotUndoable = DecisionMessages.NothingDecided;
    }

    /// <summary>Says that a press was not taken, and why.</summary>
    internal void TellNotTaken(string why) => TellNotDone($"Your press was not taken. {why}");

    /// <summary>Says how many comments are no longer ticked.</summary>
    internal void TellDropped(int count)
    {
        DropPassedMessage();
        AppendMessage($"{count} no longer chosen: decided on or changed meanwhile, or not in this list.");
    }

    internal Task RejectStaleActionAsync()
    {
        RejectStaleAction();
        return Task.CompletedTask;
    }

    /// <param name="isTrouble">Whether it tells of something that failed.</param>
    /// <param name="isTrue">
    /// For a message about how things stand: whether they still stand so. Null for one about something that has happened.
    /// </param>
    public void SetMessage(string message, bool isTrouble = false, Func<bool>? isTrue = null)
    {
        (Message, IsTrouble, Told, isStillTrue, isSaidOnly, isOfUndo) = (message, isTrouble, Nothing, isTrue, false, false);
        MessageNumber++;
    }

    /// <summary>Tells a screen reader how things stand, which the open form shows.</summary>
    /// <param name="isTrue">Whether they still stand so.</param>
    internal void Say(string message, Func<bool> isTrue)
    {
        SetMessage(message, isTrue: isTrue);
        isSaidOnly = true;
    }

    /// <summary>The same behind what has just been said, which is shown.</summary>
    /// <inheritdoc cref="Say"/>
    internal void SayAlso(string message, Func<bool> isTrue)
    {
        if (Message is "")
            Say(message, isTrue);
        else
            AppendMessage(message, isTrue);
    }

    /// <summary>Tells of decisions, which can be taken back.</summary>
    /// <param name="made">Empty when nothing was decided.</param>
    internal void TellDecisions(string message, IReadOnlyCollection<long> made, bool isTrouble = false)
    {
        SetMessage(message, isTrouble);
        Told = made.ToHashSet();
        NotUndoable = made.Count is 0 ? DecisionMessages.NothingDecided : null;
    }

    /// <summary>Tells of an undo, after which the key for undo means the decision before.</summary>
    internal void TellUndone(string message, bool isTrouble)
    {
        SetMessage(message, isTrouble);
        (isOfUndo, NotUndoable) = (true, null);
    }

    /// <summary>Takes a message off the screen once things no longer stand as it says.</summary>
    internal void DropPassedMessage()
    {
        if (isStillTrue?.Invoke() is false)
            SetMessage("");
    }

    /// <param name="isTrue">As of <see cref="SetMessage"/>; null leaves what was said of the words before.</param>
    internal void AppendMessage(string more, Func<bool>? isTrue = null)
    {
        var (told, ofUndo) = (Told, isOfUndo);
        SetMessage($"{Message} {more}".Trim(), IsTrouble, isTrue ?? isStillTrue);
        (Told, isOfUndo) = (told, ofUndo);
    }
}

/// <summary>Says why something that a moderator tried was not done.</summary>
internal static class QueueObstacles
{
    public static void TellTextChanged(this ModerationQueueState state) => state.SetMessage(
        "The author has changed this text. Open the comment again to read the new one.", isTrue: state.IsStillOpen());

    public static void TellWhyNoReply(this ModerationQueueState state) => state.TellNotDone(
        state.Me.Role < ModeratorRole.Editor ? "Answers are for editors."
        : state.Open?.Comment.IsWaiting is true ? "Approve it first: an answer stands below a comment that readers see."
        : state.Open?.Comment.Badge is null ? "It cannot be answered: readers do not see it."
        : "It is an answer itself. Open the comment above it.");

    /// <summary>Says why nothing is decided while a form is open.</summary>
    public static void TellUnsavedForm(this ModerationQueueState state)
    {
        var open = state.Panel;
        state.TellNotDone(open.UnsavedFormMessage(), isTrue: () => state.Panel == open);
    }

    /// <summary>Says that the comment was not on the screen, which has it now.</summary>
    public static void TellUnread(this ModerationQueueState state) =>
        state.TellWhileOpen("Nothing is decided yet: the comment was not on the screen. Here it is; press the key again.");

    /// <summary>Says that another comment is open than the one whose row has the focus.</summary>
    public static void TellOtherRow(this ModerationQueueState state) => state.TellWhileOpen(
        $"Nothing is decided: the comment by {state.Open?.Comment.Author} is open, and the focus is on another row. "
        + "Open the comment that you mean, and press the key again.");

    /// <summary>Says what was decided on a comment that waits no longer.</summary>
    public static void TellDecided(this ModerationQueueState state, CommentReview now) => state.TellWhileOpen(now.DecidedBefore());

    /// <summary>Says why whoever refused a comment does not decide on the appeal.</summary>
    public static void TellOwnRefusal(this ModerationQueueState state) =>
        state.TellWhileOpen("You refused it yourself, so a colleague decides on the appeal. Press p to pass it on.");

    private static void TellWhileOpen(this ModerationQueueState state, string message) =>
        state.TellNotDone(message, state.IsStillOpen());

    private static Func<bool> IsStillOpen(this ModerationQueueState state)
    {
        var open = state.Open?.Version;
        return () => state.Open?.Version == open;
    }
}
