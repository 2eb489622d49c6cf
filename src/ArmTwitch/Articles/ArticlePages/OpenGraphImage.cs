using ArmTwitch.Pages;
using SkiaSharp;

namespace ArmTwitch.Articles.ArticlePages;

/// <summary>Draws the picture that stands for a page when somebody shares its address.</summary>
internal static class OpenGraphImage
{
    private const int Width = 1200;
    private const int Height = 630;
    private const int Margin = 90;
    private const float LargestTitle = 76;
    private const float SmallestTitle = 32;
    private const float LineHeight = 1.2f;

    /// <summary>Where the capitals of the title begin, and where the last letters end that hang below their line.</summary>
    private const int TitleTop = 75;
    private const int TitleBottom = 330;

    /// <summary>Its peak is seen from 360 down.</summary>
    private const string Pulse = "M90 500h360l45-135 75 225 60-150 30 60h450";

    /// <summary>How strong the site's name and the pulse are beside the title; of 255.</summary>
    private const byte QuietAlpha = 190;

    private static readonly Lazy<SKTypeface> Bold = new(
        () => SKTypeface.FromData(SKData.CreateCopy(EmbeddedAssets.Bytes("DejaVuSans-Bold.ttf"))));

    /// <returns>A PNG of 1200 by 630 pixels, the size that Open Graph readers expect.</returns>
    public static byte[] Draw(string title, string siteName)
    {
        using var surface = SKSurface.Create(new SKImageInfo(Width, Height));
        var canvas = surface.Canvas;
        canvas.Clear(SKColor.Parse(DesignTokens.Light("brand")));

        var inkColor = SKColor.Parse(DesignTokens.Light("on-brand"));
        var quietColor = inkColor.WithAlpha(QuietAlpha);
        using var ink = new SKPaint { Color = inkColor, IsAntialias = true };
        using var quiet = new SKPaint { Color = quietColor, IsAntialias = true };
        using var pulse = new SKPaint
        {
            Color = quietColor,
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = 10,
            StrokeJoin = SKStrokeJoin.Round,
            StrokeCap = SKStrokeCap.Round
        };
        using var line = SKPath.ParseSvgPathData(Pulse);
        canvas.DrawPath(line, pulse);

        using var titleFont = new SKFont(Bold.Value, LargestTitle);
        while (titleFont.Size > SmallestTitle && HeightOf(title, titleFont) > TitleBottom - TitleTop)
            titleFont.Size -= 2;
        var y = TitleTop + titleFont.Metrics.CapHeight;
        foreach (var text in Wrap(title, titleFont))
        {
            canvas.DrawText(text, Margin, y, SKTextAlign.Left, titleFont, ink);
            y += titleFont.Size * LineHeight;
        }

        using var nameFont = new SKFont(Bold.Value, 36);
        canvas.DrawText(siteName, Width - Margin, Height - 40, SKTextAlign.Right, nameFont, quiet);

        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private static float HeightOf(string title, SKFont font) =>
        font.Metrics.CapHeight + ((Wrap(title, font).Count() - 1) * font.Size * LineHeight) + font.Metrics.Descent;

    private static IEnumerable<string> Wrap(string title, SKFont font)
    {
        var line = "";
        foreach (var word in title.Split(' '))
        {
            var longer = line.Length is 0 ? word : $"{line} {word}";
            if (line.Length > 0 && font.MeasureText(longer) > Width - (2 * Margin))
            {
                yield return line;
                longer = word;
            }

            line = longer;
        }

        yield return line;
    }
}
