using System.Security.Cryptography;

namespace ArmTwitch.Newsletter.ImportExport;

/// <summary>A file with a table of subscribers, as it was uploaded: what is imported is byte for byte what was looked at.</summary>
public sealed class SubscriberImportFile
{
    private readonly byte[] bytes;

    public SubscriberImportFile(byte[] bytes) => (this.bytes, Hash) = (bytes, Convert.ToHexStringLower(SHA256.HashData(bytes)));

    /// <summary>SHA-256, for the audit: it tells whether two imports were of the same file.</summary>
    public string Hash { get; }

    /// <exception cref="FormatException">It is in another encoding.</exception>
    internal string Decode() => SubscriberCsvReader.Decode(bytes);
}
