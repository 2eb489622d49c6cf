using System.Text.Json;
using ArmTwitch.Mail;
using ArmTwitch.Newsletter;
using ArmTwitch.Tests.Mail;
using ArmTwitch.Tests.Newsletter;

namespace ArmTwitch.Tests.Commands;

/// <summary>Each command runs beside a site that serves the same data.</summary>
public sealed class NewsletterCommandTests : IDisposable
{
    private const string Name = "why-sleep-matters", Agreed = "2025-05-01T10:00:00Z,old-site/signup,2025-01";

    private readonly ContentCopy content = new();
    private readonly NewsletterTestSite site;

    public NewsletterCommandTests()
    {
        content.Write($"newsletters/{Name}.md", "---\nsubject: Why sleep matters\npreheader: A tip.\narticles: [one]\n---\n\nHello.\n");
        site = new NewsletterTestSite(settings: [("Content:Path", content.Folder)]);
    }

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public void Dispose()
    {
        site.Dispose();
        content.Dispose();
    }

    [Fact]
    public async Task An_issue_is_sent_and_followed_from_the_command_line()
    {
        await site.JoinAsync("ada@example.org");

        Assert.Equal(
            (0, $"\"{Name}\" goes to 1 person. The site sends it while it runs; 'newsletter status {Name}' tells how far it is."),
            await LastLineAsync("newsletter", "send", Name));
        var (_, waiting) = await RunAsync("newsletter", "status", Name);
        await SendAsync();
        var (exit, sent) = await RunAsync("newsletter", "status", Name, "--json");

        Assert.Equal(
            ["Why sleep matters: sending", "1 = 0 sent + 0 refused + 0 unknown + 0 suppressed + 0 cancelled + 1 waiting"], waiting);
        var status = JsonDocument.Parse(string.Concat(sent)).RootElement;
        Assert.Equal((0, "sent", 1, true), (
            exit, status.GetProperty("state").GetString(), status.GetProperty("sent").GetInt32(),
            status.GetProperty("addsUp").GetBoolean()));
        Assert.Equal((1, $"\"{Name}\" is sent already."), await LastLineAsync("newsletter", "send", Name));
    }

    [Fact]
    public async Task An_issue_that_nobody_would_get_is_not_sent() =>
        Assert.Equal(
            (1, "Nobody has confirmed the newsletter yet, so there is nobody to send it to."),
            await LastLineAsync("newsletter", "send", Name));

    [Fact]
    public async Task A_list_of_which_nothing_tells_who_is_in_it_is_not_imported_before_it_is_said()
    {
        var table = Path.Combine(site.Site.DataFolder, "list.csv");
        await File.WriteAllTextAsync(table, "Email Address,OPTIN_TIME,LEID\nada@example.org,2024-03-01 10:00:00,1\n", Stop);

        var (asked, words) = await RunAsync("newsletter", "import", table);
        var (refused, why) = await RunAsync("newsletter", "import", table, "--apply");
        var none = await site.AllAsync<Subscriber>();
        var (exit, _) = await RunAsync("newsletter", "import", table, "--people", "left", "--apply");

        const string SayWho = "Say --people readers, --people left or --people bounced.";
        Assert.Equal((1, 1, 0), (asked, refused, exit));
        Assert.EndsWith(SayWho, words[^1], StringComparison.Ordinal);
        Assert.EndsWith(SayWho, why[^1], StringComparison.Ordinal);
        Assert.Empty(none);
        Assert.Equal(SubscriberState.Unsubscribed, Assert.Single(await site.AllAsync<Subscriber>()).State);
    }

    [Fact]
    public async Task What_is_said_of_a_list_whose_rows_tell_it_is_refused_and_not_ignored()
    {
        var table = content.PathOf("list.csv");
        await File.WriteAllTextAsync(table, $"email,status,consent_at,source,wording\nada@example.org,unsubscribed,{Agreed}\n", Stop);

        Assert.Equal(
            (1, $"{table}: --people readers does not count, because the column status of the file tells it of every row. "
                + "Leave --people out; or take the column out of the file if it tells something else."),
            await LastLineAsync("newsletter", "import", table, "--people", "readers", "--apply"));
        Assert.Empty(await site.AllAsync<Subscriber>());
        var (exit, words) = await RunAsync("newsletter", "import", table, "--apply");
        Assert.Equal(0, exit);
        Assert.StartsWith("By the column status, 1 of 1 row is of people who have left", words[0], StringComparison.Ordinal);
        Assert.Equal(SubscriberState.Unsubscribed, Assert.Single(await site.AllAsync<Subscriber>()).State);
    }

    [Fact]
    public async Task An_import_is_listed_and_taken_back_by_its_time()
    {
        var table = content.PathOf("subscribers.csv");
        await File.WriteAllTextAsync(table, $"email,consent_at,source,wording\nada@example.org,{Agreed}\n", Stop);
        await RunAsync("newsletter", "import", table, "--apply");

        var (listed, imports) = await RunAsync("newsletter", "take-back");
        var time = imports[0].Split(' ')[0];
        var (tried, _) = await RunAsync("newsletter", "take-back", time);
        var before = Assert.Single(await site.AllAsync<Subscriber>()).State;
        var (done, words) = await RunAsync("newsletter", "take-back", time, "--apply");

        Assert.Equal((0, 0, SubscriberState.Confirmed, 0), (listed, tried, before, done));
        Assert.EndsWith("  The command line: 1 person gets the newsletter by it alone.", imports[0], StringComparison.Ordinal);
        Assert.StartsWith("1 person is unsubscribed. They get no mail from here any more", words[0], StringComparison.Ordinal);
        Assert.Equal(SubscriberState.Unsubscribed, Assert.Single(await site.AllAsync<Subscriber>()).State);
        Assert.Equal(1, (await RunAsync("newsletter", "take-back", time, "--apply")).Item1);
    }

    [Theory]
    [InlineData("send")]
    [InlineData("status")]
    public async Task A_slip_in_the_name_is_told_with_the_names_there_are(string command) =>
        Assert.Equal((2, $"There is no issue \"why-slep\". There is: {Name}."), await LastLineAsync("newsletter", command, "why-slep"));

    [Fact]
    public async Task A_list_is_tried_first_then_taken_in_and_given_out()
    {
        var (table, export) = (content.PathOf("list.csv"), content.PathOf("out.csv"));
        await File.WriteAllTextAsync(table, $"email,consent_at,source,wording\nada@example.org,{Agreed}\nbob@example.org,,,\n", Stop);

        var (tried, words) = await RunAsync("newsletter", "import", table);
        var before = await site.AllAsync<Subscriber>();
        var (taken, _) = await RunAsync("newsletter", "import", table, "--apply");

        Assert.Equal((0, 0), (tried, taken));
        Assert.Equal("This was a dry run. Nothing is changed. Say --apply to do it.", words[^1]);
        Assert.Contains("1 would become confirmed.", words);
        Assert.Empty(before);
        Assert.Equal(
            [SubscriberState.Confirmed, SubscriberState.Pending],
            (await site.AllAsync<Subscriber>()).OrderBy(one => one.Email, StringComparer.Ordinal).Select(one => one.State));
        Assert.Equal((0, "2 subscribers."), await LastLineAsync("newsletter", "export", export));
        Assert.Contains("ada@example.org", await File.ReadAllTextAsync(export, Stop), StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("newsletter", "export", export)).Exit);
    }

    [Fact]
    public async Task A_fault_in_a_list_is_told_with_its_line()
    {
        var table = content.PathOf("list.csv");
        await File.WriteAllTextAsync(table, $"email,consent_at,source,wording\nnonsense,,,\nada@example.org,{Agreed}\n", Stop);

        var (exit, lines) = await RunAsync("newsletter", "import", table, "--apply");

        Assert.Equal(1, exit);
        Assert.StartsWith($"{table}:2: ", lines[0], StringComparison.Ordinal);
        Assert.Equal("ada@example.org", Assert.Single(await site.AllAsync<Subscriber>()).Email);
    }

    [Fact]
    public async Task Mails_are_listed_settled_and_paused_from_the_command_line()
    {
        var (mailing, mail) = (await site.Site.MailAsync(["ada@example.org"]), await site.Site.QueueAsync("first"));
        await site.Site.PutAsync(mail.Id, MailState.InDoubt, 1);

        var (exit, lines) = await RunAsync("mail", "list", "--state", "in-doubt");

        Assert.Equal(0, exit);
        Assert.StartsWith($"{mail.Id}  in-doubt", lines[0], StringComparison.Ordinal);
        Assert.Equal("1 mail.", lines[^1]);
        Assert.Equal(2, JsonDocument.Parse(string.Concat((await RunAsync("mail", "list", "--json")).Lines)).RootElement.GetArrayLength());
        Assert.Equal((0, $"Mail {mail.Id} is sent."), await LastLineAsync("mail", "resolve", $"{mail.Id}", "--as", "sent"));
        Assert.Equal(
            (1, $"There is no mail {mail.Id} that is unknown; nothing is changed."),
            await LastLineAsync("mail", "resolve", $"{mail.Id}", "--as", "sent"));
        Assert.Equal((0, "1 mailing is paused."), await LastLineAsync("mail", "pause"));
        Assert.Equal(MailingState.Paused, (await site.Site.MailingAsync(mailing)).State);
    }

    [Theory]
    [InlineData("newsletter")]
    [InlineData("newsletter", "send")]
    [InlineData("newsletter", "import", "nowhere.csv")]
    [InlineData("newsletter", "import", "nowhere.csv", "--apply", "--dry-run")]
    [InlineData("newsletter", "export")]
    [InlineData("mail")]
    [InlineData("mail", "list", "--state", "lost")]
    [InlineData("mail", "resolve", "seven", "--as", "sent")]
    [InlineData("mail", "resolve", "019abcde-0000-7000-8000-000000000000")]
    public async Task Wrong_usage_ends_with_2(params string[] arguments) => Assert.Equal(2, (await RunAsync(arguments)).Exit);

    /// <summary>Commands use the real clock, so the clock of the sending site must not be behind.</summary>
    private async Task SendAsync()
    {
        site.Site.Clock.AdjustTime(TimeProvider.System.GetUtcNow().AddMinutes(1));
        await site.Site.SendMailsAsync(Stop);
    }

    private async Task<(int Exit, string Line)> LastLineAsync(params string[] arguments) =>
        await RunAsync(arguments) is var (exit, lines) ? (exit, lines[^1]) : default;

    private Task<(int Exit, IReadOnlyList<string> Lines)> RunAsync(params string[] arguments) =>
        CommandInProcess.RunAsync(
            arguments, ("Data:Directory", site.Site.DataFolder), ("Content:Path", content.Folder), ("Site:BaseUrl", "https://armtwitch.test"));
}
