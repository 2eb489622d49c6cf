namespace ArmTwitch.Newsletter.ImportExport;

/// <summary>
/// What an editor says of everybody in a list that tells when they signed up, and not where and to which words they agreed. It is the
/// editor who has to prove it; the audit notes who said so.
/// </summary>
/// <param name="Source">Where they agreed.</param>
/// <param name="Wording">The words, or the version of the words.</param>
public sealed record SubscriberImportConsent(string Source, string Wording);
