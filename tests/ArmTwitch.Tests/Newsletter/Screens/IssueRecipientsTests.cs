using ArmTwitch.Articles;
using ArmTwitch.Mail;
using ArmTwitch.Moderators.Auditing;
using ArmTwitch.Newsletter.ImportExport;
using ArmTwitch.Newsletter.Recipients;
using ArmTwitch.Newsletter.Screens;
using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ArmTwitch.Tests.Newsletter.Screens;

/// <summary>The recipients of an issue, and what can be done about a copy that did not arrive.</summary>
public sealed class IssueRecipientsTests : IssueScreenTestBase
{
    [Fact]
    public async Task One_address_is_found_among_the_recipients_with_what_became_of_its_copy()
    {
        await site.JoinAsync("Ben.Bo@example.org");
        var page = Open();
        await PressAsync(page, "Send now", "Yes, send it now");
        await MoveAsync();
        await site.Site.SendMailsAsync(Stop);
        await MoveAsync();
        await using (var db = site.Site.Database())
            await db.Set<OutgoingMail>().Where(mail => mail.MailingId != null && mail.To == "ada@example.org").ExecuteUpdateAsync(
                set => set.SetProperty(mail => mail.State, MailState.Dead).SetProperty(mail => mail.Answer, "550 no such user"), Stop);
        site.Site.Clock.Advance(TimeSpan.FromSeconds(1));
        page.WaitForElement("#find-recipient", TimeSpan.FromSeconds(10));

        Assert.Equal(["Ben.Bo@example.org|Delivered, 30 Nov 2026, 12:22 UTC"], await FindAsync("ben.bo@"));
        Assert.Equal(["ada@example.org|Refused. What to do stands below, under Refused.|550 no such user"], await FindAsync(" ADA@example.org "));
        Assert.Empty(await FindAsync("100%"));
        Assert.Equal(
            "No copy went to “100%”. Addresses are deleted thirty days after an issue was sent.",
            page.Find("form[role=search] ~ [role=status]").TextContent);

        async Task<IReadOnlyList<string>> FindAsync(string words)
        {
            await page.Find("#find-recipient").InputAsync(new() { Value = words });
            await page.Find("section[aria-labelledby=problems] form[role=search]").SubmitAsync();
            return [.. page.FindAll("[aria-label='Found recipients'] tbody tr").Select(
                row => string.Join('|', row.Children.Select(cell => cell.TextContent).Take(row.TextContent.Contains("550", StringComparison.Ordinal) ? 3 : 2)))];
        }
    }

    [Fact]
    public async Task Unknown_copies_of_which_the_server_said_the_same_are_settled_together()
    {
        await site.JoinAsync("ben@example.org");
        var page = Open();
        await PressAsync(page, "Send now", "Yes, send it now");
        await MoveAsync();
        await PutAsync(MailState.InDoubt, "connection lost");
        await site.Site.SendMailsAsync(Stop);
        await MoveAsync();
        Says(page, "Sent to 0 people by 30 Nov 2026, 12:22 UTC; 2 unknown.");

        await PressAsync(page, "All of these arrived…");
        var question = page.Find(".confirm h3").TextContent;
        await PressAsync(page, "Yes, they arrived");
        await MoveAsync();

        Assert.Equal("Note 2 copies as arrived?", question);
        Says(page, "Sent to 2 people, the last copy on 30 Nov 2026, 12:22 UTC.");
        Assert.Contains("2 delivered", page.Find("#progress").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copies_that_wait_are_listed_with_what_the_server_said_and_when_they_are_tried()
    {
        await site.JoinAsync("ben@example.org");
        var page = Open();
        await PressAsync(page, "Send now", "Yes, send it now");
        await MoveAsync();
        var due = site.Site.Clock.GetUtcNow() + TimeSpan.FromMinutes(90);
        await using (var db = site.Site.Database())
            await db.Set<OutgoingMail>().Where(mail => mail.MailingId != null && mail.To == "ada@example.org").ExecuteUpdateAsync(
                set => set.SetProperty(mail => mail.Attempts, 2).SetProperty(mail => mail.DueAt, due).SetProperty(mail => mail.Answer, "451 greylisted"),
                Stop);
        site.Site.Clock.Advance(TimeSpan.FromSeconds(1));

        await PressAsync(page, "Waiting: 2");

        page.WaitForAssertion(() => Assert.Equal(
            ["ada@example.org|again 30 Nov 2026, 13:52 UTC, after 2 tries|451 greylisted", "ben@example.org|in its turn|Nothing yet"],
            page.FindAll(".recipients tbody tr").Select(row => string.Join('|', row.Children.Select(cell => cell.TextContent))).Order()));
        await PressAsync(page, "Pause");
        page.WaitForAssertion(() => Assert.All(
            page.FindAll(".recipients tbody td[data-label=Tried]"), cell => Assert.Equal("once the issue is resumed", cell.TextContent)));
    }

    [Fact]
    public async Task A_copy_of_another_mailing_is_not_settled()
    {
        var page = Open();
        await PressAsync(page, "Send now", "Yes, send it now");
        await MoveAsync();
        await PutAsync(MailState.InDoubt, "connection lost");
        var copy = (await site.AllAsync<OutgoingMail>()).Single(mail => mail.State is MailState.InDoubt);

        Assert.False(await site.Site.Get<IssueRecipientService>().SettleAsync(Guid.NewGuid(), copy.Id, MailState.Sent, "Grace", Stop));

        Assert.Equal(MailState.InDoubt, (await site.AllAsync<OutgoingMail>()).Single(mail => mail.Id == copy.Id).State);
    }

    [Fact]
    public async Task Settling_copies_is_said_in_their_list_keeps_the_focus_there_and_stands_in_the_audit()
    {
        await site.JoinAsync("ben@example.org");
        await site.JoinAsync("cleo@example.org");
        var page = Open();
        await PressAsync(page, "Send now", "Yes, send it now");
        await MoveAsync();
        await PutAsync(MailState.InDoubt, "connection lost");
        await site.Site.SendMailsAsync(Stop);
        await MoveAsync();
        site.Site.Clock.Advance(TimeSpan.FromSeconds(1));
        var (all, before) = (Seen(page, 3), Focused());

        await PressAsync(page, "It arrived");

        var left = Seen(page, 2);
        page.WaitForAssertion(() => Assert.Equal(all.Skip(1), left));
        page.WaitForAssertion(() => Assert.Equal(before + 1, Focused()));
        Assert.Equal($"{all[0]} is noted as arrived.", page.Find("section[aria-labelledby=problems] > [role=status]").TextContent);
        await PressAsync(page, "Send all of these again…", "Yes, send them again");
        page.WaitForAssertion(() => Assert.Equal(
            ["sent 2 copies again.", "noted 1 copy as arrived.", "sent it."],
            page.FindAll(".steps li").Select(step =>
                step.TextContent[(step.TextContent.IndexOf("Grace", StringComparison.Ordinal) + 6)..].Trim())));
        Assert.Equal(
            ["Sent copies of an issue again: 2 copies", "Noted copies of an issue as arrived: 1 copy", "Sent an issue: "],
            (await site.Site.Get<IEnumerable<IAuditSource>>().OfType<IssueAuditSource>().Single()
                .ListAsync(new AuditFilter(), null, 10, Stop)).Select(line => $"{line.What}: {line.Detail}"));

        int Focused() => bunit.JSInterop.Invocations.Count(call => call.Identifier.EndsWith(".focus", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refused_copies_can_be_seen_by_reason_and_lead_to_their_subscribers()
    {
        var ben = await site.JoinAsync("ben@example.org");
        var page = Open();
        await PressAsync(page, "Send now", "Yes, send it now");
        await MoveAsync();
        await PutAsync(MailState.Dead, "550 5.1.1 no such person");
        await using (var db = site.Site.Database())
        {
            await db.Set<OutgoingMail>().Where(mail => mail.To == "ben@example.org")
                .ExecuteUpdateAsync(set => set.SetProperty(mail => mail.Status, "5.2.2"), Stop);
        }

        site.Site.Clock.Advance(TimeSpan.FromSeconds(1));
        page.WaitForElement("[aria-label='For which reason']");

        var reasons = page.FindAll("[aria-label='For which reason'] button")
            .Select(one => string.Join(' ', one.TextContent.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        await page.FindAll("[aria-label='For which reason'] button")
            .Single(one => one.TextContent.Contains("5.2.2", StringComparison.Ordinal)).ClickAsync(new());

        Assert.Equal(["ben@example.org"], Seen(page, 1));
        Assert.Equal($"/moderation/subscribers/{ben.Id}", page.Find(".cards tbody th a").GetAttribute("href"));
        Assert.Equal(["All 2", "No such mailbox 5.1.1 1", "Mailbox full 5.2.2 1"], reasons);
    }

    [Fact]
    public async Task Failed_mails_are_shown_fifty_at_a_time_with_the_answer_and_what_to_do()
    {
        var rows = string.Concat(
            Enumerable.Range(1, 119).Select(number => $"reader{number}@example.org,2025-05-01T10:00:00Z,a-list,2025-01\n"));
        await site.Site.Get<SubscriberImportExport>()
            .ImportAsync(new StringReader("email,consent_at,source,wording\n" + rows), apply: true, Stop);
        var page = Open();
        await PressAsync(page, "Send now", "Yes, send it now");
        await MoveAsync();
        await PutAsync(MailState.Dead, "550 5.1.1 no such person");
        await site.Site.SendMailsAsync(Stop);
        await MoveAsync();
        Says(page, "Sent to 0 people by 30 Nov 2026, 12:11 UTC; 120 refused.");

        var (first, second, third) = (Seen(page, 50), await TurnAsync(page, "Next 50", 50), await TurnAsync(page, "Next 50", 20));
        await PressAsync(page, "Earlier 50");

        Assert.Equal(120, first.Concat(second).Concat(third).Distinct().Count());
        Assert.Equal(second, Seen(page, 50));
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent is "It arrived");
        Assert.Contains("550 5.1.1 no such person", page.Find(".cards tbody td").TextContent, StringComparison.Ordinal);
        Assert.Contains("This mailbox does not exist; nothing to do", page.Find(".cards tbody tr td:last-child").TextContent, StringComparison.Ordinal);
    }
}
