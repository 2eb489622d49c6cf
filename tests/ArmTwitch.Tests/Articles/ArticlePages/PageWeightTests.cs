using System.IO.Compression;
using ArmTwitch.Articles;

namespace ArmTwitch.Tests.Articles.ArticlePages;

public sealed class PageWeightTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private const int MostBytes = 20 * 1024;

    /// <summary>What a reader of a stored page gets: Brotli at its best, which the program makes in the background.</summary>
    [Fact]
    public async Task Every_article_is_20_KB_in_Brotli()
    {
        var heavy = new List<string>();
        foreach (var article in shared.Site.Get<ArticleLibrary>().Current.Latest)
        {
            var page = await shared.Visitor.GetByteArrayAsync(
                new Uri(article.Address, UriKind.Relative), Xunit.TestContext.Current.CancellationToken);
            if (Packed(page) is > MostBytes and var bytes)
                heavy.Add($"{article.Slug}: {bytes}");
        }

        Assert.True(heavy.Count is 0, string.Join('\n', heavy));
    }

    private static int Packed(byte[] page)
    {
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(page.Length)];
        Assert.True(BrotliEncoder.TryCompress(page, packed, out var bytes, quality: 11, window: 22));
        return bytes;
    }
}
