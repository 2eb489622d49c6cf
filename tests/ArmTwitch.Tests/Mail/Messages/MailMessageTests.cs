using System.Text.RegularExpressions;
using ArmTwitch.Articles;
using ArmTwitch.Comments;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.Digests;
using ArmTwitch.Newsletter.Issues;
using ArmTwitch.Tests.Moderation;
using ArmTwitch.Tests.Newsletter;
using MimeKit;

namespace ArmTwitch.Tests.Mail.Messages;

/// <summary>Both parts of every kind of mail, word for word. Values that differ at each run are replaced by names.</summary>
public sealed partial class MailMessageTests
{
    private const string File = """
        ---
        subject: Why sleep & coffee matter
        preheader: One new article, and a tip.
        articles: [one]
        ---

        Hello,

        this month: [a tip](/articles/one) for *calmer* arms, and **two** habits:

        - less coffee after noon
        - the same bedtime every day

        ## What we are asked

        1. Is it dangerous?
        2. When does it stop?

        """;

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_signs_up_is_asked_to_confirm()
    {
        using var site = new NewsletterTestSite();

        Matches("confirm", await site.AskAsync("ada@example.org"));
    }

    [Fact]
    public async Task Who_signs_up_again_is_told_that_nothing_has_changed()
    {
        using var site = new NewsletterTestSite();
        await site.JoinAsync("ada@example.org");

        Matches("already", await site.AskAsync("ada@example.org"));
    }

    [Fact]
    public async Task Who_asks_what_is_kept_gets_a_link()
    {
        using var site = new NewsletterTestSite();
        await site.JoinAsync("ada@example.org");

        (await site.PostAsync("/newsletter/manage", ("email", "ada@example.org"), ("website", ""))).Dispose();

        Matches("manage", (await site.WorkAsync())[^1]);
    }

    [Fact]
    public async Task An_issue_reads_well_in_both_parts()
    {
        using var content = new ContentCopy();
        content.Write("newsletters/why-sleep-matters.md", File);
        using var site = new NewsletterTestSite(
            settings: [("Content:Path", content.Folder), ("Newsletter:PostalAddress", "ArmTwitch\n1 High Street\nLondon")]);
        await site.JoinAsync("ada@example.org");
        await site.Site.Get<IssueService>().ScheduleAsync(Slug.Parse("why-sleep-matters"), "Ada", cancellationToken: Stop);
        await site.Site.Get<IssueScheduler>().AdvanceAsync(Stop);

        Matches("issue", (await site.Site.SendMailsAsync(Stop))[^1]);
    }

    [Theory]
    [InlineData("approved")]
    [InlineData("approved-redacted")]
    [InlineData("rejected")]
    public async Task A_writer_is_told_what_was_decided(string decision)
    {
        await using var desk = new ModerationTestSite();
        var ada = await desk.AddModeratorAsync("Ada");
        var comment = await desk.WriteAsync("Ring 07700 900123.", email: "reader@example.org");

        var result = await desk.Decisions.DecideAsync(comment.Id, 1, decision switch
        {
            "approved" => Decision.Approve.WithAcknowledgedRisk(DecisionRiskKinds.PersonalData),
            "approved-redacted" => Decision.ApproveRedacted(new Redaction(5, 12, RemovedKind.PhoneNumber)),
            _ => Decision.Reject(RefusalReason.MedicalAdvice),
        }, ada, Stop);

        Assert.Equal(DecisionOutcome.Done, result.Outcome);
        Matches(
            $"comment-{decision}", await SentAsync(desk),
            (desk.Site.Get<ArticleLibrary>().Current.Find(ModerationTestSite.Article)!.Title, "TITLE"));
    }

    [Fact]
    public async Task Moderators_are_told_what_waits()
    {
        await using var desk = new ModerationTestSite();
        await desk.AddModeratorAsync("Ada", wantsDigest: true);
        var urgent = await desk.WriteAsync("My speech is slurred.", level: FlagLevel.RedFlag, rules: "red-flags");
        var usual = await desk.WriteAsync("It went away.");

        await desk.Site.Get<ModeratorDigest>().SendAsync(Stop);

        Matches(
            "digest", await SentAsync(desk), (ModeratorDigest.Reference(urgent.Id), "#URGENT"),
            (ModeratorDigest.Reference(usual.Id), "#USUAL"));
    }

    private static async Task<MimeMessage> SentAsync(ModerationTestSite desk)
    {
        desk.Site.Clock.Advance(DecisionMailer.Delay);
        return Assert.Single(await desk.Site.SendMailsAsync(Stop));
    }

    private static void Matches(string name, MimeMessage mail, params (string Seen, string Named)[] names)
    {
        ApprovedSnapshot.Matches(
            (Path.Combine("mails", $"{name}.txt"), Stable($"Subject: {mail.Subject}\n\n{mail.TextBody}")),
            (Path.Combine("mails", $"{name}.html"), Stable(mail.HtmlBody!)));

        string Stable(string part)
        {
            var text = names.Aggregate(
                part.ReplaceLineEndings("\n"), (all, one) => all.Replace(one.Seen, one.Named, StringComparison.Ordinal));
            return Id().Replace(Code().Replace(Token().Replace(text, "TOKEN"), "1234 5678"), "ID").TrimEnd('\n') + '\n';
        }
    }

    [GeneratedRegex(@"(?<![\w-])[\w-]{43}(?![\w-])")]
    private static partial Regex Token();

    [GeneratedRegex(@"\b\d{4} \d{4}\b")]
    private static partial Regex Code();

    [GeneratedRegex("[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")]
    private static partial Regex Id();
}
