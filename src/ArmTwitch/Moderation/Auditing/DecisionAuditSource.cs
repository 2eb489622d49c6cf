using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderators.Auditing;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderation.Auditing;

/// <summary>What was done with comments. It never holds a text.</summary>
public sealed class DecisionAuditSource(IDbContextFactory<ArmTwitchDb> databases) : IAuditSource
{
    public int Order => 1;

    public ModeratorRole AtLeast => ModeratorRole.Moderator;

    public IReadOnlyList<AuditKind> Kinds => [AuditKind.Comments];

    public async Task<IReadOnlyList<AuditLine>> ListAsync(
        AuditFilter filter, AuditPosition? after, int most, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var decisions = await db.Set<CommentDecision>().AsNoTracking().Newest(filter, after, Order, most).ToListAsync(cancellationToken);
        var colleagues = decisions.Select(ColleagueOf).OfType<Guid>().ToHashSet();
        var names = await db.Users.Where(one => colleagues.Contains(one.Id))
            .ToDictionaryAsync(one => one.Id, one => one.DisplayName, cancellationToken);
        return [.. decisions.Select(decision => LineOf(decision, names))];
    }

    /// <returns>To whom a comment was passed on; null for another act.</returns>
    private static Guid? ColleagueOf(CommentDecision decision) =>
        decision.Kind is DecisionKind.Escalate && Guid.TryParse(decision.Code, out var colleague) ? colleague : null;

    private AuditLine LineOf(CommentDecision decision, IReadOnlyDictionary<Guid, string> names) => new(
        new(decision.At, Order, decision.Id), decision.By,
        $"{decision.Kind.PastTense()}{(decision.UndoneAt is null ? "" : ", undone")}")
    {
        ModeratorId = decision.ModeratorId,
        Subject = decision.Revision > 1 ? $"a comment, version {decision.Revision}" : "a comment",
        SubjectAddress = $"/moderation/queue?comment={decision.CommentId}",
        Detail = string.Join("; ", new[]
        {
            decision.Before == decision.After ? "" : $"{KebabCase.Of(decision.Before)} → {KebabCase.Of(decision.After)}",
            ColleagueOf(decision) is { } colleague ? $"to {names.GetValueOrDefault(colleague, AuditEntry.Former)}"
                : Enum.TryParse<RefusalReason>(decision.Code, out var reason) ? reason.Label()
                : decision.Code ?? "",
            decision.Flags.Length > 0 ? $"rules: {decision.Flags}" : "",
        }.Where(part => part.Length > 0)),
    };
}
