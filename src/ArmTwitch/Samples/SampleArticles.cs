using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ArmTwitch.Samples;

/// <summary>
/// A copy of the content folder with additional articles of random words, the same at every run. They follow most rules of writing.
/// </summary>
public sealed partial class SampleArticles
{
    private static readonly string[] Sections =
        [
            "What it is", "What it feels like", "What causes it", "How common it is", "Where it twitches", "What you can do",
            "What a doctor does", "How long it lasts"
        ];

    private static readonly string[] Words =
        """
        after again always answer before begin better between body both calm clear come common cool day do early easy evening ever feel few
        find first for from give good half hand have hour how in is it keep kind know last later light little long many minute more morning
        most move never new night no not now of often on one or other part people place quick quiet rest same say see short side simple slow
        small some soon stay still strong such take tell than that the then there these they think this time to turn under until use
        very wait walk warm water way week well when while with without word work year you
        """.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private SampleArticles(string folder, long bytes) => (Folder, Bytes) = (folder, bytes);

    /// <summary>The content folder.</summary>
    public string Folder { get; }

    /// <summary>The length of all made-up articles together.</summary>
    public long Bytes { get; }

    /// <param name="number">From 1 on.</param>
    public static string AddressOf(int number) => $"/articles/{SlugOf(number)}";

    /// <param name="content">The content folder to copy. The articles use its facts, topics and signs.</param>
    /// <param name="folder">The folder of the copy.</param>
    public static SampleArticles Write(int count, string content, string folder, CancellationToken cancellationToken)
    {
        Copy(content, folder);
        var facts = FactId().Matches(File.ReadAllText(Path.Combine(folder, "references.yml")))
            .Select(found => found.Groups[1].Value).ToArray();
        var topics = TopicId().Matches(File.ReadAllText(Path.Combine(folder, "topics.yml")))
            .Select(found => found.Groups[1].Value).ToArray();
        var signs = SignId().Matches(File.ReadAllText(Path.Combine(folder, "signs.yml")))
            .ToLookup(found => found.Groups[2].Value, found => found.Groups[1].Value, StringComparer.Ordinal);
        var author = Path.GetFileNameWithoutExtension(Directory.EnumerateFiles(Path.Combine(folder, "authors")).First());

        var bytes = 0L;
        for (var number = 1; number <= count; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var text = Encoding.UTF8.GetBytes(Article(number, count, author, topics, facts, signs));
            File.WriteAllBytes(FileOf(folder, number), text);
            bytes += text.Length;
        }

        return new SampleArticles(folder, bytes);
    }

    /// <summary>The file of one made-up article.</summary>
    public string FileOf(int number) => FileOf(Folder, number);

    private static string FileOf(string folder, int number) => Path.Combine(folder, "articles", $"{SlugOf(number)}.md");

    private static string SlugOf(int number) => string.Create(CultureInfo.InvariantCulture, $"made-up-{number:00000}");

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

#pragma warning disable CA5394 // A fixed seed on purpose; nothing here is secret.
    private static string Article(int number, int count, string author, string[] topics, string[] facts, ILookup<string, string> signs)
    {
        var random = new Random(number);
        string Word() => Words[random.Next(Words.Length)];
        string Phrase(int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Word()));
        string Sentence()
        {
            var phrase = Phrase(random.Next(6, 16));
            return $"{char.ToUpperInvariant(phrase[0])}{phrase[1..]}";
        }

        string Fact() => $"[@{facts[random.Next(facts.Length)]}]";
        string Paragraph(int sentences) => string.Join(' ', Enumerable.Range(0, sentences).Select(_ => $"{Sentence()} {Fact()}."));
        string List(int items) => string.Join('\n', Enumerable.Range(0, items).Select(_ => $"- {Phrase(random.Next(5, 12))} {Fact()}"));

        string Signs(string level) => string.Join('\n', signs[level].Take(4).Select(sign => $"- @{sign}"));

        var day = new DateOnly(2026, 11, 22).AddDays(-number % 3000);
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"""
            ---
            title: Made-up article {number} on {Phrase(3)}
            summary: A program made this up, and it means nothing. {Sentence()}.
            topics: [{topics[number % topics.Length]}]
            author: {author}
            published: {day:yyyy-MM-dd}
            lastReviewed: 2026-11-22
            nextReview: 2027-11-22
            reviewed: false
            synonyms: [{Phrase(2)}, {Phrase(3)}]
            related:
              - article: {SlugOf((number % count) + 1)}
                sign: {Sentence()}.
            changes:
              - date: {day:yyyy-MM-dd}
                what: First version.
            ---

            :::emergency
            {Signs("emergency")}
            :::

            :::urgent
            {Signs("urgent")}
            :::

            :::self-care
            {Signs("self-care")}
            :::

            :::key-facts
            {List(4)}
            :::


            """));
        foreach (var (section, heading) in Sections.Index())
        {
            text.Append(CultureInfo.InvariantCulture, $"## {heading}\n\n{Paragraph(3)}\n\n{Paragraph(3)}\n\n{Paragraph(2)}\n\n");
            text.Append(section % 2 is 0 ? $"{List(4)}\n\n" : $"See [{Phrase(2)}]({AddressOf(random.Next(1, count + 1))}).\n\n");
        }

        text.Append($"""
            | Cause | How likely | Clue for | Clue against | What to do |
            |---|---|---|---|---|
            {string.Join('\n', Enumerable.Range(0, 4).Select(_ => $"| {Phrase(2)} | {Phrase(1)} | {Phrase(4)} {Fact()} | {Phrase(4)} | {Phrase(3)} |"))}

            :::myth {Sentence()}
            {Sentence()} {Fact()}.
            :::

            """);
        return text.ToString();
    }
#pragma warning restore CA5394

    [GeneratedRegex(@"^  (F\d+):", RegexOptions.Multiline)]
    private static partial Regex FactId();

    [GeneratedRegex(@"^([a-z-]+):", RegexOptions.Multiline)]
    private static partial Regex TopicId();

    [GeneratedRegex(@"^([a-z-]+):\s+level: ([a-z-]+)", RegexOptions.Multiline)]
    private static partial Regex SignId();
}
