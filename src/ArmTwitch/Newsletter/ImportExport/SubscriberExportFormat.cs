namespace ArmTwitch.Newsletter.ImportExport;

/// <summary>
/// The export of another newsletter program, recognized by its columns. Whoever left or bounced there is imported as such.
/// </summary>
/// <param name="Marks">The columns that identify it.</param>
/// <param name="Email">The column with the address.</param>
/// <param name="Status">The columns that <paramref name="EndedAs"/> looks at.</param>
/// <param name="EndedAs">
/// How the subscription of a row ended there; null when it did not. Gets a function from column to cell (null without that column).
/// </param>
internal sealed record SubscriberExportFormat(
    string Name, string[] Marks, string Email, string[] Status, Func<Func<string, string?>, SubscriberState?> EndedAs)
{
    private static readonly SubscriberExportFormat[] All =
    [
        // Mailchimp writes one file for each state.
        new("Mailchimp", ["email_address", "leid", "euid"], "email_address", ["unsub_time", "clean_time"],
            cell => cell("unsub_time") is not null ? SubscriberState.Unsubscribed
                : cell("clean_time") is not null ? SubscriberState.Bounced
                : null),
        new(
            "Substack", ["email", "active_subscription", "email_disabled"], "email", ["email_disabled"],
            cell => UnlessWords(cell("email_disabled"), "false")),
        new("Substack", ["email", "subscription_type", "activity"], "email", [], _ => null),
        new("Ghost", ["email", "subscribed_to_emails"], "email", ["subscribed_to_emails", "deleted_at"],
            cell => UnlessWords(cell("subscribed_to_emails"), "true")
                ?? (cell("deleted_at") is { Length: > 0 } ? SubscriberState.Unsubscribed : null)),
        new(
            "listmonk", ["email", "uuid", "status", "attributes"], "email", ["status"],
            cell => UnlessWords(cell("status"), "enabled", "unconfirmed")),
        new(
            "Buttondown", ["email", "type", "secondary_id"], "email", ["type"],
            cell => UnlessWords(cell("type"), "regular", "premium", "gifted", "trialed", "unactivated")),
        new(
            "Beehiiv", ["email", "status", "tier"], "email", ["status"],
            cell => UnlessWords(cell("status"), "active", "pending", "validating")),
    ];

    /// <returns>Null when the columns belong to no known program.</returns>
    public static SubscriberExportFormat? Detect(IReadOnlyCollection<string> columns) =>
        All.FirstOrDefault(source => source.Marks.All(columns.Contains));

    /// <summary>An unknown state counts as unsubscribed: it permits no mail.</summary>
    private static SubscriberState? UnlessWords(string? state, params string[] words) => state?.ToLowerInvariant() switch
    {
        null or "" => null,
        var known when words.Contains(known) => null,
        "complained" => SubscriberState.Complained,
        "undeliverable" or "bounced" or "cleaned" => SubscriberState.Bounced,
        _ => SubscriberState.Unsubscribed,
    };
}
