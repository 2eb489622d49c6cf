using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using ArmTwitch.Articles.Content;
using ArmTwitch.Data;
using ArmTwitch.Data.Files;

namespace ArmTwitch.Editing;

/// <summary>
/// Holds what could be read against the rules of writing. Files that keep them all are remembered by hash, in the data folder, so that
/// a start does not pay for files that have not changed.
/// </summary>
internal sealed partial class ContentLinter(DataFolder data, TimeProvider clock, ILogger<ContentLinter> logger) : IContentLinter
{
    private const string File = "sound-content.txt";

    /// <summary>A new program may have new rules.</summary>
    private static readonly string Program = typeof(ContentLinter).Module.ModuleVersionId.ToString();

    private HashSet<string>? sound;

    private string FullPath => Path.Combine(data.FullPath, File);

    public IReadOnlyList<ContentDiagnostic> FindErrors(ContentSnapshot content)
    {
        var before = sound ??= Read();
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var (errors, keptAll) = (new ConcurrentBag<ContentDiagnostic>(), new ConcurrentBag<string>());
        Parallel.ForEach(
            content.Latest,
            article => Check(article.File, article.SourceText, () => LintRules.Check(new ArticleLintDocument(article, today))));
        foreach (var page in content.Pages)
            Check(page.File, page.Source, () => LintRules.Check(page, content.Tables));

        sound = new HashSet<string>(keptAll, StringComparer.Ordinal);
        if (!sound.SetEquals(before))
            Write(sound);
        return [.. errors];

        void Check(string file, string text, Func<IEnumerable<ContentDiagnostic>> rules)
        {
            var hash = Convert.ToHexStringLower(
                SHA256.HashData(Encoding.UTF8.GetBytes($"{Program}\0{content.Tables.Hash}\0{file}\0{text}")));
            var found = before.Contains(hash) ? [] : rules().Where(diagnostic => diagnostic.Level is DiagnosticSeverity.Error).ToList();
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
            using var file = new StreamWriter(FullPath, OwnerOnlyFiles.Options(FileMode.Create, FileAccess.Write));
            foreach (var hash in hashes.Order(StringComparer.Ordinal))
                file.WriteLine(hash);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            LogNotKept(FullPath, failed.Message);
        }
    }

    [LoggerMessage(
        LogLevel.Warning, "What the rules of writing found cannot be kept in {Path}, so the next start checks all files again: {Why}")]
    private partial void LogNotKept(string path, string why);
}
