using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Mail.Transports;
using ArmTwitch.Tests.Mail.Crash;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Mail;

/// <summary>Steps of the outbox for tests.</summary>
internal static class MailTestSite
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Starts the site for a test that sends no request.</summary>
    public static TestSite Start(this TestSite site)
    {
        site.Visit().Dispose();
        return site;
    }

    /// <summary>So many addresses, each another.</summary>
    public static string[] Readers(int count) => [.. Enumerable.Range(0, count).Select(number => $"reader{number}@example.org")];

    /// <summary>What <c>/health/ready</c> says of a check.</summary>
    public static async Task<(string? Status, string? Reason)> HealthAsync(this HttpClient visitor, string check = "mail")
    {
        using var answer = await visitor.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var told = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("checks").GetProperty(check);
        return (told.GetProperty("status").GetString(), told.GetProperty("reason").GetString());
    }

    public static MailDraft Draft(string cause, string to) =>
        new(cause, to, "Grüße", "Plain words.\n.A line with a dot.", "<p>Plain words.</p>");

    public static async Task<OutgoingMail> QueueAsync(
        this TestSite site, string cause = "confirm", string to = "ada@example.org", int priority = 0, bool mayRepeat = true,
        string? text = null)
    {
        await using var db = site.Database();
        var draft = Draft(cause, to) with { Priority = priority, MayRepeat = mayRepeat };
        var mail = site.Get<Outbox>().Queue(db, text is null ? draft : draft with { Text = text });
        await db.SaveChangesAsync(Cancel);
        return mail;
    }

    /// <returns>The id of a mailing that is held and has no recipients.</returns>
    public static async Task<Guid> MakeMailingAsync(this TestSite site)
    {
        await using var db = site.Database();
        var mailing = site.Get<MailingService>().Add(db, new MailingDraft(
            "What is new",
            $"Leave: {Mailing.UnsubscribePlaceholder} Manage: {Mailing.ManagePlaceholder}",
            $"<a href=\"{Mailing.UnsubscribePlaceholder}\">Leave</a> <a href=\"{Mailing.ManagePlaceholder}\">Manage</a>",
            "ArmTwitch <newsletter.armtwitch.test>")
        { SuppressionScope = "newsletter", UnsubscribeMailbox = "leave@armtwitch.test" });
        await db.SaveChangesAsync(Cancel);
        return mailing.Id;
    }

    /// <returns>The id of a mailing with these recipients.</returns>
    public static async Task<Guid> MailAsync(this TestSite site, IReadOnlyList<string> recipients, bool start = true)
    {
        var (mailings, id) = (site.Get<MailingService>(), await site.MakeMailingAsync());
        await mailings.FreezeAsync(
            id,
            recipients.Select((address, place) => new MailingRecipient(
                address, $"https://armtwitch.test/u?token={place + 1}", "https://armtwitch.test/m?a=1&b=2")).InPages(),
            Cancel);
        if (start)
            Assert.True(await mailings.StartAsync(id, Cancel));
        return id;
    }

    /// <summary>Ends a mailing, and cancels what waits.</summary>
    public static async Task<bool> CancelAsync(this TestSite site, Guid mailing)
    {
        bool isCancelled;
        await using (var write = await site.Get<WriteTransactionFactory>().BeginAsync(Cancel))
        {
            isCancelled = await MailingService.CancelAsync(write.Db, mailing, Cancel);
            await write.CommitAsync(Cancel);
        }

        await site.Get<MailingService>().FinishAsync(Cancel);
        return isCancelled;
    }

    public static async Task<bool> PauseAsync(this TestSite site, Guid mailing, string reason)
    {
        await using var db = site.Database();
        return await MailingService.PauseAsync(db, mailing, reason, Cancel);
    }

    public static async Task<bool> ResumeAsync(this TestSite site, Guid mailing)
    {
        await using var db = site.Database();
        return await site.Get<MailingService>().ResumeAsync(db, mailing, Cancel);
    }

    public static async Task<Mailing> MailingAsync(this TestSite site, Guid id) =>
        (await site.Get<MailingService>().FindAsync(id, Cancel))!;

    public static async Task<MailingCount> CountAsync(this TestSite site, Guid mailing)
    {
        var count = await site.Get<MailingService>().CountAsync(mailing, Cancel);
        Assert.True(count!.AddsUp);
        return count;
    }

    public static (MailingState State, DateTimeOffset? At) Ended(this Mailing mailing) => (mailing.State, mailing.DoneAt);

    public static async Task<OutgoingMail> ReadAsync(this TestSite site, Guid id)
    {
        await using var db = site.Database();
        return await db.Set<OutgoingMail>().AsNoTracking().SingleAsync(mail => mail.Id == id, Cancel);
    }

    /// <summary>Claims the next mail.</summary>
    public static async Task<OutgoingMail?> ClaimAsync(this Outbox outbox) =>
        (await outbox.RecordAndClaimAsync([], [], 1, [], Cancel)).Claimed.SingleOrDefault();

    /// <returns>Whether the mail is on its way now.</returns>
    public static async Task<bool> SubmitAsync(this Outbox outbox, OutgoingMail mail) =>
        (await outbox.RecordAndClaimAsync([], [mail], 0, [], Cancel)).Submitted.Count is 1;

    /// <returns>Whether it changed anything.</returns>
    public static async Task<bool> RecordAsync(this Outbox outbox, OutgoingMail mail, SendVerdict verdict, string words = "answer") =>
        (await outbox.RecordAndClaimAsync(
            [new MailSendResult(mail, new SendResult(verdict, words))], [], 0, [], Cancel)).Late.Count is 0;

    /// <summary>Sets the state of a mail, whatever it was.</summary>
    public static async Task PutAsync(this TestSite site, Guid id, MailState state, int attempts)
    {
        await using var db = site.Database();
        await db.Set<OutgoingMail>().Where(mail => mail.Id == id)
            .ExecuteUpdateAsync(
                set => set.SetProperty(mail => mail.State, state).SetProperty(mail => mail.Attempts, attempts),
                Cancel);
    }

    public static async Task ClearMailsAsync(this TestSite site)
    {
        await using var db = site.Database();
        await db.Set<OutgoingMail>().ExecuteDeleteAsync(Cancel);
    }
}
