using ArmTwitch.Mail;

namespace ArmTwitch.Newsletter.SubscriberScreens;

/// <summary>What is kept about one address.</summary>
/// <param name="Subscriber">Null when only hashes of the address are kept.</param>
/// <param name="Consent">The oldest first.</param>
/// <param name="Suppressions">Why no mail goes there; none when mails may go.</param>
/// <param name="Mails">The newest first.</param>
public sealed record SubscriberHistory(
    Subscriber? Subscriber, IReadOnlyList<ConsentRecord> Consent, IReadOnlyList<Suppression> Suppressions,
    IReadOnlyList<SubscriberMail> Mails)
{
    /// <summary>Whether nothing at all is kept.</summary>
    public bool IsEmpty => Subscriber is null && Consent.Count is 0 && Suppressions.Count is 0;

    /// <summary>When they came with an imported list; null for somebody who signed up here.</summary>
    public DateTimeOffset? ImportedAt =>
        Consent.FirstOrDefault(record => record.Kind is ConsentKind.Given && IsImport(record)) is { } record ? record.At
        // Whoever comes without a proof of consent, or as having left, has no entry in the ledger but one by which another list ended it.
        : Subscriber is { } subscriber && Consent.All(IsImport)
            && (subscriber.Wording is null || subscriber.State is not SubscriberState.Pending)
            ? subscriber.AskedAt
        : null;

    /// <summary>Who says where and to which words they agreed, as the end of a sentence; empty for what was typed here.</summary>
    public string SaidBy => Consent.LastOrDefault(record => record.Kind is ConsentKind.Given)?.Method switch
    {
        ConsentMethod.Import => ", says the list",
        ConsentMethod.ImportVouched => ", says the editor who imported the list",
        _ => "",
    };

    private static bool IsImport(ConsentRecord record) => record.Method is ConsentMethod.Import or ConsentMethod.ImportVouched;
}

/// <summary>A mail to a subscriber that is still kept with its address.</summary>
/// <param name="Answer">What the mail server last said; null for nothing.</param>
public sealed record SubscriberMail(Guid Id, string Subject, DateTimeOffset QueuedAt, DateTimeOffset? SentAt, MailState State, string? Answer);
