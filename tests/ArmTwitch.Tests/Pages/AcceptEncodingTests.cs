using ArmTwitch.Pages;

namespace ArmTwitch.Tests.Pages;

public sealed class AcceptEncodingTests
{
    [Theory]
    [InlineData("gzip, deflate, br, zstd", ContentCoding.Brotli)]
    [InlineData("gzip, deflate", ContentCoding.Gzip)]
    [InlineData("x-gzip", ContentCoding.Gzip)]
    [InlineData("deflate", ContentCoding.Identity)]
    [InlineData("identity", ContentCoding.Identity)]
    [InlineData("", ContentCoding.Identity)]
    [InlineData("*", ContentCoding.Brotli)]
    [InlineData("BR", ContentCoding.Brotli)]
    [InlineData("br;q=0", ContentCoding.Identity)]
    [InlineData("br;q=0, gzip", ContentCoding.Gzip)]
    [InlineData("br;q=0.5, gzip;q=0.8", ContentCoding.Gzip)]
    [InlineData("br;q=0.8, gzip;q=0.8", ContentCoding.Brotli)]
    [InlineData("br;q=0.5, identity", ContentCoding.Identity)]
    [InlineData("*;q=0", ContentCoding.Identity)]
    [InlineData("br, *;q=0", ContentCoding.Brotli)]
    [InlineData("brotli", ContentCoding.Identity)]
    [InlineData("sabre", ContentCoding.Identity)]
    [InlineData("br;q=nonsense", ContentCoding.Identity)]
    public void The_reader_gets_the_coding_they_like_best(string header, ContentCoding coding) => Assert.Equal(coding, AcceptEncoding.Choose(header));

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

        Assert.Equal(ContentCoding.Brotli, AcceptEncoding.Choose(header));
        Assert.False(AcceptEncoding.Remembers(header));
    }
}
