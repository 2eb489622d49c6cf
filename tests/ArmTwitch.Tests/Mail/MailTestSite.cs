using ArmTwitch.Mail;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Mail;

/// <summary>What tests of the outbox do with a site.</summary>
internal static class MailTestSite
{
    public static MailDraft Draft(string cause, string to) => new(cause, to, "Grüße", "Plain words.\n.A line with a dot.", "<p>Plain words.</p>");

    public static async Task<OutgoingMail> QueueAsync(this TestSite site, string cause = "confirm", string to = "ada@example.org", int priority = 0, bool mayRepeat = true, string? text = null)
    {
        await using var db = site.Database();
        var draft = Draft(cause, to) with { Priority = priority, MayRepeat = mayRepeat };
        var mail = site.Get<Outbox>().Queue(db, text is null ? draft : draft with { Text = text });
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return mail;
    }

    public static async Task<OutgoingMail> ReadAsync(this TestSite site, Guid id)
    {
        await using var db = site.Database();
        return await db.Set<OutgoingMail>().AsNoTracking().SingleAsync(mail => mail.Id == id, TestContext.Current.CancellationToken);
    }

    /// <summary>Takes the mail that is next.</summary>
    public static async Task<OutgoingMail?> ClaimAsync(this Outbox outbox) =>
        (await outbox.TurnAsync([], [], 1, [], TestContext.Current.CancellationToken)).Claimed.SingleOrDefault();

    /// <returns>Whether the mail is on its way now.</returns>
    public static async Task<bool> SubmitAsync(this Outbox outbox, OutgoingMail mail) =>
        (await outbox.TurnAsync([], [mail], 0, [], TestContext.Current.CancellationToken)).Submitted.Count is 1;

    /// <returns>Whether it changed anything.</returns>
    public static async Task<bool> RecordAsync(this Outbox outbox, OutgoingMail mail, MailVerdict verdict, string words = "answer") =>
        (await outbox.TurnAsync([new MailResult(mail, new MailAnswer(verdict, words))], [], 0, [], TestContext.Current.CancellationToken)).Late.Count is 0;

    /// <summary>Puts a mail into a state by force.</summary>
    public static async Task PutAsync(this TestSite site, Guid id, MailState state, int attempts)
    {
        await using var db = site.Database();
        await db.Set<OutgoingMail>().Where(mail => mail.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(mail => mail.State, state).SetProperty(mail => mail.Attempts, attempts), TestContext.Current.CancellationToken);
    }

    public static async Task ClearMailsAsync(this TestSite site)
    {
        await using var db = site.Database();
        await db.Set<OutgoingMail>().ExecuteDeleteAsync(TestContext.Current.CancellationToken);
    }
}
