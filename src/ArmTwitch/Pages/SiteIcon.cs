using System.Buffers.Binary;
using System.Text;
using SkiaSharp;

namespace ArmTwitch.Pages;

/// <summary>The icon of the site, drawn once: as SVG, and as the pictures of a favicon for browsers that know no SVG.</summary>
internal static class SiteIcon
{
    private const int Size = 32;
    private const int CornerRadius = 7;
    private const float StrokeWidth = 2.6f;

    /// <summary>A twitch on the line of an electromyogram.</summary>
    private const string Pulse = "M4 18h5l3-9 5 15 4-10 2 4h5";

    private const int DirectoryBytes = 6;
    private const int EntryBytes = 16;

    /// <summary>The sizes that browsers ask for in tabs, bookmarks and on desktops; in pixels.</summary>
    private static readonly byte[] FaviconSizes = [16, 32, 48];

    public static byte[] ToSvg() => Encoding.UTF8.GetBytes(FormattableString.Invariant(
        $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Size} {Size}"><rect width="{Size}" height="{Size}" rx="{CornerRadius}" fill="{DesignTokens.Light("brand")}"/><path d="{Pulse}" fill="none" stroke="{DesignTokens.Light("on-brand")}" stroke-width="{StrokeWidth}" stroke-linejoin="round" stroke-linecap="round"/></svg>
        """));

    /// <returns>An ICO file with a PNG of each size.</returns>
    public static byte[] ToFavicon()
    {
        var pictures = Array.ConvertAll(FaviconSizes, Draw);
        var offset = DirectoryBytes + (EntryBytes * pictures.Length);
        var file = new byte[offset + pictures.Sum(picture => picture.Length)];
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(2), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(4), (ushort)pictures.Length);
        for (var number = 0; number < pictures.Length; number++)
        {
            var entry = file.AsSpan(DirectoryBytes + (EntryBytes * number), EntryBytes);
            entry[0] = entry[1] = FaviconSizes[number];
            BinaryPrimitives.WriteUInt16LittleEndian(entry[4..], 1);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[6..], 32);
            BinaryPrimitives.WriteInt32LittleEndian(entry[8..], pictures[number].Length);
            BinaryPrimitives.WriteInt32LittleEndian(entry[12..], offset);
            pictures[number].CopyTo(file, offset);
            offset += pictures[number].Length;
        }

        return file;
    }

    private static byte[] Draw(byte pixels)
    {
        using var surface = SKSurface.Create(new SKImageInfo(pixels, pixels));
        var canvas = surface.Canvas;
        canvas.Scale((float)pixels / Size);
        using var ground = new SKPaint { Color = SKColor.Parse(DesignTokens.Light("brand")), IsAntialias = true };
        canvas.DrawRoundRect(0, 0, Size, Size, CornerRadius, CornerRadius, ground);
        using var stroke = new SKPaint
        {
            Color = SKColor.Parse(DesignTokens.Light("on-brand")),
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = StrokeWidth,
            StrokeJoin = SKStrokeJoin.Round,
            StrokeCap = SKStrokeCap.Round,
        };
        using var line = SKPath.ParseSvgPathData(Pulse);
        canvas.DrawPath(line, stroke);
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }
}
