using System.Text.RegularExpressions;
using ArmTwitch.Articles;
using ArmTwitch.Comments;
using ArmTwitch.Mail;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.Digests;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.ImportExport;
using ArmTwitch.Newsletter.Issues;
using ArmTwitch.Newsletter.Subscribing;
using ArmTwitch.Tests.Moderation;
using ArmTwitch.Tests.Newsletter;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using MimeKit;
using static Microsoft.Playwright.Assertions;

namespace ArmTwitch.BrowserTests.Newsletter;

/// <summary>Every screen of the newsletter, as readers and editors come to it one after the other.</summary>
public sealed partial class NewsletterScreenTests(LiveSiteFixture live) : IAsyncLifetime
{
    private const string Name = "first-issue";

    private const int Phone = 390, Readers = 120;

    private EmptySiteFixture day = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => day = await EmptySiteFixture.BeginAsync(("Limits:Enabled", "false"));

    public ValueTask DisposeAsync() => day.DisposeAsync();

    [Fact]
    public async Task A_readers_screens_keep_nobody_out()
    {
        await using var reader = await live.NewReaderAsync();
        var page = await reader.NewPageAsync();

        await ShowsAsync(page, "/newsletter", "Get the newsletter");
        await page.GetByLabel("E-mail address").FillAsync("ada@");
        await PressAsync(page, "Send me the newsletter", "Enter an e-mail address");
        await page.GetByLabel("E-mail address").FillAsync("ada@gmial.com");
        await PressAsync(page, "Send me the newsletter", "Did you mean");
        await page.GetByLabel("E-mail address").FillAsync("ada@gmial.com");
        await page.GetByLabel("Code", new() { Exact = true }).FillAsync("12345678");
        await PressAsync(page, "Confirm", "Address and code do not belong together");

        await ShowsAsync(page, LinkIn(await WorkAsync()), "Yes, send me the newsletter");
        await PressAsync(page, "Yes, send me the newsletter", "");
        await ShowsAsync(page, "/newsletter/confirm?token=used", "Sign up again");
        await ShowsAsync(page, LinkIn(await SendAsync()), "Leave the newsletter?");
        await ShowsAsync(page, "/newsletter", "The first issue");
        await ShowsAsync(page, $"/newsletter/issues/{Name}", "this is the first issue");

        await ShowsAsync(page, "/newsletter/manage", "Send me the link");
        await page.GetByLabel("E-mail address").FillAsync("ada@gmial.com");
        await PressAsync(page, "Send me the link", "a link is on its way");
        await ShowsAsync(page, LinkIn(await WorkAsync("/newsletter/manage/")), "What you agreed to, and when");
        await ShowsAsync(page, $"/newsletter/manage/{new string('a', 43)}", "does not work any more");
        await ShowsAsync(page, "/newsletter/unsubscribe?token=any", "This link is not complete");
    }

    [Fact]
    public async Task An_editors_screens_keep_nobody_out()
    {
        await using var editor = await live.NewReaderAsync();
        var page = await editor.JoinAsync(day.Invitation);
        await day.Site.Get<SubscriberImportExport>().ImportAsync(
            new StringReader("email,consent_at,source,wording\n" + string.Concat(
                Enumerable.Range(1, Readers).Select(number => $"reader{number}@example.org,2025-05-01T10:00:00Z,a-list,2025-01\n"))),
            apply: true, Stop);

        await ShowsAsync(page, "/moderation/newsletter", "The first issue");
        await ShowsAsync(page, $"/moderation/newsletter/{Name}", "A draft.");
        await PressAsync(page, "Desktop", "kB a mail");
        await PressAsync(page, "Dark", "kB a mail");
        await PressAsync(page, "Text", "kB a mail");
        await PressAsync(page, "Schedule", "Choose a day and a time first.");
        await PressAsync(page, "Send now", "to 120 people now?");
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes, send it now" }).ClickAsync();
        await Expect(page.Locator(".issue-said")).ToContainTextAsync("It begins within seconds.");
        await MoveAsync();
        await ShowsAsync(page, $"/moderation/newsletter/{Name}", "It is being sent.");
        await PressAsync(page, "Cancel this issue…", "for good?");
        await page.GetByRole(AriaRole.Button, new() { Name = "Back", Exact = true }).ClickAsync();
        await PressAsync(page, "Pause", "An editor paused it.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await Expect(page.Locator(".issue-said")).ToContainTextAsync("It is being sent.");
        await TroubleAsync();
        await day.Site.SendMailsAsync(Stop);
        await MoveAsync();
        await ShowsAsync(page, $"/moderation/newsletter/{Name}", "60 refused, 60 unknown");
        await ShowsAsync(page, "/moderation/newsletter", "sent with problems");
    }

    /// <summary>What only a browser shows: the preview in its frame, and what the tab keeps while the program cannot be reached.</summary>
    [Fact]
    public async Task An_issue_is_written_beside_its_mail_and_loses_nothing_with_the_connection()
    {
        await using var editor = await live.NewReaderAsync();
        var page = await editor.JoinAsync(day.Invitation);
        var faults = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
                faults.Add(message.Text);
        };
        await ShowsAsync(page, "/moderation/newsletter", "Write an issue");
        await page.GetByRole(AriaRole.Button, new() { Name = "Write an issue" }).ClickAsync();

        // The page moves the focus there once it is whole.
        await Expect(page.Locator("#subject")).ToBeFocusedAsync();
        await page.GetByLabel("Subject line").FillAsync("Calmer arms");
        await page.GetByLabel("Introduction").TypeKeysAsync("Hello **you**.");
        await page.Locator(".choices button").First.ClickAsync();
        await SavesAsync();
        await Expect(page.FrameLocator(".letter iframe:not(.loading)").Locator("strong")).ToHaveTextAsync("you");
        await IsCleanAsync(page, "Articles in this issue");
        Assert.Empty(faults);

        await page.EvaluateAsync("() => Blazor.disconnect()");
        await page.GetByLabel("Introduction").EvaluateAsync(
            "field => { field.value = 'Typed without a connection.'; field.dispatchEvent(new Event('input', { bubbles: true })); }");
        await page.ReloadAsync();

        await Expect(page.GetByLabel("Introduction")).ToHaveValueAsync("Typed without a connection.");
        await SavesAsync();
        await Expect(page.FrameLocator(".letter iframe:not(.loading)").Locator("body")).ToContainTextAsync("Typed without a connection.");

        async Task SavesAsync()
        {
            await page.BeHeardAsync();
            await Expect(page.Locator(".save-state.pending")).ToHaveCountAsync(1);
            day.Site.Clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Theory]
    [InlineData(320, ColorScheme.Light)]
    [InlineData(320, ColorScheme.Dark)]
    [InlineData(600, ColorScheme.Light)]
    [InlineData(600, ColorScheme.Dark)]
    public async Task Every_mail_to_a_reader_can_be_read_in_a_mail_program(int width, ColorScheme scheme)
    {
        await using var reader = await live.NewReaderAsync(width);
        var page = await reader.NewPageAsync();
        var address = EmailAddress.TryParse("ada@example.org", out var ada) ? ada : throw new InvalidOperationException("No address");
        var signUps = day.Site.Get<SignUpService>();
        await day.Site.Get<ArmTwitch.Data.Availability.DatabaseInitializer>().WhenReadyAsync(TimeSpan.FromSeconds(30), Stop);
        await signUps.SubmitAsync(SubscriptionRequestKind.SignUp, new SignUpDraft(), address, null, Stop);
        var confirm = await WorkAsync();
        await page.GotoAsync(LinkIn(confirm));
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes, send me the newsletter" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/newsletter/welcome$"));
        day.Site.Clock.Advance(TimeSpan.FromMinutes(11));
        await signUps.SubmitAsync(SubscriptionRequestKind.SignUp, new SignUpDraft(), address, null, Stop);
        var already = await WorkAsync();
        await signUps.SubmitAsync(SubscriptionRequestKind.Manage, new SignUpDraft(), address, null, Stop);
        var manage = await WorkAsync("/newsletter/manage/");

        foreach (var mail in new[] { confirm, already, manage, await SendAsync() })
            await NewsletterMailTests.CanBeReadAsync(page, mail.HtmlBody!, width, scheme);
    }

    [Theory]
    [InlineData(320, ColorScheme.Light)]
    [InlineData(320, ColorScheme.Dark)]
    [InlineData(600, ColorScheme.Light)]
    [InlineData(600, ColorScheme.Dark)]
    public async Task Mails_about_comments_can_be_read_in_a_mail_program_too(int width, ColorScheme scheme)
    {
        await using var desk = new ModerationTestSite();
        var ada = await desk.AddModeratorAsync("Ada", wantsDigest: true);
        var first = await desk.WriteAsync(email: "one@example.org");
        var second = await desk.WriteAsync("My speech is slurred.", email: "two@example.org", level: FlagLevel.RedFlag, rules: "red-flags");
        await desk.Site.Get<ModeratorDigest>().SendAsync(Stop);
        await desk.Decisions.DecideAsync(first.Id, 1, Decision.Approve, ada, Stop);
        await desk.Decisions.DecideAsync(second.Id, 1, Decision.Reject(RefusalReason.MedicalAdvice), ada, Stop);
        desk.Site.Clock.Advance(DecisionUndoService.Window + TimeSpan.FromMinutes(1));
        await using var reader = await live.NewReaderAsync(width);
        var page = await reader.NewPageAsync();

        var mails = await desk.Site.SendMailsAsync(Stop);

        Assert.Equal(3, mails.Count);
        foreach (var mail in mails)
            await NewsletterMailTests.CanBeReadAsync(page, mail.HtmlBody!, width, scheme);
    }

    /// <summary>Goes there, and looks at it in every look and width.</summary>
    private async Task ShowsAsync(IPage page, string address, string words)
    {
        await page.GotoAsync(new Uri(new Uri(day.Origin), address).ToString());
        await IsCleanAsync(page, words);
    }

    private static async Task PressAsync(IPage page, string button, string words)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        await IsCleanAsync(page, words);
    }

    private static async Task IsCleanAsync(IPage page, string words)
    {
        await Expect(page.Locator("main")).ToContainTextAsync(words);
        await AxeRunner.IsCleanAsync(page);
        await page.SetViewportSizeAsync(Phone, 844);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light, ForcedColors = ForcedColors.None });
        // A new width may take a frame to reach every element.
        await page.WaitForFunctionAsync("phone => document.documentElement.scrollWidth <= phone", Phone);
    }

    private Task MoveAsync() => day.Site.Get<IssueScheduler>().AdvanceAsync(Stop);

    /// <returns>The newest mail with these words in it: all mails of a clock that stands have the same time.</returns>
    private async Task<MimeMessage> WorkAsync(string words = "")
    {
        while (await day.Site.Get<SignUpProcessor>().ProcessNextAsync(Stop))
        {
        }

        return (await day.Site.SendMailsAsync(Stop)).Last(mail => mail.TextBody!.Contains(words, StringComparison.Ordinal));
    }

    /// <returns>A copy of the issue.</returns>
    private async Task<MimeMessage> SendAsync()
    {
        Assert.Null((await day.Site.Get<IssueService>().ScheduleAsync(Slug.Parse(Name), "Ada", cancellationToken: Stop)).Error);
        await MoveAsync();
        var mail = (await day.Site.SendMailsAsync(Stop)).Last(one => one.Headers.Contains(HeaderId.ListUnsubscribe));
        await MoveAsync();
        return mail;
    }

    /// <summary>Half the copies are refused, and the link broke at the end of the others.</summary>
    private async Task TroubleAsync()
    {
        await using var db = day.Site.Database();
        var mails = db.Set<OutgoingMail>().Where(mail => mail.MailingId != null);
        var some = mails.OrderBy(mail => mail.Id).Take(Readers / 2).Select(mail => mail.Id);
        await mails.ExecuteUpdateAsync(
            set => set.SetProperty(mail => mail.State, MailState.InDoubt).SetProperty(
                mail => mail.Answer, "IOException: the connection was reset"), Stop);
        await mails.Where(mail => some.Contains(mail.Id)).ExecuteUpdateAsync(
            set => set.SetProperty(mail => mail.State, MailState.Dead)
                .SetProperty(mail => mail.Answer, "550 5.1.1 no such person").SetProperty(mail => mail.Status, "5.1.1"),
            Stop);
    }

    private static string LinkIn(MimeMessage mail) => Link().Match(mail.TextBody!).Value;

    [GeneratedRegex(@"https?://\S+(?:token=|manage/)[\w-]{43}")]
    private static partial Regex Link();
}
