using ArmTwitch.Mail;

namespace ArmTwitch.Newsletter.ImportExport;

/// <summary>One person in a table.</summary>
/// <param name="Becomes">What they are here when the address is new.</param>
internal sealed record SubscriberImportRow(
    EmailAddress Address, SubscriberState Becomes, DateTimeOffset? ConsentAt, string Source, string Wording);
