using ArmTwitch.Mail;
using ArmTwitch.Mail.Sending;
using ArmTwitch.Moderators.LocalTimes;

namespace ArmTwitch.Newsletter.Recipients;

/// <summary>The words for copies of an issue.</summary>
internal static class RecipientLabels
{
    public static string NameOf(MailState state) => state switch
    {
        MailState.InDoubt => "Unknown",
        MailState.Dead => "Refused",
        MailState.Sent => "Delivered",
        MailState.Suppressed => "Left meanwhile",
        MailState.Cancelled => "Not sent",
        _ => "Waiting",
    };

    /// <summary>What became of a copy, in a word or two.</summary>
    public static string ResultOf(OutgoingMail mail) =>
        mail is { State: MailState.Sent, Status: { } status } && !status.StartsWith("2.", StringComparison.Ordinal)
            ? "Delivered, and bounced later" : NameOf(mail.State);

    /// <summary>When a copy that waits is tried, in the time of whoever looks; null for one that does not wait.</summary>
    /// <param name="isPaused">Whether nothing of the issue leaves until somebody resumes it.</param>
    public static string? NextTry(OutgoingMail mail, LocalClock zone, DateTimeOffset now, bool isPaused) => mail switch
    {
        { State: MailState.Claimed or MailState.Submitting } => "being sent now",
        { State: not MailState.Queued } => null,
        _ when isPaused => "once the issue is resumed",
        { Attempts: 0 } => "in its turn",
        _ when mail.DueAt <= now => $"again in its turn, after {Plural.Of(mail.Attempts, "try", "tries")}",
        _ => $"again {zone.Say(mail.DueAt)}, after {Plural.Of(mail.Attempts, "try", "tries")}",
    };

    public static string NameOf(OutgoingMail mail) =>
        mail.To.EndsWith(SentMailRecords.Nobody, StringComparison.Ordinal) ? "(address deleted)" : mail.To;

    /// <summary>Whether the server says that there is no such mailbox.</summary>
    public static bool IsNobody(OutgoingMail mail) =>
        mail.State is MailState.Dead && EnhancedStatusCode.FailureOf(mail.Status, mail.Answer) is DeliveryFailure.NoSuchRecipient;

    /// <summary>What an editor can do about a copy that is unknown or refused.</summary>
    public static string WhatToDo(OutgoingMail mail) => mail switch
    {
        { State: MailState.InDoubt } => "Look in the log for",
        _ when IsNobody(mail) => "This mailbox does not exist; nothing to do. Its subscription ends, unless nobody else was reached either.",
        { Status: { } status } when status.StartsWith("5.2.", StringComparison.Ordinal) => "Nothing, unless you know that the mailbox takes mails again.",
        { Answer: ['4', ..] } => "Nothing, unless you know that the server takes mails again: it was tried for a day.",
        _ when EnhancedStatusCode.FailureOf(mail.Status, mail.Answer) is DeliveryFailure.SenderRefused => "The server refuses us, not the recipient. Mend the sender’s settings, then send it again.",
        _ => "Mend what the server complains of, then send it again.",
    };
}
