using ArmTwitch.Articles;
using ArmTwitch.Data;
using ArmTwitch.Newsletter.Drafting;
using ArmTwitch.Newsletter.Issues;
using MimeKit;

namespace ArmTwitch.Tests.Newsletter.Issues;

/// <summary>The site with one issue, which is only a file.</summary>
public abstract class IssueTestBase : IDisposable
{
    private const string File = """
        ---
        subject: Why sleep matters
        preheader: One new article, and a tip.
        articles: [one]
        ---

        Hello,

        this month: [a tip](/articles/one) for *calmer* arms.

        """;

    protected static readonly Slug Name = Slug.Parse("why-sleep-matters");

    private readonly NewsletterTestSite site;

    protected IssueTestBase(DatabaseKind database)
    {
        WriteFile();
        site = new NewsletterTestSite(database, ("Content:Path", Content.Folder));
    }

    protected static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    protected ContentCopy Content { get; } = new();

    private protected NewsletterTestSite Newsletter => site;

    protected IssueService Issues => site.Site.Get<IssueService>();

    protected IssueDigestMaker Digests => site.Site.Get<IssueDigestMaker>();

    public void Dispose()
    {
        site.Dispose();
        Content.Dispose();
        GC.SuppressFinalize(this);
    }

    protected void WriteFile() => Content.Write("newsletters/why-sleep-matters.md", File);

    protected void Rewrite(string before, string after)
    {
        var path = Path.Combine(Content.Folder, "newsletters", "why-sleep-matters.md");
        System.IO.File.WriteAllText(path, System.IO.File.ReadAllText(path).Replace(before, after, StringComparison.Ordinal));
        Reload();
    }

    protected void Reload() => site.Site.Get<ArticleLibrary>().Reload();

    protected Task AdvanceAsync() => site.Site.Get<IssueScheduler>().AdvanceAsync(Stop);

    /// <summary>Advances the issues and sends mails until nothing is left to do.</summary>
    /// <returns>All mails so far but those of signing up.</returns>
    protected async Task<IReadOnlyList<MimeMessage>> SendAsync()
    {
        await AdvanceAsync();
        var mails = await site.Site.SendMailsAsync(Stop);
        await AdvanceAsync();
        return [.. mails.Where(mail => !mail.Subject!.StartsWith("Confirm", StringComparison.Ordinal))];
    }

    protected Task<IssueOverview> ViewAsync() => ViewOfAsync(Name);

    protected async Task<IssueOverview> ViewOfAsync(Slug name) => (await Issues.FindAsync(name, Stop))!;
}
