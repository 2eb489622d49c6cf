using ArmTwitch.Articles;

namespace ArmTwitch.Tests.Pages;

/// <summary>One site for all questions of a class.</summary>
public sealed class SharedSiteFixture : IDisposable
{
    private readonly TestSite site = new();
    private readonly HttpClient visitor;

    public SharedSiteFixture() => visitor = site.VisitOverNetwork();

    public ArticleLibrary Articles => site.Get<ArticleLibrary>();

    /// <param name="address">Sent exactly as it is spelled.</param>
    public async Task<HttpResponseMessage> AskAsync(HttpMethod method, string address, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(
            visitor.BaseAddress!.GetLeftPart(UriPartial.Authority) + address,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await visitor.SendAsync(request, Xunit.TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        visitor.Dispose();
        site.Dispose();
    }
}
