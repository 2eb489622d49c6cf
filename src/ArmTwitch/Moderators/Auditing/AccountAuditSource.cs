using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderators.Auditing;

/// <summary>What was done with accounts and subscribers, and with drafts of issues that are gone.</summary>
public sealed class AccountAuditSource(IDbContextFactory<ArmTwitchDb> databases) : IAuditSource
{
    public int Order => 3;

    public ModeratorRole AtLeast => ModeratorRole.Editor;

    public IReadOnlyList<AuditKind> Kinds => [AuditKind.People, AuditKind.Subscribers, AuditKind.Issues];

    public async Task<IReadOnlyList<AuditLine>> ListAsync(
        AuditFilter filter, AuditPosition? after, int most, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var some = db.Set<AuditEntry>().AsNoTracking();
        if (filter.Kind is { } kind)
        {
            var acts = Enum.GetValues<AuditAction>().Where(act => KindOf(act) == kind).ToList();
            some = some.Where(entry => acts.Contains(entry.Act));
        }

        var entries = await some.Newest(filter, after, Order, most).ToListAsync(cancellationToken);
        var invited = await WhomTheyLetInAsync(db, entries, cancellationToken);
        return [.. entries.Select(entry => IsOfInvitation(entry) ? InvitationLineOf(entry, invited) : LineOf(entry))];
    }

    private static bool IsOfInvitation(AuditEntry entry) => entry.Act is AuditAction.ModeratorInvited or AuditAction.InvitationRevoked
        or AuditAction.InvitationReplaced or AuditAction.InvitationAccepted;

    /// <returns>Who joined, by the invitation.</returns>
    private static async Task<Dictionary<Guid, AuditEntry>> WhomTheyLetInAsync(
        ArmTwitchDb db, List<AuditEntry> entries, CancellationToken cancellationToken)
    {
        var ids = entries.Where(entry => entry.Act is AuditAction.ModeratorInvited).Select(entry => entry.SubjectId).ToList();
        return ids.Count is 0
            ? []
            : await db.Set<AuditEntry>().AsNoTracking()
                .Where(entry => ids.Contains(entry.SubjectId) && entry.Act == AuditAction.InvitationAccepted)
                .ToDictionaryAsync(entry => entry.SubjectId!.Value, cancellationToken);
    }

    /// <summary>The person, once somebody has joined; the mark alone before that, and of an invitation that ended unused.</summary>
    private AuditLine InvitationLineOf(AuditEntry entry, Dictionary<Guid, AuditEntry> invited)
    {
        if (entry.SubjectId is not { } id)
            return LineOf(entry);
        var mark = Invitation.MarkOf(id);
        return entry.Act is AuditAction.ModeratorInvited && invited.TryGetValue(id, out var joined)
            ? LineOf(entry) with
            {
                Subject = $"{joined.By}, {mark}",
                SubjectAddress = $"/moderation/people/{joined.ModeratorId}",
                SubjectRole = ModeratorRole.Admin,
            }
            : LineOf(entry) with { Subject = mark };
    }

    private static AuditKind KindOf(AuditAction act) => act switch
    {
        AuditAction.SubscriberUnsubscribed or AuditAction.SubscriberErased or AuditAction.ConfirmationResent
            or AuditAction.SubscriberImportStarted or AuditAction.SubscribersImported or AuditAction.SubscribersExported
            or AuditAction.SubscriberImportTakenBack or AuditAction.SubscriberImportBrokeOff
            => AuditKind.Subscribers,
        AuditAction.IssueDraftDeleted => AuditKind.Issues,
        _ => AuditKind.People,
    };

    private AuditLine LineOf(AuditEntry entry) => new(new(entry.At, Order, entry.Id), entry.By, WordsOf(entry.Act))
    {
        ModeratorId = entry.ModeratorId,
        Detail = entry.Act is AuditAction.IssueDraftDeleted ? null : entry.Detail,
        Subject = entry.Act is AuditAction.IssueDraftDeleted ? entry.Detail : entry.SubjectName ?? (IsOfSubscriber(entry) ? "a subscriber" : null),
        SubjectAddress = entry switch
        {
            { SubjectId: { } id, SubjectName: not null } => $"/moderation/people/{id}",
            { SubjectId: { } id } when IsOfSubscriber(entry) => $"/moderation/subscribers/{id}",
            _ => null,
        },
        SubjectRole = entry.SubjectName is null ? ModeratorRole.Editor : ModeratorRole.Admin,
    };

    private static bool IsOfSubscriber(AuditEntry entry) => entry.SubjectId is not null && KindOf(entry.Act) is AuditKind.Subscribers
        && entry.Act is not (AuditAction.SubscriberImportStarted or AuditAction.SubscribersImported or AuditAction.SubscriberImportBrokeOff);

    private static string WordsOf(AuditAction act) => act switch
    {
        AuditAction.ModeratorInvited => "Invited somebody",
        AuditAction.InvitationRevoked => "Revoked an invitation",
        AuditAction.InvitationReplaced => "Replaced an invitation",
        AuditAction.InvitationAccepted => "Accepted an invitation",
        AuditAction.ModeratorJoined => "Joined",
        AuditAction.ModeratorRoleChanged => "Changed a role",
        AuditAction.ModeratorRemoved => "Removed an account",
        AuditAction.SessionEnded => "Ended a session",
        AuditAction.SessionsEnded => "Ended all sessions",
        AuditAction.SecondFactorReset => "Reset how somebody signs in",
        AuditAction.SubscriberUnsubscribed => "Unsubscribed somebody",
        AuditAction.SubscriberErased => "Erased a subscriber",
        AuditAction.ConfirmationResent => "Sent a confirmation again",
        AuditAction.SubscriberImportStarted => "Began an import",
        AuditAction.SubscribersImported => "Imported a list",
        AuditAction.SubscriberImportBrokeOff => "An import broke off",
        AuditAction.SubscriberImportTakenBack => "Took an import back",
        AuditAction.SubscribersExported => "Took the addresses along",
        AuditAction.IssueDraftDeleted => "Deleted a draft of an issue",
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, "No such act"),
    };
}
