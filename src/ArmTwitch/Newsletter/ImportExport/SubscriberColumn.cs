using System.Globalization;
using System.Linq.Expressions;
using System.Text.RegularExpressions;
using ArmTwitch.Mail;
using ArmTwitch.Newsletter.ImportExport.Statuses;
using Microsoft.EntityFrameworkCore.Query;

namespace ArmTwitch.Newsletter.ImportExport;

/// <summary>A column of the table of subscribers: its name, and how it is written, read and taken over.</summary>
/// <param name="Name">In the first line of the table.</param>
/// <param name="Write">Returns the cell; null for an empty one.</param>
/// <param name="Read">Reads a cell that is not empty. Returns what is wrong with it, or null.</param>
/// <param name="Update">Sets the column of a known subscriber to the value of the imported one, if that has one.</param>
internal sealed partial record SubscriberColumn(
    string Name, Func<Subscriber, string?> Write, Func<Subscriber, string, string?> Read,
    Action<UpdateSettersBuilder<Subscriber>, Subscriber> Update)
{
    private const int ShownOfCell = 40;

    public const string KnownStates = "A state is pending, confirmed, unsubscribed, bounced or complained.";

    /// <summary>A known subscriber keeps the spelling of their address.</summary>
    public static readonly SubscriberColumn Email = new("email", one => one.Email, ReadEmail, (_, _) => { })
    {
        Label = "Address"
    };

    public static readonly SubscriberColumn State = new(
        "state", one => KebabCase.Of(one.State), ReadState, (set, from) => set.SetProperty(one => one.State, from.State));

    public static readonly SubscriberColumn ConsentTime = new(
        "consent_at", one => one.ConfirmedAt?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        ReadConsentTime, (set, from) => set.SetProperty(one => one.ConfirmedAt, from.ConfirmedAt));

    /// <summary>Every column, in the order of an export.</summary>
    public static readonly IReadOnlyList<SubscriberColumn> All =
    [
        Email,
        State,
        ConsentTime,
        Text("source", ConsentRecord.MaxPageLength, one => one.Page, (one, text) => one.Page = text) with
        {
            Write = one => one.ConfirmedAt is null ? null : one.Page
        },
        Text("wording", ConsentRecord.MaxWordingLength, one => one.Wording, (one, text) => one.Wording = text) with
        {
            Write = one => one.ConfirmedAt is null ? null : one.Wording
        },
    ];

    /// <summary>How the subscriber's own page calls the column; null when it does not show it, or shows it in another way.</summary>
    public string? Label { get; private init; }

    /// <returns>Null for a word that is no state, or none that a table can give.</returns>
    public static SubscriberState? StateOf(string word) =>
        KebabCase.Find<SubscriberState>(word, StringComparison.OrdinalIgnoreCase) is { } state and not SubscriberState.Erased
            ? state
            : StatusWords.Find(word);

    /// <summary>Reads a time of ISO 8601, which is UTC where it names no zone. In another format, day and month could be mixed up.</summary>
    /// <returns>Null for anything else.</returns>
    public static DateTimeOffset? TimeOf(string cell) =>
        Iso8601().Match(cell) is { Success: true } iso
        && DateTimeOffset.TryParse(
            iso.Groups[1].Value + (iso.Groups[2].Value is "UTC" ? "Z" : iso.Groups[2].Value), CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;

    /// <summary>What is wrong with a time; null when nothing is.</summary>
    /// <param name="column">As the table calls it.</param>
    public static string? FaultOfTime(string column, string cell, DateTimeOffset now) => TimeOf(cell) is not { } time
        ? $"{column} \"{Beginning.Of(cell, ShownOfCell)}\" cannot be read as one time. Write it as 2026-11-22T12:00:00Z."
        : time > now ? $"{column} \"{cell}\" has not come yet, so nobody can have agreed then."
        : null;

    private static SubscriberColumn Text(
        string name, int longest, Expression<Func<Subscriber, string?>> property, Action<Subscriber, string> assign)
    {
        var valueOf = property.Compile();
        return new(name, valueOf, Read, Update);

        void Update(UpdateSettersBuilder<Subscriber> set, Subscriber from)
        {
            // A table without this column does not clear what the subscriber typed.
            if (valueOf(from) is { } text)
                set.SetProperty(property, text);
        }

        string? Read(Subscriber one, string cell)
        {
            assign(one, cell);
            return cell.Length > longest ? $"The column {name} takes at most {longest} characters." : null;
        }
    }

    private static string? ReadEmail(Subscriber one, string cell)
    {
        if (cell is ['\'', ..])
            return "An apostrophe stands before the address. Spreadsheets put it there; take it away.";
        if (!EmailAddress.TryParse(cell, out var address))
            return cell.Any(sign => CharUnicodeInfo.GetUnicodeCategory(sign) is UnicodeCategory.Format)
                ? "An invisible character stands in it. Type the address anew; copied text brings such characters along."
                : "This is no e-mail address. Write it by itself, like name@example.com.";
        (one.Email, one.Key) = (address.Text, address.Key);
        return null;
    }

    private static string? ReadState(Subscriber one, string cell)
    {
        if (StateOf(cell) is not { } state)
            return $"There is no state \"{Beginning.Of(cell, ShownOfCell)}\". "
                + (FindNearest(cell) is { } near ? $"Did you mean {near}?" : KnownStates);
        one.State = state;
        return null;
    }

    /// <returns>The known word that begins or ends as this one does for most of its length; null when there is none.</returns>
    private static string? FindNearest(string cell)
    {
        const int fewest = 4;
        var word = cell.ToLowerInvariant();
        var (near, most) = KebabCase.All<SubscriberState>().Concat(StatusWords.All).Where(one => one is not "erased")
            .Select(one => (Word: one, Alike: Alike(one, word) + Alike(Reversed(one), Reversed(word)))).MaxBy(one => one.Alike);
        return most >= fewest && most >= word.Length / 2 ? near : null;

        static int Alike(string one, string other) => one.AsSpan().CommonPrefixLength(other);

        static string Reversed(string text) => string.Concat(text.Reverse());
    }

    private static string? ReadConsentTime(Subscriber one, string cell)
    {
        one.ConfirmedAt = TimeOf(cell);
        return FaultOfTime("consent_at", cell, one.AskedAt);
    }

    [GeneratedRegex(
        @"^(\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?) ?(Z|UTC|[+-]\d{2}:?\d{2})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Iso8601();
}
