using System.Text;
using ArmTwitch.Articles;

namespace ArmTwitch.Editing;

/// <summary>The words that editors keep in <c>words.yml</c>: what is allowed, what is to be avoided and what to write instead.</summary>
internal sealed class WordList
{
    public const string File = "words.yml";

    private readonly Dictionary<string, string> better = new(StringComparer.OrdinalIgnoreCase);
    private readonly Phrases names, medicines, avoided, fear, promises;

    private WordList(IEnumerable<string> names, IEnumerable<string> medicines, IEnumerable<(string Word, string Better)> avoided, IEnumerable<string> fear, IEnumerable<string> promises)
    {
        foreach (var (word, use) in avoided)
            better.TryAdd(word, use);
        (this.names, this.medicines, this.avoided, this.fear, this.promises) = (new(names), new(medicines), new(better.Keys), new(fear), new(promises));
    }

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

        IEnumerable<string> Words(string key) => [.. fields.Texts(key).Select(word => word.Text)];
    }

    /// <summary>The sentence without medical names that have no plain word.</summary>
    public Sentence WithoutNames(Sentence sentence)
    {
        var found = names.In(sentence.Text);
        if (found.Count is 0)
            return sentence;
        var (rest, copied) = (new StringBuilder(), 0);
        foreach (var name in found)
        {
            rest.Append(sentence.Text, copied, name.Index - copied).Append(' ');
            copied = name.Index + name.Value.Length;
        }

        return new Sentence(rest.Append(sentence.Text, copied, sentence.Text.Length - copied).ToString(), sentence.Start, sentence.Facts);
    }

    /// <summary>Where a medicine is named.</summary>
    public IReadOnlyList<Found> Medicines(string text) => medicines.In(text);

    /// <summary>Words with a plainer one, and that one.</summary>
    public IEnumerable<(Found Word, string Better)> Avoided(string text) => avoided.In(text).Select(word => (word, better[word.Value]));

    public IReadOnlyList<Found> Fear(string text) => fear.In(text);

    public IReadOnlyList<Found> Promises(string text) => promises.In(text);
}
