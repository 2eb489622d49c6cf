using ArmTwitch.Articles;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Sending;
using ArmTwitch.Moderators.Auditing;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.ImportExport;
using ArmTwitch.Newsletter.Issues;
using ArmTwitch.Newsletter.Recipients;
using ArmTwitch.Newsletter.Screens;
using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ArmTwitch.Tests.Newsletter.Screens;

/// <summary>What the page says of an issue, from the draft to the last copy.</summary>
public sealed class IssueScreenTests : IssueScreenTestBase
{
    [Fact]
    public void The_list_leads_to_each_issue_and_says_how_many_would_get_it()
    {
        var page = bunit.Render<IssueListScreen>();

        page.WaitForAssertion(() => Assert.NotNull(page.Find("a[href='/moderation/newsletter/first-issue']")));
        Assert.Contains("1 person would get an issue today", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_says_of_each_issue_what_became_of_its_copies()
    {
        await site.JoinAsync("ben@example.org");
        var issue = Open();
        await PressAsync(issue, "Send now", "Yes, send it now");
        await MoveAsync();
        Assert.Equal("0 delivered, 2 waiting", Copies());
        await site.Site.SendMailsAsync(Stop);
        await MoveAsync();
        Assert.Equal("2 delivered", Copies());

        await using (var db = site.Site.Database())
            await db.Set<OutgoingMail>().Where(mail => mail.MailingId != null && mail.To == "ben@example.org")
                .ExecuteUpdateAsync(set => set.SetProperty(mail => mail.State, MailState.InDoubt), Stop);

        Assert.Equal("1 delivered, 1 unknown", Copies());

        await using (var db = site.Site.Database())
            await db.Set<Mailing>().ExecuteUpdateAsync(set => set.SetProperty(mailing => mailing.Audience, 0), Stop);

        Assert.Equal("0 delivered, 1 unknown: more than its audience", Copies());

        string Copies()
        {
            var list = bunit.Render<IssueListScreen>();
            list.WaitForElement("td[data-label=Copies]");
            return list.Find("td[data-label=Copies]").TextContent;
        }
    }

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
    public async Task The_status_is_true_from_the_schedule_to_the_last_copy()
    {
        var page = Open();
        Says(page, "A draft. Nothing is sent until you say so.");

        page.Find("#when").Change("2026-11-30T13:00:00");
        await PressAsync(page, "Schedule", "Yes, schedule it");
        Says(page, "It goes out on 30 Nov 2026, 13:00 UTC.");
        await PressAsync(page, "Send now", "Yes, send it now");
        Says(page, "It begins within seconds. This page follows.");
        await MoveAsync();
        Says(page, "It is being sent. This page follows.");
        site.Site.Get<MailCircuitBreaker>().Trip("The mail server does not answer.");
        await MoveAsync();
        Says(page, "It is being sent, but mails wait. The mail server does not answer. It goes on by itself.");
        site.Site.Get<MailCircuitBreaker>().Reset();
        await MoveAsync();
        await PressAsync(page, "Pause");
        Says(page, "Paused. An editor paused it.");
        await PressAsync(page, "Resume");
        Says(page, "It is being sent. This page follows.");
        await site.Site.SendMailsAsync(Stop);
        await MoveAsync();
        Says(page, "Sent to 1 person, the last copy on 30 Nov 2026, 12:11 UTC.");
        Assert.Equal(
            ["Grace resumed it.", "Grace paused it.", "Grace sent it.", "Grace scheduled it for 30 Nov 2026, 13:00 UTC."],
            page.FindAll(".steps li")
                .Select(step => step.TextContent[step.TextContent.IndexOf("Grace", StringComparison.Ordinal)..].Trim()));
    }

    [Fact]
    public async Task A_draft_that_somebody_else_sends_is_no_draft_here_either()
    {
        var page = Open();

        await site.Site.Get<IssueService>().ScheduleAsync(Slug.Parse("first-issue"), IssueAuditEntry.CommandLine, cancellationToken: Stop);

        Says(page, "It begins within seconds. This page follows.");
    }

    [Fact]
    public async Task The_status_of_a_cancelled_issue_says_that_nobody_got_it()
    {
        var page = Open();
        await PressAsync(page, "Send now", "Yes, send it now");
        await MoveAsync();

        await PressAsync(page, "Cancel this issue…", "Yes, cancel it");

        Says(page, "Cancelled. Nobody got it.");
    }

    [Fact]
    public async Task The_status_tells_what_is_refused_or_unknown()
    {
        var page = Open();
        await PressAsync(page, "Send now", "Yes, send it now");
        await MoveAsync();
        await PutAsync(MailState.InDoubt, "connection lost");
        await site.Site.SendMailsAsync(Stop);
        await MoveAsync();

        Says(page, "Sent to 0 people by 30 Nov 2026, 12:11 UTC; 1 unknown.");
        await PressAsync(page, "It arrived");
        await MoveAsync();
        Says(page, "Sent to 1 person, the last copy on 30 Nov 2026, 12:11 UTC.");
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
    public async Task While_an_issue_is_prepared_no_number_is_shown_that_is_not_fixed_yet()
    {
        var page = Open();
        await PressAsync(page, "Send now", "Yes, send it now");
        await using (var db = site.Site.Database())
        {
            await db.Set<Issue>().ExecuteUpdateAsync(set => set.SetProperty(issue => issue.State, IssueState.Preparing), Stop);
        }

        Says(page, "The words and the audience are being fixed. The first mails leave in a moment.");

        Assert.Contains("It is being prepared.", page.Find(".issue-send").TextContent, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\d+ (people|person|of)", page.Find(".issue").TextContent);
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

    [Fact]
    public async Task A_long_list_of_issues_is_turned_page_by_page_without_skipping_any()
    {
        await using (var db = site.Site.Database())
        {
            db.AddRange(Enumerable.Range(1, 120).Select(number => new Issue
            {
                Slug = Slug.Parse($"old-{number}"),
                Subject = $"Old {number}",
                Preheader = "",
                Source = "Hello.",
                Version = 1,
                CreatedAt = site.Site.Clock.GetUtcNow()
            }));
            await db.SaveChangesAsync(Stop);
        }

        var page = bunit.Render<IssueListScreen>();
        page.WaitForElement("tbody");
        var seen = new List<string>(Rows());
        Assert.Contains("/moderation/newsletter/first-issue", seen);
        for (var turn = 0; turn < 2; turn++)
        {
            var before = Rows();
            await page.FindAll("button").Single(button => button.TextContent is "Next 50").ClickAsync(new());
            page.WaitForAssertion(() => Assert.NotEqual(before, Rows()));
            seen.AddRange(Rows());
        }

        Assert.Equal(121, seen.Distinct().Count());
        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Equal("true", page.FindAll("button").Single(button => button.TextContent is "Next 50").GetAttribute("aria-disabled"));

        List<string> Rows() => [.. page.FindAll("tbody th a").Select(link => link.GetAttribute("href")!)];
    }
}
