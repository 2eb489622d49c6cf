using ArmTwitch.Articles;
using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Messages;
using ArmTwitch.Moderation.Deciding;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Moderation.Deciding;

public abstract class DecisionMailerTests(DatabaseKind database) : ModerationTestBase(database)
{
    [Fact]
    public async Task The_mail_of_an_approval_leads_to_the_comment_and_quotes_nothing()
    {
        var comment = await Site.WriteAsync("<b>Secret</b> words", email: "reader@example.org");

        await DecideAsync(comment, Decision.Approve);

        var mail = Assert.Single(await Site.MailsAsync());
        Assert.Equal(
            ("reader@example.org", "Your comment on ArmTwitch is published", MailState.Queued), (mail.To, mail.Subject, mail.State));
        Assert.Equal(Site.Get<MimeMessageFactory>().IdFor(mail.Id), mail.MessageId);
        Assert.Equal(Site.Clock.GetUtcNow() + DecisionMailer.Delay, mail.DueAt);
        Assert.EndsWith("@armtwitch.test", mail.MessageId, StringComparison.Ordinal);
        Assert.All(new[] { mail.Text, mail.Html }, body =>
        {
            Assert.Contains(
                $"https://armtwitch.test/articles/arm-muscle-twitching/comments/{comment.Id:N}", body, StringComparison.Ordinal);
            Assert.DoesNotContain("Secret", body, StringComparison.Ordinal);
            Assert.DoesNotContain("Ada", body, StringComparison.Ordinal);
        });
        Assert.Matches("^https://armtwitch.test/comments/[A-Za-z0-9_-]{43}/mute$", mail.UnsubscribeAddress);
        await using var db = await Site.OpenAsync();
        var token = await db.Set<CommentToken>().SingleAsync(Cancel);
        Assert.Equal(SecretToken.Hash(CommentToken.Purpose, mail.UnsubscribeAddress!.Split('/')[^2]), token.Hash);
        Assert.Equal(comment.Id, token.CommentId);
    }

    [Fact]
    public async Task The_mail_of_a_refusal_tells_the_reason_and_how_to_object()
    {
        var comment = await Site.WriteAsync(email: "reader@example.org");

        await DecideAsync(comment, Decision.Reject(RefusalReason.MedicalAdvice));

        var mail = Assert.Single(await Site.MailsAsync());
        Assert.Contains(RefusalReason.MedicalAdvice.ForAuthor(), mail.Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("you can say so once", mail.Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Spam_and_authors_without_an_address_get_no_mail(bool isSpam)
    {
        var comment = await Site.WriteAsync(email: isSpam ? "seller@example.org" : null);

        await DecideAsync(comment, isSpam ? Decision.Spam : Decision.Approve);

        Assert.Empty(await Site.MailsAsync());
    }
}

public sealed class DecisionMailerTestsOnSqlite() : DecisionMailerTests(DatabaseKind.Sqlite);

public sealed class DecisionMailerTestsOnPostgres() : DecisionMailerTests(DatabaseKind.Postgres);
