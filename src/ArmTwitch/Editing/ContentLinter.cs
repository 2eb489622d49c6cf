using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using ArmTwitch.Articles.Content;
using ArmTwitch.Data;
using ArmTwitch.Data.Files;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Editing;

/// <summary>
/// Checks the content against the rules of writing. The hashes of files without an error are kept in the data folder, so that a start
/// checks only files that have changed.
/// </summary>
internal sealed partial class ContentLinter(
    DataFolder data, IOptions<ContentOptions> options, TimeProvider clock, ILogger<ContentLinter> logger) : IContentLinter
{
    private const string File = "sound-content.txt";

    /// <summary>Part of each hash, because another version of the program may have other rules.</summary>
    private static readonly string Program = typeof(ContentLinter).Module.ModuleVersionId.ToString();

    private HashSet<string>? faultless;

    private string FullPath => Path.Combine(data.FullPath, File);

    public IReadOnlyList<ContentDiagnostic> FindErrors(ContentSnapshot content)
    {
        var before = faultless ??= Read();
        var context = LintContext.Of(options.Value, clock);
        var (errors, hashes) = (new ConcurrentBag<ContentDiagnostic>(), new ConcurrentBag<string>());
        Parallel.ForEach(
            content.Latest,
            article => Check(article.File, article.SourceText, () => LintRules.Check(new ArticleLintDocument(article, context))));
        foreach (var page in content.Pages)
            Check(page.File, page.Source, () => LintRules.Check(page, content.Tables));

        faultless = new HashSet<string>(hashes, StringComparer.Ordinal);
        if (!faultless.SetEquals(before))
            Write(faultless);
        return [.. errors];

        void Check(string file, string text, Func<IEnumerable<ContentDiagnostic>> rules)
        {
            var hash = Convert.ToHexStringLower(
                SHA256.HashData(Encoding.UTF8.GetBytes($"{Program}\0{context.GetHelp}\0{content.Tables.Hash}\0{file}\0{text}")));
            var found = before.Contains(hash) ? [] : rules().Where(diagnostic => diagnostic.Level is DiagnosticSeverity.Error).ToList();
            found.ForEach(errors.Add);
            if (found.Count is 0)
                hashes.Add(hash);
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

    /// <remarks>A program that reads the file in the meantime finds some of the hashes, and checks the other files again.</remarks>
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
