using System.Security.Cryptography;
using System.Text;
using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Data.Files;
using Microsoft.Data.Sqlite;

namespace ArmTwitch.Search.Indexing;

/// <summary>
/// Keeps the full-text index in the data folder, so that the next start finds it there. Its name holds a hash of what made it, one of the
/// articles and one of its own bytes: it fits exactly and is whole, or another is made, from one of other articles if that is whole.
/// </summary>
internal sealed partial class FullTextIndexFiles(DataFolder data, TimeProvider clock, ILogger<FullTextIndexFiles> logger)
{
    private const string Ending = ".db";

    /// <summary>What SQLite says when a table is missing (sqlite.org/rescode.html): the file is whole, and is no index.</summary>
    private const int MissingTable = 1;

    /// <summary>
    /// A build writes to its file all the time and takes seconds. One that was not written to for so long belongs to a program that was
    /// killed.
    /// </summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    /// <summary>Part of the name, because another version of the program may index otherwise.</summary>
    private static readonly byte[] Program = typeof(FullTextIndexFiles).Module.ModuleVersionId.ToByteArray();

    private string Folder => Path.Combine(data.FullPath, "search");

    /// <summary>
    /// The index of the content: from the data folder, or brought up to date or built and put there, or in memory when it cannot be put
    /// there.
    /// </summary>
    public FullTextIndex Get(ContentSnapshot content, CancellationToken cancellationToken)
    {
        try
        {
            OwnerOnlyFiles.MakeFolder(Folder);
            var maker = MakerOf(content);
            var made = $"{maker}-{HashOf(content.Latest)}";
            return OpenWhole(made) ?? Make(maker, made, content.Latest, cancellationToken);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or SqliteException)
        {
            LogNotKept(Folder, failed.Message);
            return FullTextIndex.Build(content.Latest, cancellationToken);
        }
    }

    /// <summary>Deletes an index that is damaged, so that the next is not the same. Who has it open reads on.</summary>
    /// <param name="failed">How it failed: of a full or locked disk the index is not to blame.</param>
    public void Discard(FullTextIndex index, SqliteException failed)
    {
        if (index.File is { } file && IsDamage(failed))
            Discard(file);
    }

    private static bool IsDamage(SqliteException failed) =>
        failed.SqliteErrorCode is MissingTable || DatabaseFailureClassifier.IsCorruption(failed);

    private void Discard(string file)
    {
        LogDamaged(file);
        Delete(file);
    }

    /// <summary>Deletes a file that nothing needs, if the disk allows it.</summary>
    private void Delete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            LogNotDeleted(file, refused.Message);
        }
    }

    /// <returns>Null when there is none, or only a damaged one.</returns>
    private FullTextIndex? OpenWhole(string name)
    {
        if (FindWhole(name) is not { } file)
            return null;
        try
        {
            return FullTextIndex.Open(file);
        }
        catch (SqliteException failed) when (IsDamage(failed))
        {
            Discard(file);
            return null;
        }
    }

    /// <returns>A file whose name begins so; null when there is none, or only a damaged one.</returns>
    private string? FindWhole(string name)
    {
        foreach (var file in Directory.EnumerateFiles(Folder, $"{name}-*{Ending}"))
        {
            if (file.EndsWith(EndOf(file), StringComparison.Ordinal))
                return file;
            Discard(file);
        }

        return null;
    }

    private FullTextIndex Make(string maker, string name, IReadOnlyList<Article> articles, CancellationToken cancellationToken)
    {
        var part = Path.Combine(Folder, $"{Guid.NewGuid():N}.part");
        try
        {
            if (!TryUpdate(FindWhole(maker), part, articles, cancellationToken))
            {
                File.Delete(part);
                OwnerOnlyFiles.MakeFile(part);
                FullTextIndex.Build(articles, part, cancellationToken);
            }

            var file = Path.Combine(Folder, name + EndOf(part));
            File.Move(part, file, overwrite: true);
            var index = FullTextIndex.Open(file);
            DeleteOld(file);
            return index;
        }
        finally
        {
            Delete(part);
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
            Delete(old);
    }

    /// <summary>Makes the index from the one of other articles, if there is one.</summary>
    private bool TryUpdate(string? old, string part, IReadOnlyList<Article> articles, CancellationToken cancellationToken)
    {
        if (old is null)
            return false;
        try
        {
            File.Copy(old, part);
        }
        catch (FileNotFoundException)
        {
            // Another program has just made a newer one.
            return false;
        }

        File.SetLastWriteTimeUtc(part, clock.GetUtcNow().UtcDateTime);
        try
        {
            return FullTextIndex.TryUpdate(articles, part, cancellationToken);
        }
        catch (SqliteException failed) when (IsDamage(failed))
        {
            Discard(old);
            return false;
        }
    }

    private static string EndOf(string file)
    {
        using var bytes = File.OpenRead(file);
        return $"-{Convert.ToHexStringLower(SHA256.HashData(bytes))}{Ending}";
    }

    /// <returns>A hash of all beside the articles that the index is made from.</returns>
    private static string MakerOf(ContentSnapshot content) =>
        Convert.ToHexStringLower(SHA256.HashData([.. Program, .. Encoding.UTF8.GetBytes(content.Tables.Hash)]));

    private static string HashOf(IReadOnlyList<Article> articles)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var article in articles)
            hash.AppendData(Encoding.UTF8.GetBytes($"{article.Slug} {FullTextIndexWriter.HashOf(article)}\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    [LoggerMessage(LogLevel.Warning, "The search index {File} is damaged: it is deleted and made anew")]
    private partial void LogDamaged(string file);

    [LoggerMessage(LogLevel.Warning, "The search index {File} cannot be deleted: {Why}")]
    private partial void LogNotDeleted(string file, string why);

    [LoggerMessage(
        LogLevel.Warning, "The search index cannot be kept in {Folder}, so it is held in memory and made anew at each start: {Why}")]
    private partial void LogNotKept(string folder, string why);
}
