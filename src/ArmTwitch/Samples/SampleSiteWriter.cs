using ArmTwitch.Articles;
using ArmTwitch.Data;
using ArmTwitch.Data.Files;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Samples;

/// <summary>
/// Writes a whole site to try things on: a copy of the content with additional made-up articles, and a database of made-up people.
/// </summary>
public static class SampleSiteWriter
{
    /// <param name="content">The content folder to copy.</param>
    /// <param name="folder">An empty folder, or one that does not exist; it gets <c>content</c> and <c>data</c>, or stays as it was.</param>
    public static async Task WriteAsync(
        string content, string folder, int articles, int comments, int subscribers, CancellationToken cancellationToken = default)
    {
        var isNew = !Directory.Exists(folder);
        try
        {
            await FullDisk.NamingAsync(folder, async () =>
            {
                await WritePartsAsync(content, folder, articles, comments, subscribers, cancellationToken);
                return true;
            });
        }
        catch
        {
            // Half a site is of no use, and the next try would refuse the folder.
            string[] made = isNew ? [folder] : [Path.Combine(folder, "content"), Path.Combine(folder, "data")];
            foreach (var part in made.Where(Directory.Exists))
                Directory.Delete(part, recursive: true);
            throw;
        }
    }

    private static async Task WritePartsAsync(
        string content, string folder, int articles, int comments, int subscribers, CancellationToken cancellationToken)
    {
        var (now, data) = (TimeProvider.System.GetUtcNow(), Path.Combine(folder, "data"));
        OwnerOnlyFiles.MakeFolder(data);
        var made = SampleArticles.Write(articles, content, Path.Combine(folder, "content"), cancellationToken);
        List<Slug> slugs = [.. Directory.EnumerateFiles(Path.Combine(made.Folder, "articles"), "*.md")
            .Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal).Select(name => Slug.Parse(name!))];

        var file = Path.Combine(data, "armtwitch.db");
        var database = new SampleDbContextFactory(file);
        using var writeLock = new SqliteWriteLock(Options.Create(new DataOptions()));
        var writing = new WriteTransactionFactory(database, writeLock);
        await using (var db = database.CreateDbContext())
            await db.Database.MigrateAsync(cancellationToken);
        OwnerOnlyFiles.MakeFile(file);
        await new SampleComments(slugs, now).WriteAsync(writing, comments, cancellationToken);
        await SampleSubscribers.WriteAsync(database, writing, subscribers, now, cancellationToken);
    }
}
