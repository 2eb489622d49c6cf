using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using ArmTwitch.Comments;
using ArmTwitch.Comments.TextCleaning;
using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Comments;

/// <summary>The real site, and a reader who sends comments to it.</summary>
internal sealed class CommentTestSite : IDisposable
{
    public const string Article = "/articles/arm-muscle-twitching";

    public CommentTestSite(DatabaseKind database, params (string Key, string Value)[] settings)
        : this(new TestSite(database: database, settings: settings))
    {
    }

    public CommentTestSite(TestSite site) => (Site, Reader) = (site, site.Visit());

    public TestSite Site { get; }

    public HttpClient Reader { get; }

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public Task<HttpResponseMessage> GetAsync(string address) => Reader.GetAsync(new Uri(address, UriKind.Relative), Stop);

    public Task<HttpResponseMessage> PostAsync(string address, params (string Name, string Value)[] fields) =>
        Reader.PostAsync(
            new Uri(address, UriKind.Relative),
            new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))), Stop);

    public Task<HttpResponseMessage> WriteAsync(
        string body, string name = "Ada", string email = "", string parent = "", string article = Article) =>
        PostAsync($"{article}/comments", ("name", name), ("email", email), ("body", body), ("website", ""), ("parent", parent));

    /// <summary>Sends a comment and moves the clock until the limits allow the next one.</summary>
    /// <returns>The address of the author's page.</returns>
    public async Task<string> WriteOneAsync(string body, string parent = "")
    {
        using var answer = await WriteAsync(body, parent: parent);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Site.Clock.Advance(TimeSpan.FromHours(3));
        return answer.Headers.Location!.ToString();
    }

    public async Task<IHtmlDocument> SeeAsync(string address)
    {
        using var answer = await GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await ReadAsync(answer);
    }

    public static async Task<IHtmlDocument> ReadAsync(HttpResponseMessage answer) =>
        new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Stop));

    /// <returns>The text that the form for a comment gives back.</returns>
    public static async Task<string> ReadTypedAsync(HttpResponseMessage answer) =>
        ((IHtmlTextAreaElement)(await ReadAsync(answer)).GetElementById("field-body")!).Value;

    public async Task<IReadOnlyList<Comment>> CommentsAsync()
    {
        await using var db = await OpenAsync();
        return await db.Set<Comment>().AsNoTracking().OrderBy(comment => comment.WrittenAt).ToListAsync(Stop);
    }

    /// <summary>Puts a comment into a state as a moderator would.</summary>
    public async Task SetAsync(Guid id, CommentStatus status)
    {
        await using var db = await OpenAsync();
        var comment = await db.Set<Comment>().SingleAsync(one => one.Id == id, Stop);
        comment.Status = status;
        comment.IsWaiting = status is CommentStatus.Pending;
        comment.ShownText = status.IsPublished() ? CommentTextCleaner.Clean(comment.Text) : null;
        comment.ShownAt ??= comment.ShownText is null ? null : Site.Clock.GetUtcNow();
        await db.SaveChangesAsync(Stop);
        Site.Get<CommentChangeNotifier>().Notify(comment, isSeen: true);
    }

    public async Task<Guid> WriteApprovedAsync(string body, string parent = "")
    {
        await WriteOneAsync(body, parent);
        var id = (await CommentsAsync())[^1].Id;
        await SetAsync(id, CommentStatus.Approved);
        return id;
    }

    public Task<ArmTwitchDb> OpenAsync() => Site.Get<IDbContextFactory<ArmTwitchDb>>().CreateDbContextAsync(Stop);

    public void Dispose()
    {
        Reader.Dispose();
        Site.Dispose();
    }
}
