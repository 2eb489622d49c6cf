using System.Text.Json;
using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Data.Files;
using ArmTwitch.Moderation.Deciding;
using Microsoft.EntityFrameworkCore;
using static ArmTwitch.ExitCode;

namespace ArmTwitch.Moderation;

/// <summary>
/// What the command line does with comments. Each method returns the exit code: 0 done, 1 found faults, 2 wrong usage.
/// </summary>
public static class CommentAdministration
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Lists comments, oldest first.</summary>
    /// <param name="status">A status in kebab-case, such as <c>approved-redacted</c>; null for all.</param>
    public static async Task<int> ListAsync(
        IServiceProvider services, string? status, bool json, TextWriter output, CancellationToken cancellationToken = default)
    {
        var wanted = KebabCase.Find<CommentStatus>(status);
        if (status is not null && wanted is null)
        {
            await output.WriteLineAsync(
                $"There is no status \"{status}\". It must be one of: {string.Join(", ", KebabCase.All<CommentStatus>())}.");
            return WrongUsage;
        }

        await using var db = await services.GetRequiredService<IDbContextFactory<ArmTwitchDb>>().CreateDbContextAsync(cancellationToken);
        var comments = db.Set<Comment>().AsNoTracking();
        if (wanted is not null)
            comments = comments.Where(comment => comment.Status == wanted);
        var hidden = DecisionHistory.WithHiddenOriginal(db);
        var rows = await comments.OrderBy(comment => comment.WrittenAt).ThenBy(comment => comment.Id)
            .Select(comment => new
            {
                comment.Id,
                comment.Article,
                comment.ParentId,
                comment.Author,
                comment.Status,
                comment.Revision,
                comment.IsWaiting,
                comment.Level,
                comment.WrittenAt,
                Text = hidden.Any(one => one.Id == comment.Id) ? comment.ShownText! : comment.Text,
            })
            .ToListAsync(cancellationToken);
        if (json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(
                rows.Select(row => new
                {
                    row.Id,
                    Article = row.Article.ToString(),
                    row.ParentId,
                    row.Author,
                    Status = KebabCase.Of(row.Status),
                    row.Revision,
                    row.IsWaiting,
                    Level = row.Level.ToString(),
                    row.WrittenAt,
                    row.Text
                }), Json));
            return Done;
        }

        foreach (var row in rows)
        {
            var what = $"{row.WrittenAt.UtcDateTime:yyyy-MM-dd HH:mm}  {KebabCase.Of(row.Status),-17}";
            await output.WriteLineAsync($"{row.Id}  {what}  {row.Article}  {OneLine(row.Author)}: {OneLine(row.Text)}");
        }

        await output.WriteLineAsync($"{rows.Count} comments.");
        return Done;
    }

    /// <summary>Approves every pending comment, except those that a moderator has to look at before they are published.</summary>
    public static async Task<int> ApproveAllPendingAsync(
        IServiceProvider services, TextWriter output, CancellationToken cancellationToken = default)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<ArmTwitchDb>>().CreateDbContextAsync(cancellationToken);
        var pending = await db.Set<Comment>().Waiting().Where(comment => comment.Status == CommentStatus.Pending)
            .OrderBy(comment => comment.WaitingSince)
            .Select(comment => new { comment.Id, comment.Revision }).ToListAsync(cancellationToken);
        var decisions = services.GetRequiredService<DecisionService>();
        var (approved, heldBack) = (0, 0);
        foreach (var one in pending)
        {
            var result = await decisions.DecideAsync(one.Id, one.Revision, Decision.Approve, Decider.CommandLine, cancellationToken);
            if (result.Outcome is DecisionOutcome.Done)
                approved++;
            if (result.Risk is not { } risk)
                continue;
            heldBack++;
            await output.WriteLineAsync($"{one.Id}  left for a moderator: {risk.Although}.");
        }

        var changed = pending.Count - approved - heldBack;
        var rest = $"{(heldBack > 0 ? $", {heldBack} left for a moderator" : "")}{(changed > 0 ? $", {changed} changed meanwhile" : "")}";
        await output.WriteLineAsync($"{approved} approved{rest}.");
        return approved == pending.Count ? Done : FoundFaults;
    }

    /// <summary>
    /// Writes every comment, with the decisions on it, to a new JSON file. E-mail addresses and hidden originals are left out.
    /// </summary>
    public static async Task<int> ExportAsync(
        IServiceProvider services, string file, TextWriter output, CancellationToken cancellationToken = default)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<ArmTwitchDb>>().CreateDbContextAsync(cancellationToken);
        var decisions = (await db.Set<CommentDecision>().AsNoTracking().OrderBy(decision => decision.Id).ToListAsync(cancellationToken))
            .ToLookup(decision => decision.CommentId);
        var comments = await db.Set<Comment>().AsNoTracking().OrderBy(comment => comment.WrittenAt)
            .ThenBy(comment => comment.Id).ToListAsync(cancellationToken);
        try
        {
            await NewFile.WriteAsync(file, stream => JsonSerializer.SerializeAsync(
                stream, comments.Select(comment => ExportRow(comment, [.. decisions[comment.Id]])), Json, cancellationToken));
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            await output.WriteLineAsync(FileFailure.Describe(failed) ?? $"It cannot be written to {file}: {failed.Message}");
            return FoundFaults;
        }

        await output.WriteLineAsync($"{comments.Count} comments written to {file}.");
        return Done;
    }

    private static object ExportRow(Comment comment, IReadOnlyList<CommentDecision> decisions) => new
    {
        comment.Id,
        Article = comment.Article.ToString(),
        comment.ParentId,
        comment.Author,
        Status = KebabCase.Of(comment.Status),
        comment.Revision,
        Text = new DecisionHistory(comment, decisions).DisplayText,
        comment.ShownText,
        comment.Removed,
        comment.IsWaiting,
        comment.WrittenAt,
        comment.ShownAt,
        comment.DecidedAt,
        comment.Reason,
        comment.Appeal,
        comment.Badge,
        Decisions = decisions.Select(one => new
        {
            Kind = one.Kind.ToString(),
            one.Revision,
            one.By,
            one.Code,
            Before = KebabCase.Of(one.Before),
            After = KebabCase.Of(one.After),
            one.At,
            one.Flags,
            one.UndoneAt,
        }),
    };

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
