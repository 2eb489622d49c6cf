namespace ArmTwitch.Moderation.QueueState;

/// <summary>What a moderator is told on the screen of the queue.</summary>
public abstract class QueueMessageLine
{
    private const string PressRejected = "Your last press was not taken: the screen had only just changed.";

    /// <summary>What has just happened, in words.</summary>
    public string Message
    {
        get;
        protected set
        {
            (field, IsTrouble) = (value, false);
            MessageNumber++;
        }
    } = "";

    /// <summary>Tells a message from the same words said before.</summary>
    public int MessageNumber { get; private set; }

    /// <summary>Whether the message tells of something that failed.</summary>
    public bool IsTrouble { get; private set; }

    /// <summary>What must not be missed: a comment that may be a crisis has arrived. Null when none has, or it was looked at.</summary>
    public string? Alarm { get; internal set; }

    /// <summary>Says that a press was not taken: it was meant for what was on the screen before.</summary>
    public void RejectStaleAction()
    {
        if (!Message.EndsWith(PressRejected, StringComparison.Ordinal))
            AppendMessage(PressRejected);
    }

    /// <param name="isTrouble">Whether it tells of something that failed.</param>
    public void SetMessage(string message, bool isTrouble = false)
    {
        Message = message;
        IsTrouble = isTrouble;
    }

    protected void AppendMessage(string more) => Message = $"{Message} {more}".Trim();
}
