using System.IO.Compression;
using System.Net;
using System.Text;

namespace ArmTwitch.Tests.Pages.Store;

/// <summary>The codings of a page, and the tags by which a reader asks whether the own copy is still good.</summary>
public sealed class EntityTagTests(SharedSiteFixture site) : IClassFixture<SharedSiteFixture>
{
    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    [InlineData("identity")]
    public async Task Each_coding_holds_the_same_page_under_its_own_tag(string coding)
    {
        using var plain = await site.AskAsync(HttpMethod.Get, "/articles/arm-muscle-twitching");
        using var coded = await site.AskAsync(HttpMethod.Get, "/articles/arm-muscle-twitching", ("Accept-Encoding", coding));

        Assert.Equal(coding is "identity" ? [] : [coding], coded.Content.Headers.ContentEncoding);
        Assert.Equal("Accept-Encoding", coded.Headers.Vary.Single());
        Assert.Equal("public, max-age=0, must-revalidate", string.Join(", ", coded.Headers.GetValues("Cache-Control")
            .SelectMany(value => value.Split(", ")).OrderByDescending(value => value is "public").ThenBy(value => value)));
        Assert.False(coded.Headers.ETag!.IsWeak);
        Assert.Equal(coding is "identity", plain.Headers.ETag!.Equals(coded.Headers.ETag));
        Assert.Equal(await plain.Content.ReadAsStringAsync(Stop), Decode(coding, await coded.Content.ReadAsByteArrayAsync(Stop)));
    }

    [Theory]
    [InlineData("{0}", true)]
    [InlineData("W/{0}", true)]
    [InlineData("\"other\", {0}", true)]
    [InlineData("*", true)]
    [InlineData("\"other\"", false)]
    [InlineData("nonsense", false)]
    public async Task A_reader_who_has_the_page_is_told_so(string header, bool has)
    {
        using var first = await site.AskAsync(HttpMethod.Get, "/about", ("Accept-Encoding", "br"));
        var tag = first.Headers.ETag!.ToString();

        using var second = await site.AskAsync(
            HttpMethod.Get, "/about", ("Accept-Encoding", "br"), ("If-None-Match", header.Replace("{0}", tag, StringComparison.Ordinal)));

        Assert.Equal(has ? HttpStatusCode.NotModified : HttpStatusCode.OK, second.StatusCode);
        if (has)
        {
            Assert.Empty(await second.Content.ReadAsByteArrayAsync(Stop));
            Assert.NotNull(second.Headers.ETag);
        }
    }

    [Theory]
    [InlineData("\"{0}\"", true)]
    [InlineData("W/\"{0}\"", true)]
    [InlineData("\"{0}-gzip\"", true)]
    [InlineData("\"{0}-br5\"", true)]
    [InlineData("W/\"{0}-br\"", true)]
    [InlineData("\"other\", W/\"{0}-gzip\"", true)]
    [InlineData("\"{0}x\"", false)]
    [InlineData("\"{0}-\"", false)]
    [InlineData("\"{0}-gzipped\"", false)]
    [InlineData("\"{0}-br55\"", false)]
    [InlineData("\"x{0}\"", false)]
    [InlineData("\"{0}", false)]
    [InlineData("\"other\", \"{0}x\"", false)]
    public async Task Only_a_tag_that_the_site_gives_names_the_page(string header, bool has)
    {
        using var plain = await site.AskAsync(HttpMethod.Get, "/about");
        var tag = plain.Headers.ETag!.Tag.Trim('"');

        using var answer = await site.AskAsync(
            HttpMethod.Get, "/about", ("If-None-Match", header.Replace("{0}", tag, StringComparison.Ordinal)));

        Assert.Equal(has ? HttpStatusCode.NotModified : HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task The_main_article_stays_within_30_kilobytes()
    {
        using var answer = await site.AskAsync(HttpMethod.Get, "/articles/arm-muscle-twitching", ("Accept-Encoding", "br"));

        Assert.InRange((await answer.Content.ReadAsByteArrayAsync(Stop)).Length, 1, 30 * 1024);
    }

    private static string Decode(string coding, byte[] bytes)
    {
        using var packed = new MemoryStream(bytes);
        using Stream plain = coding switch
        {
            "br" => new BrotliStream(packed, CompressionMode.Decompress),
            "gzip" => new GZipStream(packed, CompressionMode.Decompress),
            _ => packed,
        };
        using var reader = new StreamReader(plain, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
