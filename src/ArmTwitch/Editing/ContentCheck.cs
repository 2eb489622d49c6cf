using System.Collections.Concurrent;
using ArmTwitch.Articles;

namespace ArmTwitch.Editing;

/// <summary>All that is wrong in a content folder: what the loader cannot read, and what the rules of writing say.</summary>
/// <param name="Articles">How many articles were read.</param>
internal sealed record ContentCheck(IReadOnlyList<ContentFault> Faults, int Articles)
{
    public int Errors => Faults.Count(fault => fault.Level is FaultLevel.Error);

    public int Warnings => Faults.Count - Errors;

    /// <param name="today">By which reviews are overdue.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static ContentCheck Of(string folder, DateOnly today) => Of(new ContentLoader(folder).Load() ?? ContentSnapshot.Empty, folder, today);

    /// <param name="content">What was read from the folder.</param>
    public static ContentCheck Of(ContentSnapshot content, string folder, DateOnly today)
    {
        var faults = new ConcurrentBag<ContentFault>(content.Faults);
        var words = ReadWords(folder, faults);
        Parallel.ForEach(content.Latest, article =>
        {
            foreach (var fault in RuleBook.Check(new ArticleDraft(article, words, today)))
                faults.Add(fault);
        });
        foreach (var fault in content.Pages.SelectMany(page => RuleBook.Check(page, content.Tables, words)))
            faults.Add(fault);
        foreach (var fault in RuleBook.Check(content.Tables, content.Latest, words, SourcePlaces(folder)))
            faults.Add(fault);
        return new ContentCheck(
            [.. faults.OrderBy(fault => fault.File, StringComparer.Ordinal).ThenBy(fault => fault.Line).ThenBy(fault => fault.Column).ThenBy(fault => fault.Rule, StringComparer.Ordinal)],
            content.Latest.Count);
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

    public static WordList ReadWords(string folder, ConcurrentBag<ContentFault> faults)
    {
        if (!File.Exists(Path.Combine(folder, WordList.File)))
        {
            faults.Add(new ContentFault(WordList.File, 1, 1, "no-file", "The file is missing.", "The rules on words need it.", Blocks: false));
            return WordList.Empty;
        }

        var log = new FaultLog(WordList.File);
        var words = WordList.Read(File.ReadAllText(Path.Combine(folder, WordList.File)), log);
        foreach (var fault in log.Faults)
            faults.Add(fault);
        return words;
    }

    private static Dictionary<string, Position> SourcePlaces(string folder)
    {
        var path = Path.Combine(folder, TableRules.SourcesFile);
        // What is wrong in the file was told by the loader.
        var file = File.Exists(path) ? YamlFields.Parse(File.ReadAllText(path), new FaultLog(TableRules.SourcesFile)) : null;
        return file?.Mapping("sources")?.Tables().ToDictionary(source => source.Key, source => source.Fields.Start, StringComparer.Ordinal) ?? [];
    }
}
