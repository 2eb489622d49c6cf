using ArmTwitch.Articles;
using ArmTwitch.Comments;
using ArmTwitch.Comments.Retention;
using ArmTwitch.Data;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Messages;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Pages;

namespace ArmTwitch.Moderation.Deciding;

/// <summary>
/// Mails the author what was decided. The mail quotes nothing that the author typed: somebody who gives another person's address must
/// not be able to send that person a text through this site.
/// </summary>
public sealed class DecisionMailer(Outbox outbox, Site site, ArticleLibrary articles)
{
    private static readonly TimeSpan LinkLife = TimeSpan.FromDays(30);

    /// <summary>Longer than a decision can be undone, even if the clock of the replica that sends the mail is ahead.</summary>
    internal static readonly TimeSpan Delay = DecisionUndoService.Window + CommentChangePoller.ClockSkew;

    /// <param name="number">Counts the decisions on this version from 1.</param>
    internal static string CauseOf(Guid comment, int revision, int number) =>
        $"{CommentErasure.CauseOfMails(comment)}revision {revision}" + (number > 1 ? $" decision {number}" : "");

    /// <summary>Adds the mail, and the token in its links, to what the context saves next.</summary>
    /// <param name="comment">As it was before the decision.</param>
    /// <param name="number">Counts the decisions on this version from 1, so that a second one has a cause of its own.</param>
    /// <param name="effect">Has a reason if the comment was refused.</param>
    /// <returns>The mail; null when the author left no address that a mail can go to.</returns>
    internal OutgoingMail? Add(ArmTwitchDb db, Comment comment, int number, DecisionEffect effect, DateTimeOffset now)
    {
        if (comment.Email is not { } address || !EmailAddress.CanReceive(address))
            return null;

        var token = SecretToken.New();
        var own = site.Absolute($"/comments/{token}");
        var cause = CauseOf(comment.Id, comment.Revision, number);
        var title = articles.Current.FindByAnySlug(comment.Article)?.Title ?? site.Name;
        var (after, reason) = (effect.Status, effect.Reason);
        var fate = reason is null ? "is published" : after is CommentStatus.Removed ? "was taken down" : "was not published";
        var message = new TransactionalMessage(
            $"Your comment on {site.Name} {fate}", reason is null ? "A moderator has read it." : "Why, and what you can do.");
        if (reason is null)
        {
            message.Paragraph($"A moderator has read your comment on \"{title}\" and published "
                + $"it.{(after is CommentStatus.ApprovedRedacted ? " Some words were taken out; a note below it says of what kind." : "")}")
                .Button("See your comment", site.Absolute($"{Article.AddressOf(comment.Article)}/comments/{comment.Id:N}"))
                .Paragraph("You can change it or take it back on your own page. Keep this link to yourself:")
                .Link("Your own page", own);
        }
        else
        {
            message.Paragraph($"A moderator has read your comment on \"{title}\". It {fate}, for this reason:").Paragraph(reason);
            if (after.IsPublished())
                message.Paragraph(
                    "What you wrote before stays published. You can change it again on your own page. Keep this link to yourself:");
            else if (comment.Appeal is null && after is CommentStatus.Rejected)
                message.Paragraph("If you think that is wrong, you can say so once on your own page, and another moderator looks at "
                    + "it where there is one. Keep this link to yourself:");
            else
                message.Paragraph("That is final. Your own page has the text, in case you want to keep it:");
            message.Button("Your own page", own);
        }

        message.Paragraph($"The link works for {LinkLife.Days} days. Your address is deleted {LinkLife.Days} days after the "
            + "decision, and nothing else is sent to it. On your own page you can also switch off mail about this comment.");
        db.Add(
            new CommentToken { Hash = SecretToken.Hash(CommentToken.Purpose, token)!, CommentId = comment.Id, ExpiresAt = now + LinkLife });
        return outbox.Queue(db, message.ToDraft(cause, address, site) with { UnsubscribeAddress = $"{own}/mute", Delay = Delay });
    }
}
