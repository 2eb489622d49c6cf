using ArmTwitch.Newsletter.ImportExport.Statuses;

namespace ArmTwitch.Newsletter.ImportExport;

/// <summary>
/// The export of another newsletter program, recognized by its columns. Whoever left or bounced there is imported as such.
/// </summary>
/// <param name="Marks">The columns that identify it.</param>
/// <param name="SignedUp">The columns with the time of the sign-up, the last of them with that of the confirmation.</param>
/// <param name="Status">
/// The columns that <paramref name="EndedAs"/> looks at, the first of them the one that is filled for everybody; none where the program
/// writes a file for each state, or tells it nowhere (<see cref="ListStatus"/>).
/// </param>
/// <param name="EndedAs">
/// How the subscription of a row ended there; null when it did not. Gets a function from column to cell (null without that column).
/// </param>
internal sealed record SubscriberExportFormat(
    string Name, string[] Marks, string[] SignedUp, string[] Status, Func<Func<string, string?>, SubscriberState?> EndedAs)
{
    /// <summary>The states of those who never confirmed there.</summary>
    private static readonly string[] Unconfirmed = ["unconfirmed", "unactivated", "pending", "validating"];

    private static readonly SubscriberExportFormat[] All =
    [
        new("Substack", ["active_subscription", "email_disabled"], ["created_at"], ["email_disabled"],
            cell => UnlessWords(cell("email_disabled"), "false"))
        {
            Flags = ["email_disabled"]
        },
        new("Substack", ["subscription_type", "activity"], ["subscription_date"], [], _ => null)
        {
            Plan = "subscription_type"
        },
        new("Ghost", ["subscribed_to_emails"], ["created_at"], ["subscribed_to_emails", "deleted_at"],
            cell => UnlessWords(cell("subscribed_to_emails"), "true")
                ?? (cell("deleted_at") is { Length: > 0 } ? SubscriberState.Unsubscribed : null))
        {
            Flags = ["subscribed_to_emails"]
        },
        new("listmonk", ["uuid", "status", "attributes"], ["created_at"], ["status"],
            cell => UnlessWords(cell("status"), "enabled", "unconfirmed")),
        new("Buttondown", ["type", "secondary_id"], ["creation_date"], ["type"],
            cell => UnlessWords(cell("type"), "regular", "premium", "gifted", "trialed", "unactivated")),
        new("Beehiiv", ["status", "tier"], ["subscribed_at", "created_at"], ["status"],
            cell => UnlessWords(cell("status"), "active", "pending", "validating")),
        // One of its columns is enough: people delete those that they do not need.
        .. new[] { "optin_time", "confirm_time", "unsub_time", "clean_time", "unsub_reason", "leid", "euid", "member_rating" }.Select(
            mark => new SubscriberExportFormat(
                "Mailchimp", [mark], ["optin_time", "confirm_time"], [], _ => null)),
    ];

    /// <summary>Those of <see cref="Status"/> that are true, false or empty.</summary>
    public string[] Flags { get; private init; } = [];

    /// <summary>The column that tells what a reader pays; null where it is not known that the program lists readers alone.</summary>
    public string? Plan { get; private init; }

    /// <returns>Null when the columns belong to no known program.</returns>
    public static SubscriberExportFormat? Detect(IReadOnlyCollection<string> columns) =>
        All.FirstOrDefault(source => source.Marks.All(columns.Contains));

    /// <summary>Whether somebody has never confirmed there. Gets a function from column to cell.</summary>
    public bool IsUnconfirmed(Func<string, string?> cell) =>
        Status.Any(column => Unconfirmed.Contains(cell(column), StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether a row tells whether its subscription has ended. Gets a function from column to cell.</summary>
    public bool IsSaid(Func<string, string?> cell) => cell(Status[0]) is { Length: > 0 } || EndedAs(cell) is not null;

    /// <summary>Whether something is read from a column beside the address.</summary>
    public bool Reads(string column) => Status.Contains(column) || SignedUp.Contains(column);

    /// <summary>An unknown state counts as unsubscribed: it permits no mail.</summary>
    private static SubscriberState? UnlessWords(string? state, params string[] words) =>
        state is null or "" || words.Contains(state, StringComparer.OrdinalIgnoreCase) ? null
        : StatusWords.Find(state) is { } ended and > SubscriberState.Unsubscribed ? ended
        : SubscriberState.Unsubscribed;
}
