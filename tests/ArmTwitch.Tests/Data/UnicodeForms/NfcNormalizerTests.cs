using System.Text;
using ArmTwitch.Data.UnicodeForms;
using CsCheck;

namespace ArmTwitch.Tests.Data.UnicodeForms;

public sealed class NfcNormalizerTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("e\u0301", "\u00E9")]
    [InlineData("\u00E9", "\u00E9")]
    [InlineData("A\u030A", "\u00C5")]
    [InlineData("\u212B", "\u00C5")]
    [InlineData("a\u0323\u0302", "\u1EAD")]
    [InlineData("a\u0302\u0323", "\u1EAD")]
    [InlineData("a\u0307\u0323\u0307", "\u1EA1\u0307\u0307")]
    [InlineData("\u0958", "\u0915\u093C")]
    [InlineData("\u09C7\u09BE", "\u09CB")]
    [InlineData("\u09C7\u0301\u09BE", "\u09C7\u0301\u09BE")]
    [InlineData("\u1112\u1161\u11AB", "\uD55C")]
    [InlineData("\uD558\u11AB", "\uD55C")]
    [InlineData("\u1112\u0301\u1161", "\u1112\u0301\u1161")]
    [InlineData("\u0344", "\u0308\u0301")]
    [InlineData("\uF900", "\u8C48")]
    [InlineData("\U0002F800", "\u4E3D")]
    [InlineData("\uFB01 \u00BD \uFF21", "\uFB01 \u00BD \uFF21")]
    [InlineData("<\u0338", "\u226E")]
    public void Signs_that_look_the_same_are_the_same(string typed, string composed) =>
        Assert.Equal(composed, NfcNormalizer.Compose(typed));

    [Fact]
    public void Composing_twice_is_composing_once() =>
        Gen.Int[0x20, 0x2FFFF].Where(rune => rune is < 0xD800 or > 0xDFFF).Select(rune => new Rune(rune).ToString())
            .Array[1, 6].Select(string.Concat)
            .Sample(typed => NfcNormalizer.Compose(NfcNormalizer.Compose(typed)) == NfcNormalizer.Compose(typed));
}
