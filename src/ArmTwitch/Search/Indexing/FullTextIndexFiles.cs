using System.Security.Cryptography;
using System.Text;
using ArmTwitch.Articles.Content;
using ArmTwitch.Data;
using ArmTwitch.Data.Files;
using Microsoft.Data.Sqlite;

namespace ArmTwitch.Search.Indexing;

/// <summary>
/// Keeps the full-text index in the data folder, so that the next start finds it there. Its name holds a hash of all that it was made from
/// and one of its own bytes: it fits exactly and is whole, or it is made anew.
/// </summary>
internal sealed partial class FullTextIndexFiles(DataFolder data, TimeProvider clock, ILogger<FullTextIndexFiles> logger)
{
    private const string Ending = ".db";

    /// <summary>
    /// A build writes to its file all the time and takes seconds. One that was not written to for so long belongs to a program that was
    /// killed.
    /// </summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    /// <summary>Part of the name, because another version of the program may index otherwise.</summary>
    private static readonly byte[] Program = typeof(FullTextIndexFiles).Module.ModuleVersionId.ToByteArray();

    private string Folder => Path.Combine(data.FullPath, "search");

    /// <summary>The index of the content: from the data folder, or built and put there, or in memory when it cannot be put there.</summary>
    public FullTextIndex Get(ContentSnapshot content, CancellationToken cancellationToken)
    {
        var key = KeyOf(content);
        try
        {
            OwnerOnlyFiles.MakeFolder(Folder);
            return OpenFile(key) ?? BuildFile(key, content, cancellationToken);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or SqliteException)
        {
            LogNotKept(Folder, failed.Message);
            return FullTextIndex.Build(content.Latest, cancellationToken);
        }
    }

    /// <returns>Null when there is none, or only a damaged one.</returns>
    private FullTextIndex? OpenFile(string key)
    {
        foreach (var file in Directory.EnumerateFiles(Folder, $"{key}-*{Ending}"))
        {
            if (Path.GetFileName(file) == NameOf(key, file))
                return FullTextIndex.Open(file);
            LogDamaged(file);
            File.Delete(file);
        }

        return null;
    }

    private FullTextIndex BuildFile(string key, ContentSnapshot content, CancellationToken cancellationToken)
    {
        var part = Path.Combine(Folder, $"{Guid.NewGuid():N}.part");
        try
        {
            OwnerOnlyFiles.MakeFile(part);
            FullTextIndex.Build(content.Latest, part, cancellationToken);
            var file = Path.Combine(Folder, NameOf(key, part));
            File.Move(part, file, overwrite: true);

            var index = FullTextIndex.Open(file);
            DeleteOld(file);
            return index;
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>
    /// Deletes the other indexes, which a program that has one open can read to the end, and what a killed build left. What another program
    /// is building now stays.
    /// </summary>
    private void DeleteOld(string file)
    {
        var before = clock.GetUtcNow().UtcDateTime - Abandoned;
        foreach (var old in Directory.EnumerateFiles(Folder)
            .Where(old => old != file && (Path.GetExtension(old) is Ending || File.GetLastWriteTimeUtc(old) <= before)))
            File.Delete(old);
    }

    private static string NameOf(string key, string file)
    {
        using var bytes = File.OpenRead(file);
        return $"{key}-{Convert.ToHexStringLower(SHA256.HashData(bytes))}{Ending}";
    }

    /// <returns>A hash of everything that the index is made from.</returns>
    private static string KeyOf(ContentSnapshot content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Program);
        hash.AppendData(Encoding.UTF8.GetBytes(content.Tables.Hash));
        foreach (var article in content.Latest)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{article.Slug}\0"));
            hash.AppendData(SHA256.HashData(article.Utf8.Span));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    [LoggerMessage(LogLevel.Warning, "The search index {File} is damaged: it is deleted and made anew")]
    private partial void LogDamaged(string file);

    [LoggerMessage(
        LogLevel.Warning, "The search index cannot be kept in {Folder}, so it is held in memory and made anew at each start: {Why}")]
    private partial void LogNotKept(string folder, string why);
}
