using ArmTwitch.Data.Changes;
using ArmTwitch.Newsletter.Issues;
using ArmTwitch.Pages.Store;

namespace ArmTwitch.Newsletter;

/// <summary>Hears that an issue has changed, and drops the pages that list or show issues.</summary>
internal sealed class IssueChangeHandler(PageStore pages) : IDatabaseChangeHandler
{
    public string Topic => "issue";

    public void Handle(string detail) => HandleMissed();

    public void HandleMissed() => pages.Drop(IssueScheduler.Dependency);
}
