namespace ArmTwitch.Moderation.QueueState;

/// <summary>What a moderator is told on the screen of the queue.</summary>
public abstract class QueueMessageLine
{
    private const string PressRejected = "Your last press was not taken: the screen had only just changed.";

    private Func<bool>? isStillTrue;

    /// <summary>What has just happened, in words.</summary>
    public string Message { get; private set; } = "";

    /// <summary>Tells a message from the same words said before.</summary>
    public int MessageNumber { get; private set; }

    /// <summary>Whether the message tells of something that failed.</summary>
    public bool IsTrouble { get; private set; }

    /// <summary>Whether many comments are being marked or taken back together now.</summary>
    public bool IsWorking { get; internal set; }

    /// <summary>Whether the message tells of something that was decided or undone, so that an offer to take it back stands beside it.</summary>
    public bool OffersUndo { get; private set; }

    /// <summary>
    /// What was done last and the key for undo does not take back, as the first words of a sentence; null when the last act was a decision.
    /// </summary>
    internal string? NotUndoable { get; set; }

    /// <summary>What must not be missed: a comment that may be a crisis has arrived. Null when none has, or it was looked at.</summary>
    public string? Alarm { get; internal set; }

    /// <summary>Says that a press was not taken: it was meant for what was on the screen before.</summary>
    public void RejectStaleAction()
    {
        if (!Message.EndsWith(PressRejected, StringComparison.Ordinal))
            AppendMessage(PressRejected);
    }

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
        (Message, IsTrouble, OffersUndo, isStillTrue) = (message, isTrouble, false, isTrue);
        MessageNumber++;
    }

    /// <summary>Tells of something that can be taken back.</summary>
    internal void TellDecision(string message, bool isTrouble = false)
    {
        SetMessage(message, isTrouble);
        (OffersUndo, NotUndoable) = (true, null);
    }

    /// <summary>Takes a message off the screen once things no longer stand as it says.</summary>
    internal void DropPassedMessage()
    {
        if (isStillTrue?.Invoke() is false)
            SetMessage("");
    }

    internal void AppendMessage(string more)
    {
        var offered = OffersUndo;
        SetMessage($"{Message} {more}".Trim(), IsTrouble, isStillTrue);
        OffersUndo = offered;
    }
}
