using System.Text;

namespace ArmTwitch.Newsletter.ImportExport;

/// <summary>What a file is made of, found out before anything of it is read as a table.</summary>
internal static class SubscriberFileEncoding
{
    private const int BlockSize = 64 * 1024, Sample = 4;

    private const string AsTable = "Open it, save it as \"CSV UTF-8\", and choose that file.";

    private const string OtherFile = "Export the list from the other program as a table (CSV), and choose that file.";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file as text: UTF-8, or UTF-16 with a byte order mark; Excel writes both.</summary>
    public static StreamReader Open(Stream file)
    {
        file.Position = 0;
        // StreamReader detects UTF-16 and UTF-32 by the byte order mark.
        return new StreamReader(file, Strict, detectEncodingFromByteOrderMarks: true, BlockSize, leaveOpen: true);
    }

    /// <summary>Reads the whole file once, in blocks.</summary>
    /// <exception cref="FormatException">It is no text, or in another encoding.</exception>
    public static void Check(Stream file)
    {
        file.Position = 0;
        var block = new byte[BlockSize];
        var count = file.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
        RefuseOther(block.AsSpan(0, count));
        if (block is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            return;
        var (decoder, line) = (Strict.GetDecoder(), 1);
        var text = new char[Strict.GetMaxCharCount(BlockSize)];
        try
        {
            for (; count > 0; count = file.Read(block))
            {
                decoder.GetChars(block, 0, count, text, 0, flush: false);
                line += block.AsSpan(0, count).Count((byte)'\n');
            }

            decoder.GetChars(block, 0, 0, text, 0, flush: true);
        }
        catch (DecoderFallbackException broken)
        {
            line += block.AsSpan(0, Math.Clamp(broken.Index, 0, count)).Count((byte)'\n');
            throw new FormatException($"Line {line}: the table is not UTF-8; it looks like Windows-1252, the \"CSV\" of Excel. "
                + "Save it as \"CSV UTF-8\".");
        }
    }

    private static void RefuseOther(ReadOnlySpan<byte> start)
    {
        if (KindOf(start) is { } kind)
            throw new FormatException(kind);
        if (start.Length >= Sample && IsUtf16WithoutMark(start[..Sample]))
            throw new FormatException("The table is in UTF-16 without its mark. Save it as \"CSV UTF-8\".");
    }

    /// <summary>By how the file begins, whatever its name is.</summary>
    /// <returns>What it is and what to do, in words for the editor; null for what may be a table.</returns>
    private static string? KindOf(ReadOnlySpan<byte> start) =>
        start.StartsWith("PK\x3\x4"u8)
            ? start.IndexOf("mimetypeapplication/vnd.oasis"u8) >= 0
                ? $"This is a workbook of LibreOffice, not a table of text. {AsTable}"
            : start.IndexOf("[Content_Types].xml"u8) >= 0 || start.IndexOf("xl/"u8) >= 0
                ? $"This is an Excel workbook, not a table of text. {AsTable}"
            : "This is a ZIP file. Unpack it, and choose a table (.csv) from it: Mailchimp, for one, packs its export so."
        // Excel of before 2007, in the container that other old programs of Microsoft write, too.
        : start is [0xD0, 0xCF, 0x11, 0xE0, ..] ? $"This is an old Excel workbook (.xls), not a table of text. {AsTable}"
        : start is [0x1F, 0x8B, ..] ? "This file is compressed (gzip). Unpack it, and choose the table (.csv) in it."
        : start is [(byte)'7', (byte)'z', 0xBC, 0xAF, ..] || start.StartsWith("Rar!"u8) ? "This file is an archive. Unpack it, and choose the table (.csv) in it."
        : start.StartsWith("%PDF-"u8) ? $"This is a PDF. {OtherFile}"
        : start is [0x89, (byte)'P', (byte)'N', (byte)'G', ..] or [0xFF, 0xD8, 0xFF, ..] || start.StartsWith("GIF8"u8)
            ? $"This is a picture. {OtherFile}"
        : start.StartsWith("{\\rtf"u8) ? $"This is a document with formatting (RTF). {OtherFile}"
        : null;

    /// <summary>Every second byte of Latin letters is 0.</summary>
    private static bool IsUtf16WithoutMark(ReadOnlySpan<byte> start) =>
        start is [not 0, 0, not 0, 0] or [0, not 0, 0, not 0];
}
