using MimeKit;

namespace ArmTwitch.Newsletter.Bounces;

/// <summary>Reads the file of a mailbox tool: one mail, or several as an mbox (RFC 4155).</summary>
internal static class BounceFileReader
{
    /// <param name="reports">Receives the reports, also those before a broken part of the file.</param>
    /// <returns>False when the file, or its end, is no mail.</returns>
    public static bool TryRead(byte[] file, ICollection<BounceReport> reports)
    {
        try
        {
            var bytes = Normalize(file);
            var isMbox = bytes.AsSpan().StartsWith("From "u8);
            using var mails = new MemoryStream(bytes);
            var parser = new MimeParser(mails, isMbox ? MimeFormat.Mbox : MimeFormat.Entity);
            do
            {
                using var message = parser.ParseMessage();
                foreach (var report in BounceReport.Parse(message))
                    reports.Add(report);
            }
            while (isMbox && !parser.IsEndOfStream);
            return true;
        }
        catch (Exception unreadable) when (unreadable is not OutOfMemoryException)
        {
            // The bytes come from outside: the parser may throw anything.
            return false;
        }
    }

    /// <summary>
    /// Removes a byte order mark and empty lines before the headers, and replaces line ends that are CR alone.
    /// </summary>
    private static byte[] Normalize(byte[] file)
    {
        var text = file.AsSpan();
        if (text.StartsWith("\uFEFF"u8))
            text = text["\uFEFF"u8.Length..];
        byte[] normalized = [.. text.TrimStart("\r\n"u8)];
        if (!normalized.AsSpan().Contains((byte)'\n'))
            normalized.AsSpan().Replace((byte)'\r', (byte)'\n');
        return normalized;
    }
}
