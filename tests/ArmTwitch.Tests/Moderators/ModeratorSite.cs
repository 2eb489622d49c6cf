using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using ArmTwitch.Data;
using ArmTwitch.Moderators;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ArmTwitch.Tests.Moderators;

/// <summary>A site with people who decide on comments. Each visits with a browser of their own, which keeps cookies and runs no script.</summary>
public sealed class ModeratorSite : IDisposable
{
    public const string Password = "correct horse battery";

    public ModeratorSite(DatabaseKind database = DatabaseKind.Sqlite, params (string Key, string Value)[] settings)
    {
        Site = new TestSite(database: database, settings: [CapturedLog.Wanted("ArmTwitch.Moderators"), .. settings]);
        Site.With(services => services.AddSingleton<ILoggerProvider>(Log)
            // A thousandth of what keeps a stolen database safe, and of the time it takes.
            .Configure<PasswordHasherOptions>(options => options.IterationCount = 100));
    }

    public TestSite Site { get; }

    /// <summary>What the site logged about accounts.</summary>
    public CapturedLog Log { get; } = new();

    public Visitor Visit() => new(Site.Visit());

    /// <returns>The path and query of a new invitation.</returns>
    public async Task<string> InviteAsync(string email = "ada@example.org", ModeratorRole role = ModeratorRole.Moderator)
    {
        using var database = Site.Visit();
        return new Uri((await Site.Get<Invitations>().MakeAsync(email, role))!).PathAndQuery;
    }

    /// <summary>Invites somebody who joins with a password and an app, and is signed in then.</summary>
    public Task<Person> JoinAsync(string email = "ada@example.org", ModeratorRole role = ModeratorRole.Moderator) => JoinAsync(Visit(), email, role);

    public async Task<Person> JoinAsync(Visitor browser, string email = "ada@example.org", ModeratorRole role = ModeratorRole.Moderator)
    {
        var page = await browser.OpenAsync(await InviteAsync(email, role));
        var key = Visitor.KeyOn(page);
        var welcome = await browser.SendAsync(page, "join", ("name", "Ada"), ("password", Password), ("code", CodeNow(key)));
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        return new Person(browser, email, key, [.. welcome.QuerySelectorAll(".codes code").Select(code => code.TextContent)]);
    }

    /// <summary>Both steps, half a minute after whatever was before, since a code works once.</summary>
    /// <param name="browser">Null for a new one.</param>
    public async Task<Visitor> SignInAsync(Person person, string start = "/moderation/sign-in", Visitor? browser = null)
    {
        Site.Clock.Advance(TimeSpan.FromMinutes(1));
        browser ??= Visit();
        await browser.SendAsync(await browser.OpenAsync(start), "password", ("email", person.Email), ("password", Password));
        Assert.StartsWith("/moderation/sign-in/code", browser.Location, StringComparison.Ordinal);
        await browser.SendAsync(await browser.OpenAsync(browser.Location!), "code", ("code", CodeNow(person.Key)));
        return browser;
    }

    public string CodeNow(string key) => Authenticator.CodeAt(key, Site.Clock.GetUtcNow());

    public void Dispose() => Site.Dispose();
}

/// <param name="Browser">Where the person is signed in since joining.</param>
public sealed record Person(Visitor Browser, string Email, string Key, IReadOnlyList<string> RecoveryCodes);

/// <summary>A browser without script: it opens a page, fills a form in and sends it with everything that is hidden in it.</summary>
public sealed class Visitor(HttpClient client)
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
            .Select(field => (Name: field.GetAttribute("name")!, Value: field is IHtmlSelectElement select ? select.Value ?? "" : field.GetAttribute("value") ?? ""))
            .Where(field => typed.All(one => one.Name != field.Name))
            .Concat(typed)
            .Select(field => KeyValuePair.Create(field.Name, field.Value));
        using var content = new FormUrlEncodedContent(fields);
        using var answer = await client.PostAsync(new Uri(element.GetAttribute("action")!, UriKind.RelativeOrAbsolute), content, Xunit.TestContext.Current.CancellationToken);
        return await ReadAsync(answer);
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
        return (answer.Content.Headers.ContentType?.ToString(), await answer.Content.ReadAsStringAsync(Xunit.TestContext.Current.CancellationToken));
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
