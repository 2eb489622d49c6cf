using MimeKit;

namespace ArmTwitch.Newsletter.Bounces;

/// <summary>Reads a file that a mailbox tool has written: one mail, or several of them as an mbox (RFC 4155).</summary>
internal static class BounceFileReader
{
    /// <param name="reports">Gets what the mails report, also where the file is broken further down.</param>
    /// <returns>False when it is no mail, or not to the end.</returns>
    public static bool TryRead(byte[] file, ICollection<BounceReport> reports)
    {
        try
        {
            var bytes = Tidied(file);
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
            // Whatever a parser throws at a stranger's bytes.
            return false;
        }
    }

    /// <summary>
    /// Without a byte order mark and empty lines before the head, and with line ends of today where there are only those of old Macs.
    /// </summary>
    private static byte[] Tidied(byte[] file)
    {
        var text = file.AsSpan();
        if (text.StartsWith("\uFEFF"u8))
            text = text["\uFEFF"u8.Length..];
        byte[] tidied = [.. text.TrimStart("\r\n"u8)];
        if (!tidied.AsSpan().Contains((byte)'\n'))
            tidied.AsSpan().Replace((byte)'\r', (byte)'\n');
        return tidied;
    }
}
