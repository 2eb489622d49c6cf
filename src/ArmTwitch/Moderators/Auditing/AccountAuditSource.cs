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

        return [.. (await some.Newest(filter, after, Order, most).ToListAsync(cancellationToken)).Select(LineOf)];
    }

    private static AuditKind KindOf(AuditAction act) => act switch
    {
        AuditAction.SubscriberUnsubscribed or AuditAction.SubscriberErased or AuditAction.ConfirmationResent
            or AuditAction.SubscriberImportStarted or AuditAction.SubscribersImported or AuditAction.SubscribersExported
            => AuditKind.Subscribers,
        AuditAction.IssueDraftDeleted => AuditKind.Issues,
        _ => AuditKind.People,
    };

    private AuditLine LineOf(AuditEntry entry) => new(new(entry.At, Order, entry.Id), entry.By, WordsOf(entry.Act))
    {
        ModeratorId = entry.ModeratorId,
        Detail = entry.Act is AuditAction.IssueDraftDeleted ? null : entry.Detail,
        Subject = entry.Act is AuditAction.IssueDraftDeleted ? entry.Detail : entry.SubjectName ?? (KindOf(entry.Act) is AuditKind.Subscribers && entry.SubjectId is not null ? "a subscriber" : null),
        SubjectAddress = entry switch
        {
            { SubjectId: { } id, SubjectName: not null } => $"/moderation/people/{id}",
            { SubjectId: { } id } when KindOf(entry.Act) is AuditKind.Subscribers => $"/moderation/subscribers/{id}",
            _ => null,
        },
        SubjectRole = entry.SubjectName is null ? ModeratorRole.Editor : ModeratorRole.Admin,
    };

    private static string WordsOf(AuditAction act) => act switch
    {
        AuditAction.ModeratorInvited => "Invited somebody",
        AuditAction.InvitationRevoked => "Revoked an invitation",
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
        AuditAction.SubscribersExported => "Took the addresses along",
        AuditAction.IssueDraftDeleted => "Deleted a draft of an issue",
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, "No such act"),
    };
}
