using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace ArmTwitch.Tests.Moderators;

/// <summary>A browser without script: it opens a page, fills a form in and sends it with everything that is hidden in it.</summary>
public sealed class TestBrowser(HttpClient client)
{
    private static readonly HtmlParser Parser = new();

    public HttpStatusCode Status { get; private set; }

    /// <summary>Where the last answer led; null when it was a page.</summary>
    public string? Location { get; private set; }

    public async Task<IHtmlDocument> OpenAsync(string address)
    {
        using var answer = await client.GetAsync(new Uri(address, UriKind.RelativeOrAbsolute), Xunit.TestContext.Current.CancellationToken);
        return await ReadAsync(answer);
    }

    public async Task<IHtmlDocument> SendAsync(IHtmlDocument page, string form, params (string Name, string Value)[] typed)
    {
        var element = page.Forms.Single(one => one.QuerySelector("[name=_handler]")?.GetAttribute("value") == form);
        var fields = element.QuerySelectorAll("input[name], select[name]").OfType<IHtmlElement>()
            .Where(field => field is not IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false })
            .Select(field => (
                Name: field.GetAttribute("name")!,
                Value: field is IHtmlSelectElement select ? select.Value ?? "" : field.GetAttribute("value") ?? ""))
            .Where(field => typed.All(one => one.Name != field.Name))
            .Concat(typed)
            .Select(field => KeyValuePair.Create(field.Name, field.Value));
        using var content = new FormUrlEncodedContent(fields);
        using var answer = await client.PostAsync(
            new Uri(element.GetAttribute("action")!, UriKind.RelativeOrAbsolute), content, Xunit.TestContext.Current.CancellationToken);
        return await ReadAsync(answer);
    }

    /// <summary>Sends a form that another endpoint takes, with what stands in its fields.</summary>
    /// <returns>The body of the answer.</returns>
    public async Task<string> SubmitAsync(IHtmlDocument page, string form)
    {
        var element = page.QuerySelector(form)!;
        using var content = new FormUrlEncodedContent(element.QuerySelectorAll("input[name]")
            .Select(field => KeyValuePair.Create(field.GetAttribute("name")!, field.GetAttribute("value") ?? "")));
        using var answer = await client.PostAsync(
            new Uri(element.GetAttribute("action")!, UriKind.RelativeOrAbsolute), content, Xunit.TestContext.Current.CancellationToken);
        await ReadAsync(answer);
        return await answer.Content.ReadAsStringAsync(Xunit.TestContext.Current.CancellationToken);
    }

    /// <summary>The status of a bare request.</summary>
    public async Task<HttpStatusCode> AskAsync(HttpMethod method, string address, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, UriKind.RelativeOrAbsolute)) { Content = content };
        using var answer = await client.SendAsync(request, Xunit.TestContext.Current.CancellationToken);
        await ReadAsync(answer);
        return Status;
    }

    /// <summary>The media type and the body of a bare request.</summary>
    public async Task<(string? Type, string Body)> LookAsync(HttpMethod method, string address)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, UriKind.RelativeOrAbsolute));
        using var answer = await client.SendAsync(request, Xunit.TestContext.Current.CancellationToken);
        await ReadAsync(answer);
        return (answer.Content.Headers.ContentType?.ToString(), await answer.Content.ReadAsStringAsync(
            Xunit.TestContext.Current.CancellationToken));
    }

    /// <summary>The key that the page offers to an authenticator app.</summary>
    public static string KeyOn(IHtmlDocument page) => page.QuerySelector(".key")!.TextContent.Replace(" ", "", StringComparison.Ordinal);

    private async Task<IHtmlDocument> ReadAsync(HttpResponseMessage answer)
    {
        (Status, Location) = (answer.StatusCode, answer.Headers.Location switch
        {
            null => null,
            { IsAbsoluteUri: true } address => address.PathAndQuery,
            var address => address.ToString(),
        });
        return Parser.ParseDocument(await answer.Content.ReadAsStringAsync(Xunit.TestContext.Current.CancellationToken));
    }
}
