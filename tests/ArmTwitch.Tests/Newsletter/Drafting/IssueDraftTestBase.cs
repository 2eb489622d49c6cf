using ArmTwitch.Articles;
using ArmTwitch.Data;
using ArmTwitch.Newsletter.Drafting;
using ArmTwitch.Tests.Newsletter.Issues;

namespace ArmTwitch.Tests.Newsletter.Drafting;

/// <summary>The site with one issue, which is only a file, and with what writes others.</summary>
public abstract class IssueDraftTestBase(DatabaseKind database) : IssueTestBase(database)
{
    protected static readonly Guid Ada = Guid.NewGuid();

    protected IssueDraftService Drafts => Newsletter.Site.Get<IssueDraftService>();

    protected static IssueDraft Draft(string subject, string introduction, string articles = "") =>
        new(subject, "A tip.", introduction, articles);

    protected async Task<Slug> WriteAsync(IssueDraft draft)
    {
        var slug = await Drafts.StartAsync(Ada, Stop);
        Assert.True((await Drafts.SaveAsync(slug, draft, (await Drafts.FindAsync(slug, Stop))!, Ada, Stop)).IsSaved);
        return slug;
    }
}
