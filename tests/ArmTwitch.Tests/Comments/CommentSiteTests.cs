using ArmTwitch.Data;

namespace ArmTwitch.Tests.Comments;

/// <summary>Tests of the real site, to which a reader sends comments. A class of its own for each database derives from them.</summary>
public abstract class CommentSiteTests(DatabaseKind database, params (string Key, string Value)[] settings) : IDisposable
{
    private protected readonly CommentTestSite site = new(database, settings);

    protected static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    protected DatabaseKind Database => database;

    public void Dispose()
    {
        site.Dispose();
        GC.SuppressFinalize(this);
    }
}
