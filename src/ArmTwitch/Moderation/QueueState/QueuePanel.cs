using System.Text.Json.Serialization;
using ArmTwitch.Comments;
using ArmTwitch.Moderation.ReviewQueue;

namespace ArmTwitch.Moderation.QueueState;

/// <summary>The form that is open below a comment. The browser keeps drafts under its name.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<QueuePanel>))]
public enum QueuePanel
{
    None,
    Refusal,
    Redaction,
    Reply,
    Note,

    /// <summary>Passes the comment on to a colleague.</summary>
    PassOn,

    /// <summary>Asks for confirmation before something is done that one press does not do.</summary>
    Risk,
}

internal static class QueuePanels
{
    /// <returns>The form in which such a decision is made; none for a decision of one press.</returns>
    public static QueuePanel FormOf(DecisionKind kind) => kind switch
    {
        DecisionKind.ApproveRedacted => QueuePanel.Redaction,
        DecisionKind.Reject => QueuePanel.Refusal,
        _ => QueuePanel.None,
    };

    /// <summary>Whether the form can be sent for such a comment.</summary>
    public static bool Fits(this QueuePanel form, CommentReview now, bool mayReply) => form switch
    {
        QueuePanel.Reply => mayReply,
        QueuePanel.Note => true,
        _ => now.Comment.IsWaiting,
    };

    /// <summary>
    /// Whether this form has to be finished or left before that one opens: marks would be lost, an answer must wait until the comment is
    /// decided on, and a note would stand in the place of what is being written.
    /// </summary>
    public static bool Bars(this QueuePanel open, QueuePanel other) =>
        open is not QueuePanel.None && open != other && (open is QueuePanel.Redaction || other is QueuePanel.Reply || (other is QueuePanel.Note && open is not QueuePanel.Risk));
}
