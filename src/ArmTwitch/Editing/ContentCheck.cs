using System.Collections.Concurrent;
using ArmTwitch.Articles;

namespace ArmTwitch.Editing;

/// <summary>All that is wrong in a content folder: what the loader cannot read, and what the rules of writing say.</summary>
/// <param name="Articles">How many articles were read.</param>
internal sealed record ContentCheck(IReadOnlyList<ContentFault> Faults, int Articles)
{
    public int Errors => Faults.Count(fault => fault.Level is FaultLevel.Error);

    public int Warnings => Faults.Count - Errors;

    /// <summary>Checks what the files say now, whether readers see it yet or not. Faults of drafts are warnings.</summary>
    /// <param name="today">By which reviews are overdue.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static ContentCheck Of(string folder, DateOnly today)
    {
        var content = new ContentLoader(folder).Load() ?? ContentSnapshot.Empty;
        return Of(content, [.. content.Latest, .. content.Held], [.. content.Faults, .. content.Warnings], folder, today);
    }

    /// <param name="articles">Those to hold against the rules.</param>
    /// <param name="known">What is known to be wrong without them.</param>
    public static ContentCheck Of(ContentSnapshot content, IReadOnlyList<Article> articles, IEnumerable<ContentFault> known, string folder, DateOnly today)
    {
        var faults = new ConcurrentBag<ContentFault>(known);
        if (!File.Exists(Path.Combine(folder, WordList.File)))
            faults.Add(new ContentFault(WordList.File, 1, 1, "no-file", "The file is missing.", "The rules on words need it.", Blocks: false));
        Parallel.ForEach(articles, article =>
        {
            foreach (var fault in RuleBook.Check(new ArticleDraft(article, today)))
                faults.Add(article.IsDraft ? fault with { Level = FaultLevel.Warning } : fault);
        });
        foreach (var fault in content.Pages.SelectMany(page => RuleBook.Check(page, content.Tables)))
            faults.Add(fault);
        foreach (var fault in RuleBook.Check(content.Tables, content.Latest, SourcePlaces(folder)))
            faults.Add(fault);
        return new ContentCheck(
            [.. faults.Distinct().OrderBy(fault => fault.File, StringComparer.Ordinal).ThenBy(fault => fault.Line).ThenBy(fault => fault.Column).ThenBy(fault => fault.Rule, StringComparer.Ordinal)],
            articles.Count);
    }

    /// <summary>Seals every article whose newest change is not sealed yet.</summary>
    /// <returns>The files that were written.</returns>
    public static IReadOnlyList<string> Accept(string folder)
    {
        var sealedFiles = new List<string>();
        foreach (var article in (new ContentLoader(folder).Load() ?? ContentSnapshot.Empty).Latest.Where(article => article.Changes is [{ Seal: null }, ..]))
        {
            File.WriteAllText(Path.Combine(folder, article.File), Seal.Set(article));
            sealedFiles.Add(article.File);
        }

        return [.. sealedFiles.Order(StringComparer.Ordinal)];
    }

    private static Dictionary<string, Position> SourcePlaces(string folder)
    {
        var path = Path.Combine(folder, TableRules.SourcesFile);
        // What is wrong in the file was told by the loader.
        var file = File.Exists(path) && new FileInfo(path).Length <= ContentLoader.MaxFileSize ? YamlFields.Parse(File.ReadAllText(path), new FaultLog(TableRules.SourcesFile)) : null;
        return file?.Mapping("sources")?.Tables().ToDictionary(source => source.Key, source => source.Fields.Start, StringComparer.Ordinal) ?? [];
    }
}
