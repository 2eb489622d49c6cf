using System.Globalization;
using ArmTwitch.Comments;
using ArmTwitch.Comments.Flags;
using ArmTwitch.Data;
using ArmTwitch.Data.Clocks;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Messages;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Moderation.QueueQueries;
using ArmTwitch.Pages;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderation.Digests;

/// <summary>
/// Mails moderators who want it, at most once an hour, which comments have begun to wait since the last mail: references, flags and
/// links, never the texts.
/// </summary>
public sealed class ModeratorDigest(
    IDbContextFactory<ArmTwitchDb> databases, WriteTransactionFactory writing, Outbox outbox, Site site, ClockComparison clocks)
{
    private const string CausePrefix = "digest ";

    private const int MaxListed = 50;

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <returns>How many mails were queued.</returns>
    public async Task<int> SendAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var moderators = await db.Users.AsNoTracking()
            .Where(moderator => moderator.WantsDigest && moderator.Email != null).ToListAsync(cancellationToken);
        var queued = 0;
        foreach (var moderator in moderators.Where(moderator => EmailAddress.CanReceive(moderator.Email!)))
            queued += await SendAsync(db, moderator.Email!, cancellationToken);
        return queued;
    }

    private async Task<int> SendAsync(ArmTwitchDb db, string address, CancellationToken cancellationToken)
    {
        var now = clocks.SharedNow;
        var last = await db.Set<OutgoingMail>().Where(mail => mail.To == address && mail.Cause.StartsWith(CausePrefix))
            .OrderByDescending(mail => mail.QueuedAt).Select(mail => (DateTimeOffset?)mail.QueuedAt)
            .FirstOrDefaultAsync(cancellationToken) ?? DateTimeOffset.UnixEpoch;
        if (now - last < Interval)
            return 0;
        // Mails go by the database's clock, comments by that of the program.
        var since = clocks.OwnTimeOf(last);
        var fresh = db.Set<Comment>().AsNoTracking().Waiting().Where(comment => comment.WaitingSince >= since);
        var count = await fresh.CountAsync(cancellationToken);
        if (count is 0)
            return 0;

        var message = new TransactionalMessage($"{site.Name}: {count} waiting", "Which comments have begun to wait, and what spoke up.")
            .Paragraph(count is 1 ? "A comment waits for a moderator." : $"{count} comments wait for a moderator.")
            .Button("Open the queue", site.Absolute("/moderation/queue"));
        await AddCommentsAsync(message, db, fresh, cancellationToken);
        if (count > MaxListed)
            message.Paragraph($"And {count - MaxListed} more.");
        message.Paragraph("You get this at most once an hour because your account asks for it. You can switch it off there:")
            .Link("Your account", site.Absolute("/moderation/account"));
        var cause = string.Create(CultureInfo.InvariantCulture, $"{CausePrefix}{now.UtcDateTime:yyyy-MM-dd HH}");
        outbox.Queue(db, message.ToDraft(cause, address, site));
        return await TrySaveAsync(db, cancellationToken);
    }

    private async Task AddCommentsAsync(
        TransactionalMessage message, ArmTwitchDb db, IQueryable<Comment> comments, CancellationToken cancellationToken)
    {
        var listed = await QueueOrder.Sort(comments).Take(MaxListed)
            .Select(comment => new { comment.Id, comment.Level, comment.Revision })
            .ToListAsync(cancellationToken);
        var ids = listed.ConvertAll(one => one.Id);
        var rules = (await db.Set<CommentFlag>().AsNoTracking().Where(flag => ids.Contains(flag.CommentId))
            .Select(flag => new { flag.CommentId, flag.Revision, flag.Rule })
            .ToListAsync(cancellationToken)).ToLookup(flag => (flag.CommentId, flag.Revision), flag => flag.Rule);
        foreach (var one in listed)
        {
            var found = string.Join(", ", rules[(one.Id, one.Revision)].Select(FlagTitles.Of).Distinct().Order(StringComparer.Ordinal));
            message.Link(
                $"{Reference(one.Id)}{LevelWord(one.Level)}: {(found.Length > 0 ? found : "no flag")}",
                site.Absolute($"/moderation/queue?comment={one.Id}"));
        }
    }

    /// <summary>A short name of a comment for moderators: the random end of its id, which begins with the time.</summary>
    internal static string Reference(Guid id) => $"#{id.ToString("N")[^6..]}";

    private static string LevelWord(FlagLevel level) => level switch
    {
        FlagLevel.Crisis => ", CRISIS",
        FlagLevel.RedFlag => ", red flag",
        _ => "",
    };

    /// <returns>0 when another replica has just queued it.</returns>
    private async Task<int> TrySaveAsync(ArmTwitchDb db, CancellationToken cancellationToken)
    {
        await using var write = await writing.BeginAsync(db, cancellationToken);
        try
        {
            await write.CommitAsync(cancellationToken);
            return 1;
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            return 0;
        }
    }
}
