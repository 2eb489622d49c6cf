namespace ArmTwitch.Tests.Articles.Parsing;

/// <summary>Every fault of front matter and YAML files, with its exact message.</summary>
public sealed class FrontMatterTests : IDisposable
{
    private readonly ContentCopy content = new();

    public void Dispose() => content.Dispose();

    [Fact]
    public void A_sound_folder_has_no_faults() => Assert.Empty(content.Faults());

    [Theory]
    [InlineData("title: ", "2:7: error missing: \"title\" is empty. Write a text.")]
    [InlineData("title: This title is much too long to be read at a glance by anybody in a hurry", "2:8: error too-long: \"title\" has 72 characters. Write at most 65.")]
    [InlineData("topics: nerves", "4:9: error not-a-list: \"topics\" is no list. Write [one, two] or one \"- item\" a line.")]
    [InlineData("topics: []", "4:9: error missing: \"topics\" is empty. Write at least one item.")]
    [InlineData("topics: [nervs]", "4:10: error unknown-topic: There is no topic \"nervs\". Did you mean \"nerves\"?")]
    [InlineData("topics: [muscles]", "4:10: error unknown-topic: There is no topic \"muscles\". Write one of: causes, nerves.")]
    [InlineData("author: nobody", "5:9: error unknown-author: There is no author \"nobody\". Write one of: somebody.")]
    [InlineData("published: 22 Nov 2026", "6:12: error not-a-day: \"published\" is \"22 Nov 2026\", which is no day. Write it as 2026-11-22.")]
    [InlineData("published: 2026-02-30", "6:12: error not-a-day: \"published\" is \"2026-02-30\", which is no day. Write it as 2026-11-22.")]
    [InlineData("nextReview: 2026-11-22", "8:13: error review-order: The next review is not after the last one. Write a later day.")]
    [InlineData("reviewed: true", "9:11: error not-a-mapping: \"reviewed\" has no keys of its own. Write \"key: value\" pairs below it.")]
    [InlineData("reviewed: {name: Somebody}", "9:11: error missing: \"role\" is missing. Write a text.")]
    public void A_wrong_value_is_reported_at_its_place(string line, string fault)
    {
        var key = line[..(line.IndexOf(':', StringComparison.Ordinal) + 1)];
        var lines = ContentCopy.Article("Some words [@F001].").Split('\n')
            .Select(old => old.StartsWith(key, StringComparison.Ordinal) ? line : old);
        content.Write("articles/one.md", string.Join('\n', lines));

        Assert.Contains($"articles/one.md:{fault}", content.Faults().Select(found => found.ToString()));
    }

    [Theory]
    [InlineData("title")]
    [InlineData("summary")]
    [InlineData("topics")]
    [InlineData("author")]
    [InlineData("published")]
    [InlineData("lastReviewed")]
    [InlineData("nextReview")]
    [InlineData("reviewed")]
    [InlineData("changes")]
    public void A_missing_key_is_reported_by_its_name(string key)
    {
        var lines = ContentCopy.Article("Some words [@F001].").Split('\n')
            .Where(old => !old.StartsWith($"{key}:", StringComparison.Ordinal));
        content.Write("articles/one.md", string.Join('\n', lines).Replace(
            "\n  - {date: 2026-11-22, what: First version.}", key is "changes" ? "" : "\n  - {date: 2026-11-22, what: First version.}",
            StringComparison.Ordinal));

        Assert.Contains(content.Faults(), diagnostic => diagnostic.Rule is "missing" && diagnostic.What == $"\"{key}\" is missing.");
    }

    [Theory]
    [InlineData("titel: A title", "12:1: error unknown-key: There is no key \"titel\". Did you mean \"title\"?")]
    [InlineData("aliases: [Old Name]", "12:11: error not-an-address: \"Old Name\" cannot be an address. Write lower-case words joined by hyphens.")]
    [InlineData("related: [tow]", "12:11: error unknown-article: There is no article \"tow\". Did you mean \"two\"?")]
    [InlineData("related: [{article: twoo, sign: It tingles.}]", "12:21: error unknown-article: There is no article \"twoo\". Did you mean \"two\"?")]
    [InlineData("related: [{artcle: two}]", "12:11: error missing: \"article\" is missing. Write a text.")]
    [InlineData("codes: {icd: R25.3}", "12:9: error unknown-key: There is no key \"icd\". Write one of: icd10, mesh.")]
    [InlineData("purpose: For whom this was written and what it is meant to answer, said in far too many words for one line under a title now today", "12:10: error too-long: \"purpose\" has 121 characters. Write at most 120.")]
    [InlineData("withdrawn: yes", "12:12: error not-a-day: \"withdrawn\" is \"yes\", which is no day. Write it as 2026-11-22.")]
    [InlineData("published: 2026-11-22", "12:1: error yaml: This is not YAML: Duplicate key published. A value that holds \": \" or begins with a sign stands in quotes.")]
    [InlineData("synonyms: [one", "13:1: error yaml:")]
    [InlineData("synonyms:\u00a0 [one]", "12:10: error wrong-space: This looks like a space and is none. Type a space over it.")]
    [InlineData("\u00a0synonyms: [one]", "12:1: error wrong-space: This looks like a space and is none. Type a space over it.")]
    [InlineData("synonyms:\n  -\u200bone", "13:4: error wrong-space: This looks like a space and is none. Type a space over it.")]
    [InlineData("\tsynonyms: one", "12:1: error tab: The line begins with a tab. Indent with spaces.")]
    public void A_wrong_line_is_reported_at_its_place(string line, string fault)
    {
        content.WriteArticle("two");
        content.Write("articles/one.md", ContentCopy.Article("Some words [@F001].", line));

        var found = content.Faults().Select(found => found.ToString()).ToList();
        Assert.True(found.Exists(one => one.StartsWith($"articles/one.md:{fault}", StringComparison.Ordinal)), string.Join('\n', found));
    }

    [Theory]
    [InlineData("", "1:1: error no-front-matter: The file does not begin with front matter. Write --- in the first line, the keys below it, and --- again.")]
    [InlineData("# Title\n\nWords.", "1:1: error no-front-matter: The file does not begin with front matter. Write --- in the first line, the keys below it, and --- again.")]
    [InlineData("---\ntitle: One\n", "1:1: error open-front-matter: The front matter is never closed. Write --- in a line of its own below the last key.")]
    [InlineData("---\n- one\n---\nWords.", "2:1: error yaml: There are no keys here. Write one \"key: value\" a line.")]
    public void A_file_without_front_matter_is_reported(string text, string fault)
    {
        content.Write("articles/one.md", text);

        Assert.Contains($"articles/one.md:{fault}", content.Faults().Select(found => found.ToString()));
    }

    [Theory]
    [InlineData("synonyms: &a [one]\naliases: *a", "13:10: error yaml: This is not YAML: Aliases are not read.")]
    [InlineData("? &a [*a]\n: one", "12:7: error yaml: This is not YAML: Aliases are not read.")]
    public void Yaml_aliases_are_refused(string lines, string fault)
    {
        content.Write("articles/one.md", ContentCopy.Article("Some words [@F001].", lines));

        Assert.StartsWith($"articles/one.md:{fault}", content.Faults()[0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("topics: [nerves")]
    [InlineData("synonyms: [a, b")]
    [InlineData("reviewed: {name: x")]
    public void A_bracket_that_is_never_closed_is_reported(string line)
    {
        var key = line[..(line.IndexOf(':', StringComparison.Ordinal) + 1)];
        var lines = ContentCopy.Article("Some words [@F001].", "synonyms: []").Split('\n')
            .Select(old => old.StartsWith(key, StringComparison.Ordinal) ? line : old);
        content.Write("articles/one.md", string.Join('\n', lines));

        Assert.Equal("yaml", content.Faults()[0].Rule);
    }

    [Theory]
    [InlineData("withdrawn: 9999-12-31", "12:12: error far-day: \"withdrawn\" lies in the year 9999. Write a year from 1900 to 2100.")]
    [InlineData("withdrawn: 0001-01-01", "12:12: error far-day: \"withdrawn\" lies in the year 1. Write a year from 1900 to 2100.")]
    [InlineData("codes: {icd10: \"a\\x01b\"}", "12:16: error control-character: \"icd10\" holds a control character. Take it out; feeds cannot hold it.")]
    [InlineData("codes: {icd10: \"R25 [@F001]\"}", "12:16: error citation-in-front-matter: \"icd10\" cites a fact. Cite it in the text below.")]
    public void What_would_break_a_page_or_a_feed_is_reported(string line, string fault)
    {
        content.Write("articles/one.md", ContentCopy.Article("Some words [@F001].", line));

        Assert.Equal($"articles/one.md:{fault}", content.Faults()[0].ToString());
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    public void Deeply_nested_yaml_is_refused(string piece)
    {
        content.Write(
            "articles/one.md",
            ContentCopy.Article("Some words [@F001].", $"synonyms:\n  {string.Concat(Enumerable.Repeat(piece, 30_000))}"));

        Assert.Contains("It is nested more than 16 deep.", content.Faults()[0].What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_name_that_cannot_be_an_address_is_reported()
    {
        content.Write("articles/One Article.md", ContentCopy.Article("Some words [@F001]."));

        Assert.Equal(
            "articles/One Article.md:1:1: error file-name: \"One Article\" cannot be an address. Name the file with lower-case words joined by hyphens, at most 80 characters.",
            Assert.Single(content.Faults()).ToString());
    }

    [Theory]
    [InlineData("topics.yml", "nerves: {titel: Nerves, summary: About nerves.}", "topics.yml:1:9: error missing: \"title\" is missing. Write a text.")]
    [InlineData("references.yml", "facts:\n  F001: {says: A twitch., strength: good, sources: [S1]}\nsources:\n  S1: {title: A page, publisher: P, seen: read}", "references.yml:2:37: error unknown-word: \"strength\" is \"good\", which means nothing here. Write one of: limited, weak, well, wrong.")]
    [InlineData("references.yml", "facts:\n  F001: {says: A twitch., strength: well, sources: [S9]}\nsources:\n  S1: {title: A page, publisher: P, seen: read}", "references.yml:2:53: error unknown-source: There is no source \"S9\". Did you mean \"S1\"?")]
    [InlineData("references.yml", "facts:\n  F001: {says: A twitch., strength: well, sources: [S1]}\nsources:\n  S1: {title: A page, seen: read}", "references.yml:4:7: error missing: Source \"S1\" names neither journal nor publisher. Write one of the two.")]
    [InlineData("references.yml", "facts:\n  F001: {says: A twitch., strength: well, sources: [S1]}\nsources:\n  S1: {title: A page, publisher: P, seen: read, url: www.nhs.uk}", "references.yml:4:54: error not-a-url: \"www.nhs.uk\" is no address of a page. Write it from https:// on.")]
    [InlineData("emergency-numbers.yml", "default: XX\nplaces:\n  - {code: GB, name: United Kingdom, emergency: \"999\", checked: 2026-11-22}", "emergency-numbers.yml:1:10: error unknown-place: There is no place \"XX\". Write one of: GB.")]
    [InlineData("pages/about.md", "---\ntitle: About\nsummary: What.\nlastReviewed: 2026-11-22\n---\n\n:::emergency\n- one\n:::", "pages/about.md:1:1: error block-outside-article: There is a \":::emergency\" on a page that is no article. Write it in an article and link to it.")]
    [InlineData("pages/search.md", "---\ntitle: Search\nsummary: What.\nlastReviewed: 2026-11-22\n---\n\nWords.", "pages/search.md:1:1: error taken-address: \"/search\" is a page of its own. Name the file otherwise.")]
    [InlineData("authors/somebody.md", "---\nname: Somebody\n---\n", "authors/somebody.md:2:1: error missing: \"role\" is missing. Write a text.")]
    [InlineData("pages/about.md", "---\ntitle: About\nsummary: What.\nlastReviewed: 2026-11-22\n---\n\nA claim [@F001].", "pages/about.md:7:9: error citation-outside-article: The fact \"F001\" is cited on a page without references. Make the statement in an article and link to it.")]
    public void Faults_of_the_other_files_are_reported_too(string file, string text, string fault)
    {
        content.Write(file, text);

        Assert.Contains(fault, content.Faults().Select(found => found.ToString()));
    }
}
