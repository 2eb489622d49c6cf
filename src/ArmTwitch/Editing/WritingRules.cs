using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using ArmTwitch.Articles;
using ArmTwitch.Data;

namespace ArmTwitch.Editing;

/// <summary>
/// Holds what could be read against the rules of writing. Files that keep them all are remembered by hash, in the data folder, so that
/// a start does not pay for files that have not changed.
/// </summary>
internal sealed partial class WritingRules(DataFolder data, TimeProvider clock, ILogger<WritingRules> logger) : IWritingRules
{
    private const string File = "sound-content.txt";

    /// <summary>A new program may have new rules.</summary>
    private static readonly string Program = typeof(WritingRules).Module.ModuleVersionId.ToString();

    private HashSet<string>? sound;

    private string FullPath => Path.Combine(data.FullPath, File);

    public IReadOnlyList<ContentFault> Errors(ContentSnapshot content)
    {
        var before = sound ??= Read();
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var (errors, keptAll) = (new ConcurrentBag<ContentFault>(), new ConcurrentBag<string>());
        Parallel.ForEach(content.Latest, article => Check(article.File, article.Written, () => RuleBook.Check(new ArticleDraft(article, today))));
        foreach (var page in content.Pages)
            Check(page.File, page.Source, () => RuleBook.Check(page, content.Tables));

        sound = new HashSet<string>(keptAll, StringComparer.Ordinal);
        if (!sound.SetEquals(before))
            Write(sound);
        return [.. errors];

        void Check(string file, string text, Func<IEnumerable<ContentFault>> rules)
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Program}\0{content.Tables.Hash}\0{file}\0{text}")));
            var found = before.Contains(hash) ? [] : rules().Where(fault => fault.Level is FaultLevel.Error).ToList();
            found.ForEach(errors.Add);
            if (found.Count is 0)
                keptAll.Add(hash);
        }
    }

    private HashSet<string> Read()
    {
        try
        {
            return [.. System.IO.File.ReadLines(FullPath)];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <remarks>Whoever reads it while it is written takes half of the hashes, and checks the other files again.</remarks>
    private void Write(IEnumerable<string> hashes)
    {
        try
        {
            using var file = new StreamWriter(FullPath, PrivateFiles.Options(FileMode.Create, FileAccess.Write));
            foreach (var hash in hashes.Order(StringComparer.Ordinal))
                file.WriteLine(hash);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            LogNotKept(FullPath, failed.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "What the rules of writing found cannot be kept in {Path}, so the next start checks all files again: {Why}")]
    private partial void LogNotKept(string path, string why);
}
