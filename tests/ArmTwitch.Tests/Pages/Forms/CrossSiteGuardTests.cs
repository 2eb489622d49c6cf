using ArmTwitch.Tests.Comments;

namespace ArmTwitch.Tests.Pages.Forms;

/// <summary>Which requests from where may change something, and which may not.</summary>
public sealed class CrossSiteGuardTests : IDisposable
{
    private const string Own = "https://armtwitch.test", OwnHost = "http://localhost", Other = "https://evil.example";

    private readonly CommentTestSite site = new(new TestSite(settings: [("Limits:Enabled", "false")]));

    /// <summary>What a browser says of where it comes from, and whether that passes where a token is the right, and elsewhere.</summary>
    private static readonly (string? FetchSite, string? Origin, bool ByToken, bool Elsewhere)[] Matrix =
    [
        (null, null, true, true),
        ("same-origin", null, true, true),
        ("same-origin", "null", true, true),
        ("same-origin", Other, true, true),
        ("none", null, true, true),
        ("same-site", null, false, false),
        ("same-site", Own, false, false),
        ("cross-site", null, false, false),
        ("cross-site", "null", false, false),
        ("cross-site", Own, false, false),
        (null, Own, true, true),
        (null, OwnHost, true, true),
        (null, "https://localhost", true, true),
        (null, "null", true, false),
        (null, Other, false, false),
        (null, $"{Own}.evil.example", false, false),
        (null, "https://localhost:99", false, false),
    ];

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => site.Dispose();

    [Theory]
    [InlineData("/newsletter/confirm", 422, true)]
    [InlineData("/newsletter/manage/unknown", 404, true)]
    [InlineData("(writer)", 422, true)]
    [InlineData("/newsletter/subscribe", 422, false)]
    [InlineData("/newsletter/manage", 422, false)]
    [InlineData("/articles/arm-muscle-twitching/comments", 422, false)]
    [InlineData("/articles/arm-muscle-twitching/feedback", 422, false)]
    [InlineData("/moderation/sign-in", 400, false)]
    [InlineData("/moderation/passkeys/request", 400, false)]
    public async Task Only_our_own_pages_change_something_and_a_token_also_without_origin(string address, int passed, bool byToken)
    {
        if (address is "(writer)")
            address = await site.WriteOneAsync("My own words.");
        var wrong = new List<string>();
        foreach (var (fetchSite, origin, passesByToken, passesElsewhere) in Matrix)
        {
            var expected = (byToken ? passesByToken : passesElsewhere) ? passed : 403;
            var status = await PostAsync(address, fetchSite, origin);
            if (status != expected)
                wrong.Add($"Sec-Fetch-Site {fetchSite ?? "absent"}, Origin {origin ?? "absent"}: {status} instead of {expected}");
        }

        Assert.Empty(wrong);
    }

    /// <summary>A mail program, also one on the web, leaves for its owner; nobody else has the token.</summary>
    [Fact]
    public async Task Leaving_and_muting_pass_wherever_they_come_from()
    {
        var mute = $"{await site.WriteOneAsync("My own words.")}/mute";
        foreach (var (fetchSite, origin, _, _) in Matrix)
        {
            Assert.Equal(200, await PostAsync("/newsletter/unsubscribe?token=unknown", fetchSite, origin));
            Assert.Equal(200, await PostAsync(mute, fetchSite, origin));
        }
    }

    private async Task<int> PostAsync(string address, string? fetchSite, string? origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, UriKind.Relative))
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("token", "unknown")])
        };
        if (fetchSite is not null)
            request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", fetchSite);
        if (origin is not null)
            request.Headers.TryAddWithoutValidation("Origin", origin);
        using var answer = await site.Reader.SendAsync(request, Stop);
        return (int)answer.StatusCode;
    }
}
