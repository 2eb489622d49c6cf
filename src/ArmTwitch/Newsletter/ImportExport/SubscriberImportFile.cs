using System.Security.Cryptography;
using ArmTwitch.Data.Files;
using ArmTwitch.Newsletter.ImportExport.Statuses;

namespace ArmTwitch.Newsletter.ImportExport;

/// <summary>A file with a table of subscribers, as it was uploaded: what is imported is byte for byte what was looked at.</summary>
/// <remarks>One reader at a time.</remarks>
public sealed class SubscriberImportFile : IAsyncDisposable
{
    private const int BlockSize = 64 * 1024;

    private readonly Stream content;

    public SubscriberImportFile(byte[] bytes) : this(new MemoryStream(bytes), Convert.ToHexStringLower(SHA256.HashData(bytes)))
    {
    }

    private SubscriberImportFile(Stream content, string hash) => (this.content, Hash) = (content, hash);

    /// <summary>SHA-256, for the audit: it tells whether two imports were of the same file.</summary>
    public string Hash { get; }

    /// <summary>As it was called where it came from: it may tell the status of the list. Empty when it has no name.</summary>
    public string Name { get; set; } = "";

    /// <summary>The status of the list, as an editor says; null for nothing.</summary>
    public ListStatusAnswer? ListStatus { get; set; }

    /// <summary>Holds for the rows without consent columns; null where the file alone counts.</summary>
    public SubscriberImportConsent? Consent { get; set; }

    /// <summary>Keeps an upload in a private file until the result is disposed.</summary>
    /// <param name="folder">Made when it does not exist.</param>
    /// <param name="progress">Is told how many bytes have come.</param>
    /// <exception cref="IOException">The disk is full, or the upload has ended early.</exception>
    public static async Task<SubscriberImportFile> KeepAsync(
        Stream upload, string folder, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        OwnerOnlyFiles.MakeFolder(folder);
        var options = OwnerOnlyFiles.Options(FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete);
        options.Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous;
        var path = Path.Combine(folder, $"{Guid.NewGuid():N}.csv");
        var kept = new FileStream(path, options);
        try
        {
            // Without a name it is gone even when the program is killed.
            if (!OperatingSystem.IsWindows())
                File.Delete(path);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var block = new byte[BlockSize];
            for (int count; (count = await upload.ReadAsync(block, cancellationToken)) > 0;)
            {
                await kept.WriteAsync(block.AsMemory(0, count), cancellationToken);
                hash.AppendData(block, 0, count);
                progress?.Report(kept.Position);
            }

            await kept.FlushAsync(cancellationToken);
            return new SubscriberImportFile(kept, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        catch
        {
            await kept.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a file of whoever runs the machine.</summary>
    public static async Task<SubscriberImportFile> OpenAsync(string path, CancellationToken cancellationToken = default)
    {
        Stream file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (!file.CanSeek)
        {
            // A pipe can be read once only.
            await using var pipe = file;
            var all = new MemoryStream();
            await pipe.CopyToAsync(all, cancellationToken);
            return new SubscriberImportFile(all.ToArray()) { Name = Path.GetFileName(path) };
        }

        return new SubscriberImportFile(file, Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken)))
        {
            Name = Path.GetFileName(path),
        };
    }

    public ValueTask DisposeAsync() => content.DisposeAsync();

    /// <summary>Looks through the whole file. Nothing has been imported when it cannot be read to its end.</summary>
    /// <exception cref="FormatException">It is no table of subscribers.</exception>
    internal SubscriberCsvReader Read(CancellationToken cancellationToken = default)
    {
        SubscriberFileEncoding.Check(content);
        return SubscriberCsvReader.Read(() => SubscriberFileEncoding.Open(content), Consent, Name, ListStatus, cancellationToken);
    }
}
