using System.Text.Json.Serialization;
using ArmTwitch.Comments;

namespace ArmTwitch.Moderation.QueueState;

/// <summary>What is open below a comment. The browser knows it by its name.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<QueuePanel>))]
public enum QueuePanel
{
    None,
    Refusal,
    Redaction,
    Reply,

    /// <summary>The second act before something is published that one press does not publish.</summary>
    Risk,
}

internal static class QueuePanels
{
    /// <returns>The form that such a decision is made in; none for those of one press.</returns>
    public static QueuePanel FormOf(DecisionKind kind) => kind switch
    {
        DecisionKind.ApproveRedacted => QueuePanel.Redaction,
        DecisionKind.Reject => QueuePanel.Refusal,
        _ => QueuePanel.None,
    };

    /// <summary>
    /// Whether this form has to be finished or left before that one opens: marks would go with it, and an answer is about words that
    /// are not decided on yet.
    /// </summary>
    public static bool Bars(this QueuePanel open, QueuePanel other) =>
        open is not QueuePanel.None && open != other && (open is QueuePanel.Redaction || other is QueuePanel.Reply);
}
