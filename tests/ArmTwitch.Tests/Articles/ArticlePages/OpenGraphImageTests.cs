using ArmTwitch.Articles.ArticlePages;
using SkiaSharp;

namespace ArmTwitch.Tests.Articles.ArticlePages;

public sealed class OpenGraphImageTests
{
    [Theory]
    [InlineData("Myths about muscle twitching, and what is true")]
    [InlineData("Arm muscle twitching: why it happens and what to do")]
    [InlineData("Benign fasciculation syndrome: years of twitching, still harmless")]
    [InlineData("Electromyography, electroencephalography and neuropsychopharmacology")]
    public void The_title_keeps_away_from_the_line_below_it(string title)
    {
        const int Away = 24;
        using var bare = SKBitmap.Decode(OpenGraphImage.Draw("", "ArmTwitch"));
        using var titled = SKBitmap.Decode(OpenGraphImage.Draw(title, "ArmTwitch"));

        var line = RowsOf(bare, bare.GetPixel(0, 0)).First();
        var lettersEnd = RowsOf(titled, titled.GetPixel(0, 0)).TakeWhile(row => row < line - 1).Last();

        Assert.InRange(line - lettersEnd, Away, line);
        for (var row = lettersEnd + 1; row < bare.Height; row++)
            Assert.Equal(Row(bare, row), Row(titled, row));
    }

    /// <summary>The rows that have more than the ground.</summary>
    private static IEnumerable<int> RowsOf(SKBitmap picture, SKColor ground) =>
        Enumerable.Range(0, picture.Height).Where(row => Row(picture, row).Any(pixel => pixel != ground));

    private static SKColor[] Row(SKBitmap picture, int row) =>
        [.. Enumerable.Range(0, picture.Width).Select(column => picture.GetPixel(column, row))];
}
