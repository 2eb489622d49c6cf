namespace ArmTwitch.Tests;

/// <summary>A class fixture: one site with the repository's own content, for tests that change nothing.</summary>
public sealed class SharedSite : IDisposable
{
    public SharedSite() => Visitor = Site.Visit();

    public TestSite Site { get; } = new();

    public HttpClient Visitor { get; }

    public void Dispose()
    {
        Visitor.Dispose();
        Site.Dispose();
    }
}
