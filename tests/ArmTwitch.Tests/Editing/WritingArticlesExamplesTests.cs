using System.Text.RegularExpressions;
using ArmTwitch.Articles;
using ArmTwitch.Articles.Blocks;
using ArmTwitch.Articles.Content;
using YamlDotNet.RepresentationModel;

namespace ArmTwitch.Tests.Editing;

/// <summary>An editor copies the examples of docs/writing-articles.md, so every name in them is one that the content has.</summary>
public sealed partial class WritingArticlesExamplesTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "docs", "writing-articles.md"));

    private static readonly ContentSnapshot Content = new ContentLoader(RepositoryPaths.Content).Load()!;

    private static IReadOnlyList<string> Examples => [.. Fence().Matches(Document).Select(fence => fence.Groups[1].Value)];

    [Fact]
    public void Every_fact_exists() =>
        Assert.All(NotEmpty(Names(@"\[@(\w+)\]")), fact => Assert.Contains(fact, Content.Tables.Facts.Keys));

    [Fact]
    public void Every_sign_exists_on_the_card_that_shows_it()
    {
        Assert.All(
            NotEmpty([
                .. Names(@"(?m)^- @([a-z-]+)"), .. Lists("worse"), .. Lists("signs"), .. Names(@"(?m)^([a-z-]+):\n  level:"),
                .. Names(@"under `([a-z-]+)`"),
            ]),
            sign => Assert.Contains(sign, Content.Tables.Signs.Keys));
        Assert.All(NotEmpty(Cards()), shown => Assert.Equal(shown.Card, KebabCase.Of(Content.Tables.Signs[shown.Sign].Level)));
    }

    [Fact]
    public void Every_link_leads_to_an_article_and_a_place_on_it() =>
        Assert.All(NotEmpty(Link().Matches(Document)), link =>
        {
            var article = Content.Find(Slug.Parse(link.Groups[1].Value));
            Assert.True(article is not null, link.Value);
            if (link.Groups[2] is { Success: true, Value: var fragment })
                Assert.Contains(
                    fragment, article.Headings.Select(heading => heading.Id).Concat(article.Blocks.Select(block => block.Fragment())));
        });

    [Fact]
    public void Every_block_and_picture_is_one_that_there_is_and_none_is_missing()
    {
        Assert.Equal(KebabCase.All<BlockName>().Order(), Names(":::([a-z-]+)").Distinct().Order());
        Assert.Equal(KebabCase.All<PictureName>().Order(), Names(":::picture ([a-z-]+)").Distinct().Order());
    }

    [Fact]
    public void Every_topic_exists() =>
        Assert.All(
            NotEmpty([.. Names("topics? `([a-z-]+)`"), .. Names("topics `[a-z-]+` and `([a-z-]+)`"), .. Lists("about"), .. Lists("topics")]),
            topic => Assert.Contains(topic, Content.Tables.Topics.Keys));

    [Fact]
    public void The_questions_and_their_answers_exist()
    {
        var questions = (YamlMappingNode)Yaml("questions:")["questions"];
        var steps = Content.Check!.Steps.Select(step => step.Id).ToList();

        Assert.All(questions.Children, question =>
        {
            Assert.Contains(question.Key.ToString(), steps);
            Assert.Contains(question.Value["yes"].ToString(), steps);
            Assert.Contains(question.Value["no"].ToString(), steps);
        });
    }

    [Fact]
    public void The_explained_word_exists() =>
        Assert.All(Yaml("term:").Children.Keys, word => Assert.Contains(word.ToString(), Content.Tables.Glossary.Terms.Select(term => term.Id)));

    [Fact]
    public void The_front_matter_is_one_that_the_site_reads()
    {
        var folder = Directory.CreateTempSubdirectory("armtwitch content ");
        try
        {
            CopyContent(folder.FullName);
            var file = Path.Combine(folder.FullName, "articles", "arm-muscle-twitching.md");
            var example = Examples.Single(example => example.StartsWith("---\n", StringComparison.Ordinal));
            File.WriteAllText(file, example + File.ReadAllText(file).Split("\n---\n", 2)[1]);

            Assert.Empty(new ContentLoader(folder.FullName).Load()!.Faults);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void CopyContent(string to)
    {
        foreach (var file in Directory.EnumerateFiles(RepositoryPaths.Content, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(RepositoryPaths.Content, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <summary>The signs in the examples of cards.</summary>
    private static IEnumerable<(string Card, string Sign)> Cards() =>
        from card in Card().Matches(Document)
        from Match sign in SignInCard().Matches(card.Groups[2].Value)
        select (card.Groups[1].Value, sign.Groups[1].Value);

    private static YamlMappingNode Yaml(string with)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Examples.Single(example => example.Contains(with, StringComparison.Ordinal) && !example.StartsWith("---", StringComparison.Ordinal))));
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    private static IEnumerable<string> Names(string pattern) => Regex.Matches(Document, pattern).Select(match => match.Groups[1].Value);

    /// <summary>The items of every list behind a key, such as <c>signs: [one, two]</c>.</summary>
    private static IEnumerable<string> Lists(string key) =>
        Names($@"\b{key}: \[([a-z, -]+)\]").SelectMany(list => list.Split(", "));

    private static List<T> NotEmpty<T>(IEnumerable<T> all)
    {
        var found = all.ToList();
        Assert.NotEmpty(found);
        return found;
    }

    [GeneratedRegex(@"^```\w*\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"/articles/([a-z0-9-]+)(?:#([a-z-]+))?")]
    private static partial Regex Link();

    [GeneratedRegex(@"^:::([a-z-]+)\n(.*?)^:::$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Card();

    [GeneratedRegex(@"^- @([a-z-]+)$", RegexOptions.Multiline)]
    private static partial Regex SignInCard();
}
