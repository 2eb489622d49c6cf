using System.Net;
using ArmTwitch.Moderators.Layout;
using ArmTwitch.Pages;

namespace ArmTwitch.Tests.Pages;

/// <summary>The web font of headings, which is the site's own and asked for once.</summary>
public sealed class HeadingFontTests(SharedSiteFixture site) : IClassFixture<SharedSiteFixture>
{
    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_browser_keeps_the_font_for_a_year()
    {
        using var response = await site.AskAsync(HttpMethod.Get, HeadingFont.Address);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("font/woff2", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("public, max-age=31536000, immutable", response.Headers.GetValues("Cache-Control").Single());
        Assert.Equal(HeadingFont.Bytes(), await response.Content.ReadAsByteArrayAsync(Stop));
    }

    [Fact]
    public void The_font_weighs_at_most_25_KB() => Assert.InRange(HeadingFont.Bytes().Length, 1, 25 * 1024);

    [Theory]
    [InlineData("/fonts/bitter.0123456789ab.woff2")]
    [InlineData("/fonts/Bitter.woff2")]
    [InlineData("/fonts/")]
    public async Task An_address_without_its_hash_has_no_font(string address)
    {
        using var response = await site.AskAsync(HttpMethod.Get, address);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task A_page_loads_the_font_early_that_its_stylesheet_names_and_its_policy_allows()
    {
        using var response = await site.AskAsync(HttpMethod.Get, "/");
        var html = await response.Content.ReadAsStringAsync(Stop);

        Assert.Contains(
            $"""<link rel="preload" href="{HeadingFont.Address}" as="font" type="font/woff2" crossorigin""", html, StringComparison.Ordinal);
        Assert.Contains($"url({HeadingFont.Address})", html, StringComparison.Ordinal);
        Assert.Contains("font-src 'self';", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    public static TheoryData<string> OtherStylesheets => [.. ModerationAssets.Stylesheets, "mail.css"];

    [Theory]
    [MemberData(nameof(OtherStylesheets))]
    public void Screens_and_mails_have_the_fonts_of_the_device(string stylesheet) =>
        Assert.DoesNotContain("var(--heading)", EmbeddedAssets.Text(stylesheet), StringComparison.Ordinal);
}
