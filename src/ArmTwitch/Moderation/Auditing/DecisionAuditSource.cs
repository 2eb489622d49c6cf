using ArmTwitch.Articles;
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
        var comments = decisions.Select(decision => decision.CommentId).ToHashSet();
        var articles = await db.Set<Comment>().AsNoTracking().Where(comment => comments.Contains(comment.Id))
            .Select(comment => new { comment.Id, comment.Article }).ToDictionaryAsync(one => one.Id, one => one.Article, cancellationToken);
        return [.. decisions.Select(decision => LineOf(decision, names, articles))];
    }

    /// <returns>To whom a comment was passed on; null for another act.</returns>
    private static Guid? ColleagueOf(CommentDecision decision) =>
        decision.Kind is DecisionKind.Escalate && Guid.TryParse(decision.Code, out var colleague) ? colleague : null;

    private static string WhatOf(CommentDecision decision) =>
        decision.Code is EditorReplyService.AuditCode ? "Answered as editor" : decision.Kind.PastTense();

    private static string StateOf(CommentStatus status) =>
        status is CommentStatus.Pending ? "waiting" : KebabCase.Of(status).Replace('-', ' ');

    /// <summary>Without their versions, which the export has.</summary>
    private static string RulesOf(CommentDecision decision)
    {
        var rules = decision.Flags.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(flag => flag.Split('@')[0].Replace('-', ' ')).Distinct().ToList();
        return rules.Count is 0 ? "" : $"{(rules.Count is 1 ? "rule" : "rules")}: {string.Join(", ", rules)}";
    }

    private AuditLine LineOf(
        CommentDecision decision, IReadOnlyDictionary<Guid, string> names, Dictionary<Guid, Slug> articles) => new(
        new(decision.At, Order, decision.Id), decision.By,
        $"{WhatOf(decision)}{(decision.UndoneAt is null ? "" : ", undone")}")
        {
            ModeratorId = decision.ModeratorId,
            Subject = "a comment" + (articles.TryGetValue(decision.CommentId, out var article) ? $" on {article}" : "")
            + (decision.Revision > 1 ? $", version {decision.Revision}" : ""),
            SubjectAddress = $"/moderation/queue?comment={decision.CommentId}",
            Detail = string.Join("; ", new[]
        {
            decision.Before == decision.After ? "" : $"{StateOf(decision.Before)}, now {StateOf(decision.After)}",
            ColleagueOf(decision) is { } colleague ? $"to {names.GetValueOrDefault(colleague, AuditEntry.Former)}"
                : decision.Code is EditorReplyService.AuditCode ? "" : decision.ReasonInWords() ?? "",
            RulesOf(decision),
        }.Where(part => part.Length > 0)),
        };
}
