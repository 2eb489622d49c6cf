using ArmTwitch.Pages.Store;

namespace ArmTwitch.Tests.Pages.Store;

public sealed class AcceptEncodingTests
{
    [Theory]
    [InlineData("gzip, deflate, br, zstd", PageContentEncoding.Brotli)]
    [InlineData("gzip, deflate", PageContentEncoding.Gzip)]
    [InlineData("x-gzip", PageContentEncoding.Gzip)]
    [InlineData("deflate", PageContentEncoding.Identity)]
    [InlineData("identity", PageContentEncoding.Identity)]
    [InlineData("", PageContentEncoding.Identity)]
    [InlineData("*", PageContentEncoding.Brotli)]
    [InlineData("BR", PageContentEncoding.Brotli)]
    [InlineData("br;q=0", PageContentEncoding.Identity)]
    [InlineData("br;q=0, gzip", PageContentEncoding.Gzip)]
    [InlineData("br;q=0.5, gzip;q=0.8", PageContentEncoding.Gzip)]
    [InlineData("br;q=0.8, gzip;q=0.8", PageContentEncoding.Brotli)]
    [InlineData("br;q=0.5, identity", PageContentEncoding.Identity)]
    [InlineData("*;q=0", PageContentEncoding.Identity)]
    [InlineData("br, *;q=0", PageContentEncoding.Brotli)]
    [InlineData("brotli", PageContentEncoding.Identity)]
    [InlineData("sabre", PageContentEncoding.Identity)]
    [InlineData("br;q=nonsense", PageContentEncoding.Identity)]
    public void The_reader_gets_the_coding_they_like_best(string header, PageContentEncoding coding) =>
        Assert.Equal(coding, AcceptEncoding.Choose(header));

    [Fact]
    public void A_stranger_with_many_values_cannot_keep_a_common_one_from_being_remembered()
    {
        for (var i = 0; i < 1000; i++)
            AcceptEncoding.Choose($"br, made-up-{i}");
        AcceptEncoding.Choose("br, common");

        Assert.True(AcceptEncoding.Remembers("br, common"));
    }

    [Fact]
    public void A_long_value_is_not_remembered()
    {
        var header = "br, " + new string('x', 10_000);

        Assert.Equal(PageContentEncoding.Brotli, AcceptEncoding.Choose(header));
        Assert.False(AcceptEncoding.Remembers(header));
    }
}
