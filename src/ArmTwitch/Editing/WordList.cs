using System.Text.RegularExpressions;
using ArmTwitch.Articles;

namespace ArmTwitch.Editing;

/// <summary>The words that editors keep in <c>words.yml</c>: what is allowed, what is to be avoided and what to write instead.</summary>
internal sealed class WordList
{
    private readonly Dictionary<string, string> better = new(StringComparer.OrdinalIgnoreCase);
    private readonly Regex? names, medicines, avoided, fear, promises;

    private WordList(IEnumerable<string> names, IEnumerable<string> medicines, IEnumerable<(string Word, string Better)> avoided, IEnumerable<string> fear, IEnumerable<string> promises)
    {
        foreach (var (word, use) in avoided)
            better.TryAdd(word, use);
        (this.names, this.medicines, this.avoided, this.fear, this.promises) = (AnyOf(names), AnyOf(medicines), AnyOf(better.Keys), AnyOf(fear), AnyOf(promises));
    }

    public const string File = "words.yml";

    public static WordList Empty { get; } = new([], [], [], [], []);

    public static WordList Read(string yaml, FaultLog faults)
    {
        if (YamlFields.Parse(yaml, faults) is not { } fields)
            return Empty;
        var avoided = new List<(string, string)>();
        foreach (var group in fields.List("avoid"))
        {
            if (group.Text("use") is { } use)
                avoided.AddRange(group.Texts("not", required: true).Select(word => (word.Text, use)));
            group.RefuseOthers();
        }

        var list = new WordList(Words("names"), Words("medicines"), avoided, Words("fear"), Words("promises"));
        fields.RefuseOthers();
        return list;

        IEnumerable<string> Words(string key) => fields.Texts(key).Select(word => word.Text).ToList();
    }

    /// <summary>The sentence without medical names that have no plain word.</summary>
    public Sentence WithoutNames(Sentence sentence) => names is null ? sentence : sentence with { Text = names.Replace(sentence.Text, " ") };

    /// <summary>Where a medicine is named.</summary>
    public IEnumerable<Match> Medicines(string text) => Found(medicines, text);

    /// <summary>Words with a plainer one, and that one.</summary>
    public IEnumerable<(Match Word, string Better)> Avoided(string text) => Found(avoided, text).Select(match => (match, better[match.Value]));

    public IEnumerable<Match> Fear(string text) => Found(fear, text);

    public IEnumerable<Match> Promises(string text) => Found(promises, text);

    private static IEnumerable<Match> Found(Regex? words, string text)
    {
        for (var found = words?.Match(text); found is { Success: true }; found = found.NextMatch())
            yield return found;
    }

    private static Regex? AnyOf(IEnumerable<string> words) =>
        words.OrderByDescending(word => word.Length).Select(Regex.Escape).ToList() is { Count: > 0 } all
            ? new Regex($@"(?<![\w-])(?:{string.Join('|', all)})(?![\w-])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Compiled)
            : null;
}
