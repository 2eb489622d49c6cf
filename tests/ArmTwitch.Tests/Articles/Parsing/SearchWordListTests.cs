using ArmTwitch.Articles.Content;

namespace ArmTwitch.Tests.Articles.Parsing;

public sealed class SearchWordListTests : IDisposable
{
    private readonly ContentCopy content = new();

    public void Dispose() => content.Dispose();

    [Fact]
    public void Each_mistake_is_told_with_its_line()
    {
        content.Write("signs.yml", "chest-pain: {level: emergency, says: \"your chest hurts [@F001]\"}\n");
        content.Write("search-words.yml", """
            words:
              - {say: coffee, typed: [kaffee, "!"]}
              - {say: tea, typed: [Kaffee]}
            dangers:
              - {sign: chest-pian, typed: [chest]}
              - {sign: chest-pain, flags: [chest-pains], typed: [chest (pain)]}
            pages:
              - {page: newsletter, say: The newsletter, typed: [newsletter]}
            crisis: []
            words of wisdom: []
            """);

        Assert.Equal(
            ["2:35 no-words", "3:24 second-meaning", "5:12 unknown-sign", "6:32 unknown-flag", "6:54 not-words", "8:12 not-an-address", "10:1 unknown-key"],
            content.Faults().Where(fault => fault.File is "search-words.yml").OrderBy(fault => fault.Line).ThenBy(fault => fault.Column)
                .Select(fault => $"{fault.Line}:{fault.Column} {fault.Rule}"));
        Assert.Contains(content.Faults(), fault => fault.Right is "Did you mean \"chest-pain\"?");
    }

    [Fact]
    public void A_mistake_in_one_entry_leaves_the_others()
    {
        content.Write("signs.yml", "chest-pain: {level: emergency, says: \"your chest hurts [@F001]\"}\n");
        content.Write("search-words.yml", """
            dangers:
              - {sign: chest-pian, typed: [breast]}
              - {sign: chest-pain, typed: [chest]}
            crisis: [(wrong), dying]
            """);

        var words = new ContentLoader(content.Folder).Load()!.Tables.SearchWords;

        Assert.Equal("chest-pain", Assert.Single(words.Dangers).Sign);
        Assert.Single(words.Crisis);
    }
}
