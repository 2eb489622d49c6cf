using System.Globalization;
using ArmTwitch.Moderators.Auditing;

namespace ArmTwitch.Moderators.People;

/// <summary>The words for people and what was done with them.</summary>
internal static class PeopleLabels
{
    /// <summary>The account has changed since the page was opened, or the sign-in is no longer recent.</summary>
    public const string MayNoLonger = "You are no admin any more, or signed in too long ago. Sign in again.";

    /// <summary>What each role opens: whoever chooses one lets somebody see this.</summary>
    public const string Roles =
        "Moderators decide on comments, and see in the audit what was done with comments. Editors also answer as editor, read the feedback, "
        + "write and send newsletters, see, export, import and erase all subscribers, and read the whole audit. "
        + "Admins also invite and remove people, and change their roles.";

    private static readonly TimeSpan HereFor = TimeSpan.FromMinutes(2);

    /// <summary>When the person was last seen, as a sentence.</summary>
    public static string LastSeen(PersonOverview person, DateTimeOffset now) => person switch
    {
        { LastSeenAt: null } => "Not seen yet.",
        { Sessions.Count: > 0, LastSeenAt: { } at } when now - at < HereFor => "Here now.",
        { LastSeenAt: { } at } => $"Last seen {Ago(now - at)}.",
    };

    /// <summary>The same in a table, below a heading that says "Last seen".</summary>
    public static string Seen(PersonOverview person, DateTimeOffset now) => person switch
    {
        { LastSeenAt: null } => "Not yet",
        { Sessions.Count: > 0, LastSeenAt: { } at } when now - at < HereFor => "Here now",
        { LastSeenAt: { } at } => Ago(now - at),
    };

    /// <summary>"3 hours ago"; a day that is long past as a date would be no easier to read.</summary>
    public static string Ago(TimeSpan time) => time switch
    {
        { TotalMinutes: < 2 } => "a minute ago",
        { TotalHours: < 2 } => $"{(int)time.TotalMinutes} minutes ago",
        { TotalDays: < 2 } => $"{(int)time.TotalHours} hours ago",
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalDays:N0} days ago"),
    };

    /// <summary>The rest of a sentence that begins with who did it.</summary>
    public static string Did(AuditEntry entry) => entry.Act switch
    {
        AuditAction.ModeratorInvited => $"invited somebody {entry.Detail}",
        AuditAction.InvitationRevoked => $"revoked an invitation {entry.Detail}",
        AuditAction.InvitationReplaced => $"replaced an invitation {entry.Detail}",
        AuditAction.InvitationAccepted => $"accepted an invitation {entry.Detail}",
        AuditAction.ModeratorJoined => $"joined {entry.Detail}",
        AuditAction.ModeratorRoleChanged => $"changed the role {entry.Detail}",
        AuditAction.ModeratorRemoved => $"removed the account ({entry.Detail})",
        AuditAction.SessionEnded => "ended a session",
        AuditAction.SessionsEnded => $"ended all sessions ({entry.Detail})",
        AuditAction.SecondFactorReset => "reset how the account signs in",
        _ => KebabCase.Of(entry.Act).Replace('-', ' '),
    };
}
