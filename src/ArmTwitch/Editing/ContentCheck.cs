using System.Collections.Concurrent;
using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Parsing;
using ArmTwitch.Editing.Rules;

namespace ArmTwitch.Editing;

/// <summary>All that is wrong in a content folder: what the loader cannot read, and what the rules of writing say.</summary>
/// <param name="Articles">How many articles were read.</param>
internal sealed record ContentCheck(IReadOnlyList<ContentDiagnostic> Faults, int Articles)
{
    public int Errors => Faults.Count(diagnostic => diagnostic.Level is DiagnosticSeverity.Error);

    public int Warnings => Faults.Count - Errors;

    /// <summary>Checks what the files say now, whether readers see it yet or not. Faults of drafts are warnings.</summary>
    /// <param name="today">By which reviews are overdue.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static ContentCheck Run(string folder, DateOnly today)
    {
        var content = new ContentLoader(folder).Load() ?? ContentSnapshot.Empty;
        return Run(content, [.. content.Latest, .. content.Unpublished], [.. content.Faults, .. content.Warnings], folder, today);
    }

    /// <param name="articles">Those to hold against the rules.</param>
    /// <param name="known">What is known to be wrong without them.</param>
    public static ContentCheck Run(
        ContentSnapshot content, IReadOnlyList<Article> articles, IEnumerable<ContentDiagnostic> known, string folder, DateOnly today)
    {
        var faults = new ConcurrentBag<ContentDiagnostic>(known);
        if (!File.Exists(Path.Combine(folder, EditorialWordList.File)))
            faults.Add(new ContentDiagnostic(
                EditorialWordList.File, 1, 1, "no-file", "The file is missing.", "The rules on words need it.", Blocks: false));
        Parallel.ForEach(articles, article =>
        {
            foreach (var diagnostic in LintRules.Check(new ArticleLintDocument(article, today)))
                faults.Add(article.IsDraft ? diagnostic with { Level = DiagnosticSeverity.Warning } : diagnostic);
        });
        foreach (var diagnostic in content.Pages.SelectMany(page => LintRules.Check(page, content.Tables)))
            faults.Add(diagnostic);
        foreach (var diagnostic in LintRules.Check(content.Tables, content.Latest, SourcePlaces(folder)))
            faults.Add(diagnostic);
        return new ContentCheck(
            [.. faults.Distinct().OrderBy(diagnostic => diagnostic.File, StringComparer.Ordinal).ThenBy(diagnostic => diagnostic.Line)
                .ThenBy(diagnostic => diagnostic.Column).ThenBy(diagnostic => diagnostic.Rule, StringComparer.Ordinal)],
            articles.Count);
    }

    /// <summary>Seals every article whose newest change is not sealed yet.</summary>
    /// <returns>The files that were written.</returns>
    public static IReadOnlyList<string> WriteHashes(string folder)
    {
        var sealedFiles = new List<string>();
        foreach (var article in (new ContentLoader(folder).Load() ?? ContentSnapshot.Empty).Latest
            .Where(article => article.Changes is [{ Hash: null }, ..]))
        {
            File.WriteAllText(Path.Combine(folder, article.File), ContentHash.WithHash(article));
            sealedFiles.Add(article.File);
        }

        return [.. sealedFiles.Order(StringComparer.Ordinal)];
    }

    private static Dictionary<string, TextPosition> SourcePlaces(string folder)
    {
        var path = Path.Combine(folder, SharedContentRules.SourcesFile);
        // What is wrong in the file was told by the loader.
        var file = File.Exists(path) && new FileInfo(path).Length <= ContentLoader.MaxFileSize
            ? YamlMappingReader.Parse(File.ReadAllText(path), new DiagnosticCollector(SharedContentRules.SourcesFile))
            : null;
        return file?.Mapping("sources")?.Tables().ToDictionary(source => source.Key, source => source.Fields.Start, StringComparer.Ordinal)
            ?? [];
    }
}
