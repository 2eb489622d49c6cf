namespace ArmTwitch.Tests.Articles.Parsing;

public sealed class SearchWordListTests : IDisposable
{
    private readonly ContentCopy content = new();

    public void Dispose() => content.Dispose();

    [Fact]
    public void Each_mistake_is_told_with_its_line_and_what_would_be_right()
    {
        content.Write("signs.yml", "chest-pain: {level: emergency, says: \"your chest hurts [@F001]\"}\n");
        content.Write("search-words.yml", """
            words:
              - {say: coffee, typed: [kaffee, "!"]}
              - {say: tea, typed: [Kaffee]}
            dangers:
              - {sign: chest-pian, typed: [chest]}
              - {sign: chest-pain, flags: [chest-pains], typed: [chest (pain)]}
            crisis: []
            words of wisdom: []
            """);

        Assert.Equal(
            [
                "search-words.yml:2:35: error no-words: \"!\" has no words. Write what people type.",
                "search-words.yml:3:24: error second-meaning: \"Kaffee\" has a meaning already. Leave it to one of the two.",
                "search-words.yml:5:12: error unknown-sign: There is no sign \"chest-pian\". Did you mean \"chest-pain\"?",
                "search-words.yml:6:12: error not-words: \"chest (pain)\" is more than words. Write words with spaces between them; a slash "
                + "parts words of which any will do, and a star stands for any ending.",
                "search-words.yml:6:12: error unknown-flag: No rule of comments is called \"chest-pains\". Did you mean \"chest-pain\"?",
                "search-words.yml:8:1: error unknown-key: There is no key \"words of wisdom\".",
            ],
            content.Faults().Select(fault => fault.ToString().Replace(" Write one of: crisis, dangers, words.", "", StringComparison.Ordinal))
                .OrderBy(fault => fault, StringComparer.Ordinal));
    }
}
