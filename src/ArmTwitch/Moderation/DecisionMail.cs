using ArmTwitch.Articles;
using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Pages;

namespace ArmTwitch.Moderation;

/// <summary>
/// Tells a writer what was decided. It quotes nothing that a visitor typed: whoever gives another person's address must not be able
/// to make us write to that person.
/// </summary>
public sealed class DecisionMail(Outbox outbox, Site site, ArticleLibrary articles)
{
    private static readonly TimeSpan LinkLife = TimeSpan.FromDays(30);

    /// <summary>Longer than the decision can be undone, also by the clock of a replica that is ahead.</summary>
    internal static readonly TimeSpan Delay = Decisions.UndoWindow + DecisionFollower.ClockSkew;

    /// <param name="number">Counts the decisions on this version from 1.</param>
    internal static string CauseOf(Guid comment, int revision, int number) =>
        $"{CommentErasure.CauseOfMails(comment)}revision {revision}" + (number > 1 ? $" decision {number}" : "");

    /// <summary>Adds the mail, and the token in its links, to what the context saves next.</summary>
    /// <param name="comment">As it was before the decision.</param>
    /// <param name="number">Counts the decisions on this version from 1, so that a second one is a cause of its own.</param>
    /// <param name="reason">Why it was refused, in plain words; null when it was approved.</param>
    /// <returns>The mail; null when the writer left no address that a mail can go to.</returns>
    internal OutgoingMail? Add(ArmTwitchDb db, Comment comment, int number, CommentStatus after, string? reason, DateTimeOffset now)
    {
        if (comment.Email is not { } address || !MailDraft.IsAddress(address))
            return null;

        var token = Token.New();
        var own = site.Absolute($"/comments/{token}");
        var cause = CauseOf(comment.Id, comment.Revision, number);
        var title = articles.Now.Find(comment.Article)?.Title ?? site.Name;
        var fate = reason is null ? "is published" : after is CommentStatus.Removed ? "was taken down" : "was not published";
        var letter = new Note($"Your comment on {site.Name} {fate}", reason is null ? "A moderator has read it." : "Why, and what you can do.");
        if (reason is null)
        {
            letter.Say($"A moderator has read your comment on \"{title}\" and published it.{(after is CommentStatus.ApprovedRedacted ? " Some words were taken out; a note below it says of what kind." : "")}")
                .Lead("See your comment", site.Absolute(CommentAddress.Of(comment)))
                .Say("You can change it or take it back on your own page. Keep this link to yourself:")
                .Point("Your own page", own);
        }
        else
        {
            letter.Say($"A moderator has read your comment on \"{title}\". It {fate}, for this reason:").Say(reason);
            if (after.IsPublished())
                letter.Say("What you wrote before stays published. You can change it again on your own page. Keep this link to yourself:");
            else if (comment.Appeal is null && after is CommentStatus.Rejected)
                letter.Say("If you think that is wrong, you can say so once on your own page, and another moderator looks at it where there is one. Keep this link to yourself:");
            else
                letter.Say("That is final. Your own page has the text, in case you want to keep it:");
            letter.Lead("Your own page", own);
        }

        letter.Say($"The link works for {LinkLife.Days} days. Your address is deleted {LinkLife.Days} days after the decision, and nothing else is sent to it. On your own page you can also switch off mail about this comment.");
        db.Add(new CommentToken { Hash = Token.Hash(CommentToken.Purpose, token)!, CommentId = comment.Id, ExpiresAt = now + LinkLife });
        return outbox.Queue(db, letter.Draft(cause, address, site) with { UnsubscribeAddress = $"{own}/mute", DueAt = now + Delay });
    }
}

/// <summary>Where a comment is found by readers.</summary>
internal static class CommentAddress
{
    public static string Of(Comment comment) => $"{Article.AddressOf(comment.Article)}/comments/{comment.Id:N}";
}
