using ArmTwitch.Articles;
using ArmTwitch.Comments;
using ArmTwitch.Comments.Flags;
using ArmTwitch.Data;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderators.Auditing;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderation.Auditing;

/// <summary>What was done with comments. It never holds a text.</summary>
public sealed class DecisionAuditSource(IDbContextFactory<ArmTwitchDb> databases, ArticleLibrary library) : IAuditSource
{
    /// <summary>What was done together may fill many pages, and is one line.</summary>
    private const int Batch = 1000;

    public int Order => 1;

    public ModeratorRole AtLeast => ModeratorRole.Moderator;

    public IReadOnlyList<AuditKind> Kinds => [AuditKind.Comments];

    public async Task<IReadOnlyList<AuditLine>> ListAsync(
        AuditFilter filter, AuditPosition? after, int most, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var acts = await ReadActsAsync(db, filter, after, most, cancellationToken);
        var decisions = acts.SelectMany(act => act).ToList();
        var colleagues = decisions.Select(ColleagueOf).OfType<Guid>().ToHashSet();
        var names = await db.Users.Where(one => colleagues.Contains(one.Id))
            .ToDictionaryAsync(one => one.Id, one => one.DisplayName, cancellationToken);
        var comments = decisions.Select(decision => decision.CommentId).ToHashSet();
        var subjects = (await db.Set<Comment>().AsNoTracking().Where(comment => comments.Contains(comment.Id))
            .Select(comment => new { comment.Id, comment.Author, comment.Article }).ToListAsync(cancellationToken))
            .ToDictionary(one => one.Id, one => new Subject(
                one.Author.Length > 0 ? one.Author : null, library.Current.FindByAnySlug(one.Article)?.Title ?? one.Article.ToString()));
        return [.. acts.Select(act => LineOf(act, names, subjects))];
    }

    /// <returns>Decisions of one moment by one moderator together, every other one alone. The last of them is complete.</returns>
    private async Task<IReadOnlyList<IReadOnlyList<CommentDecision>>> ReadActsAsync(
        ArmTwitchDb db, AuditFilter filter, AuditPosition? after, int most, CancellationToken cancellationToken)
    {
        var acts = new List<List<CommentDecision>>();
        for (var batch = most + 1; acts.Count <= most; batch = Batch)
        {
            var read = await db.Set<CommentDecision>().AsNoTracking().Newest(filter, after, Order, batch).ToListAsync(cancellationToken);
            foreach (var one in read)
            {
                if (acts is [.., var last] && IsTogether(last[^1], one))
                    last.Add(one);
                else
                    acts.Add([one]);
            }

            if (read.Count < batch)
                break;
            after = new(read[^1].At, Order, read[^1].Id);
        }

        return acts.Take(most).ToList();
    }

    private static bool IsTogether(CommentDecision one, CommentDecision other) =>
        one.Kind is DecisionKind.Spam or DecisionKind.Undo && one.ModeratorId is not null
        && (one.Kind, one.At, one.ModeratorId, one.Code) == (other.Kind, other.At, other.ModeratorId, other.Code);

    /// <summary>One line for what was done together.</summary>
    private AuditLine LineOf(IReadOnlyList<CommentDecision> act, Dictionary<Guid, string> names, Dictionary<Guid, Subject> subjects)
    {
        var parts = act.Select(decision => LineOf(decision, names, subjects)).ToList();
        if (parts is [var only])
            return only;
        var undone = act.Count(decision => decision.UndoneAt is not null);
        return parts[^1] with
        {
            What = $"{WhatOf(act[0])} together{(undone is 0 ? "" : undone == act.Count ? ", undone" : $", {undone} undone")}",
            Subject = Plural.Of(parts.Count, "comment"),
            SubjectName = null,
            SubjectPlace = parts.Select(part => part.SubjectPlace).Distinct().ToList() is [var place] ? place : null,
            SubjectAddress = null,
            Detail = parts.Select(part => part.Detail).Distinct().ToList() is [var same] ? same : null,
            Parts = parts,
        };
    }

    /// <returns>To whom a comment was passed on; null for another act.</returns>
    private static Guid? ColleagueOf(CommentDecision decision) =>
        decision.Kind is DecisionKind.Escalate && Guid.TryParse(decision.Code, out var colleague) ? colleague : null;

    private static string WhatOf(CommentDecision decision) =>
        decision.Code is EditorReplyService.AuditCode ? "Answered as editor" : decision.Kind.PastTense();

    /// <summary>Without their versions, which the export has.</summary>
    private static string RulesOf(CommentDecision decision)
    {
        var rules = decision.Flags.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(flag => FlagTitles.Of(flag.Split('@')[0])).Distinct().ToList();
        return rules.Count is 0 ? "" : $"{(rules.Count is 1 ? "rule" : "rules")}: {string.Join(", ", rules)}";
    }

    /// <summary>Whether the state before says already what was taken back.</summary>
    private static bool IsSaid(CommentDecision decision) => decision.Kind is DecisionKind.Undo && decision.Before != decision.After;

    private AuditLine LineOf(CommentDecision decision, Dictionary<Guid, string> names, Dictionary<Guid, Subject> subjects)
    {
        var subject = subjects.GetValueOrDefault(decision.CommentId);
        return new(
            new(decision.At, Order, decision.Id), decision.By, $"{WhatOf(decision)}{(decision.UndoneAt is null ? "" : ", undone")}")
        {
            ModeratorId = decision.ModeratorId,
            Subject = "a comment",
            SubjectName = subject?.Author,
            SubjectPlace = subject is null ? null : $"“{subject.Title}”",
            SubjectAddress = $"/moderation/queue?comment={decision.CommentId}",
            Detail = string.Join("; ", new[]
            {
                decision.Before == decision.After ? "" : $"{decision.Before.Label()}, now {decision.After.Label()}",
                ColleagueOf(decision) is { } colleague ? $"to {names.GetValueOrDefault(colleague, AuditEntry.Former)}"
                    : decision.Code is EditorReplyService.AuditCode || IsSaid(decision) ? "" : decision.ReasonInWords() ?? "",
                RulesOf(decision),
                decision.Revision > 1 ? $"version {decision.Revision}" : "",
            }.Where(part => part.Length > 0)),
        };
    }

    /// <param name="Author">Null once it is erased.</param>
    /// <param name="Title">Of the article.</param>
    private sealed record Subject(string? Author, string Title);
}
