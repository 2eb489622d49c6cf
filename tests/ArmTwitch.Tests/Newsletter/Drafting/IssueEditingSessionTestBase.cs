using ArmTwitch.Articles;
using ArmTwitch.Newsletter.Drafting;

namespace ArmTwitch.Tests.Newsletter.Drafting;

/// <summary>Two editors who have opened one issue.</summary>
public abstract class IssueEditingSessionTestBase : IAsyncLifetime
{
    private protected static readonly Guid Ada = Guid.NewGuid(), Grace = Guid.NewGuid();

    private protected readonly NewsletterTestSite site = new();
    private protected IssueEditingSession mine = null!, hers = null!;
    private protected Slug issue;

    protected static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    protected IssueDraftService Drafts => site.Site.Get<IssueDraftService>();

    public async ValueTask InitializeAsync()
    {
        await using var ready = site.Site.Database();
        issue = await Drafts.StartAsync(Ada, Stop);
        var begun = (await Drafts.FindAsync(issue, Stop))!;
        (mine, hers) = (new(Drafts, issue, Ada, begun), new(Drafts, issue, Grace, begun));
    }

    public ValueTask DisposeAsync()
    {
        mine.Dispose();
        hers.Dispose();
        site.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected static void Write(IssueEditingSession session, string words) => session.Change(draft => draft with { Introduction = words });
}
