using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using ArmTwitch.Data;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.Subscribing;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace ArmTwitch.Tests.Newsletter;

/// <summary>The real site, and a reader who signs up on it.</summary>
internal sealed partial class NewsletterTestSite : IDisposable
{
    public NewsletterTestSite(DatabaseKind database = DatabaseKind.Sqlite, params (string Key, string Value)[] settings)
        : this(database, new FailingCommandInterceptor(), settings)
    {
    }

    public NewsletterTestSite(DatabaseKind database, FailingCommandInterceptor failing, params (string Key, string Value)[] settings)
    {
        Site = new TestSite(database: database, settings: settings).With(failing.AddTo);
        Reader = Site.Visit();
    }

    public TestSite Site { get; }

    public HttpClient Reader { get; }

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public Task<HttpResponseMessage> PostAsync(string address, params (string Name, string Value)[] fields) =>
        Reader.PostAsync(
            new Uri(address, UriKind.Relative),
            new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))), Stop);

    public Task<HttpResponseMessage> GetAsync(string address) => Reader.GetAsync(new Uri(address, UriKind.Relative), Stop);

    public Task<HttpResponseMessage> SubscribeAsync(string email) =>
        PostAsync("/newsletter/subscribe", ("email", email), ("website", ""), ("page", "/"));

    /// <summary>Has every form dealt with and every mail sent.</summary>
    /// <returns>All mails so far, the oldest first.</returns>
    public async Task<IReadOnlyList<MimeMessage>> WorkAsync()
    {
        while (await Site.Get<SignUpProcessor>().ProcessNextAsync(Stop))
        {
        }

        return await Site.SendMailsAsync(Stop);
    }

    /// <summary>Signs up and reads the mail.</summary>
    public async Task<MimeMessage> AskAsync(string email)
    {
        using var answer = await SubscribeAsync(email);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return (await WorkAsync())[^1];
    }

    /// <summary>Signs up, reads the mail, opens the link and presses the button.</summary>
    public async Task<Subscriber> JoinAsync(string email)
    {
        var mail = await AskAsync(email);
        using var answer = await PostAsync("/newsletter/confirm", ("token", TokenIn(mail)));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Site.Clock.Advance(TimeSpan.FromMinutes(11));
        return await FindAsync(email);
    }

    public async Task<Subscriber> FindAsync(string email)
    {
        await using var db = Site.Database();
        return await db.Set<Subscriber>().AsNoTracking().SingleAsync(one => one.Email == email, Stop);
    }

    public async Task<SubscriberState> StateAsync(Guid id)
    {
        await using var db = Site.Database();
        return await db.Set<Subscriber>().Where(one => one.Id == id).Select(one => one.State).SingleAsync(Stop);
    }

    public async Task<IReadOnlyList<T>> AllAsync<T>() where T : class
    {
        await using var db = Site.Database();
        return await db.Set<T>().AsNoTracking().ToListAsync(Stop);
    }

    public async Task<string> UnsubscribeTokenAsync(Guid id) => await Site.Get<SubscriberSecrets>().UnsubscribeTokenAsync(id, Stop);

    public static async Task<IHtmlDocument> ReadAsync(HttpResponseMessage answer) =>
        new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Stop));

    public static string TokenIn(MimeMessage mail) =>
        LinkToken().Match(mail.TextBody!) is { Success: true } found
            ? found.Groups[1].Value
            : throw new InvalidOperationException("There is no link in the mail");

    public static string CodeIn(MimeMessage mail) =>
        Code().Match(mail.TextBody!) is { Success: true } found
            ? found.Groups[1].Value + found.Groups[2].Value
            : throw new InvalidOperationException("There is no code in the mail");

    public void Dispose()
    {
        Reader.Dispose();
        Site.Dispose();
    }

    [GeneratedRegex(@"(?:token=|manage/)([A-Za-z0-9_-]{43})")]
    private static partial Regex LinkToken();

    [GeneratedRegex(@"^    (\d{4}) (\d{4})\r?$", RegexOptions.Multiline)]
    private static partial Regex Code();
}
