using System.Collections.Concurrent;
using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Parsing;

namespace ArmTwitch.Editing;

/// <summary>All that is wrong in a content folder: the faults of the loader and those of the rules of writing.</summary>
/// <param name="Articles">How many articles were read.</param>
internal sealed record ContentCheck(IReadOnlyList<ContentDiagnostic> Faults, int Articles)
{
    public int Errors => Faults.Count(diagnostic => diagnostic.Level is DiagnosticSeverity.Error);

    public int Warnings => Faults.Count - Errors;

    /// <summary>Checks all files, also those that readers do not see yet. Faults of drafts are warnings.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static ContentCheck Run(string folder, LintContext context)
    {
        var content = new ContentLoader(folder, today: () => context.Today).Load() ?? ContentSnapshot.Empty;
        return Run(content, [.. content.Latest, .. content.Unpublished], [.. content.Faults, .. content.Warnings], folder, context);
    }

    /// <param name="articles">Those to check against the rules.</param>
    /// <param name="known">The faults that the loader found.</param>
    public static ContentCheck Run(
        ContentSnapshot content, IReadOnlyList<Article> articles, IEnumerable<ContentDiagnostic> known, string folder,
        LintContext context)
    {
        var faults = new ConcurrentBag<ContentDiagnostic>(known);
        if (!File.Exists(Path.Combine(folder, EditorialWordList.File)))
            faults.Add(new ContentDiagnostic(
                EditorialWordList.File, 1, 1, "no-file", "The file is missing.", "The rules on words need it.", Blocks: false));
        Parallel.ForEach(articles, article =>
        {
            foreach (var diagnostic in LintRules.Check(new ArticleLintDocument(article, context)))
                faults.Add(article.IsDraft ? diagnostic with { Level = DiagnosticSeverity.Warning } : diagnostic);
        });
        foreach (var diagnostic in content.Pages.SelectMany(page => LintRules.Check(page, content.Tables)))
            faults.Add(diagnostic);
        // What an article of a later day shows is used.
        var finished = articles.Where(article => !article.IsDraft).ToList();
        foreach (var diagnostic in LintRules.Check(new SharedContent(content.Tables, finished, SourcePlaces(folder))))
            faults.Add(diagnostic);
        return new ContentCheck(
            [.. faults.Distinct().OrderBy(diagnostic => diagnostic.File, StringComparer.Ordinal).ThenBy(diagnostic => diagnostic.Line)
                .ThenBy(diagnostic => diagnostic.Column).ThenBy(diagnostic => diagnostic.Rule, StringComparer.Ordinal)],
            articles.Count);
    }

    /// <summary>Writes the hash of the text into every article whose newest change has none yet.</summary>
    /// <returns>The files that were written.</returns>
    public static IReadOnlyList<string> WriteHashes(string folder)
    {
        var written = new List<string>();
        foreach (var article in (new ContentLoader(folder).Load() ?? ContentSnapshot.Empty).Latest
            .Where(article => article.Changes is [{ Hash: null }, ..]))
        {
            File.WriteAllText(Path.Combine(folder, article.File), ContentHash.WithHash(article));
            written.Add(article.File);
        }

        return [.. written.Order(StringComparer.Ordinal)];
    }

    private static Dictionary<string, TextPosition> SourcePlaces(string folder)
    {
        // What is wrong in the file was reported by the loader.
        var diagnostics = new DiagnosticCollector(ContentTableReader.FactsFile);
        var file = new ContentFileReader(folder).Read(ContentTableReader.FactsFile, diagnostics) is { } source
            ? YamlMappingReader.Parse(source, diagnostics)
            : null;
        return file?.Mapping("sources")?.Tables().ToDictionary(source => source.Key, source => source.Fields.Start, StringComparer.Ordinal)
            ?? [];
    }
}
