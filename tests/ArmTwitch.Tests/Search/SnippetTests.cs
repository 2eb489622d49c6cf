using ArmTwitch.Search;

namespace ArmTwitch.Tests.Search;

/// <summary>A passage of an article never says something else than the article.</summary>
public sealed class SnippetTests : IDisposable
{
    private readonly ContentCopy content = new();

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => content.Dispose();

    [Fact]
    public async Task Items_of_a_list_are_sentences_of_their_own() =>
        Assert.Equal(
            "Ask before the next dose.", await SnippetAsync("dose", "Words.\n\n- Ask before the next dose\n- The twitch has lasted long"));

    [Fact]
    public async Task An_item_keeps_the_line_that_it_belongs_to() =>
        Assert.Equal(
            "Do not take these without asking: quinine.",
            await SnippetAsync("quinine", "Words.\n\nDo not take these without asking:\n\n- quinine\n- salt tablets"));

    [Fact]
    public async Task A_sentence_is_shown_whole_and_with_the_one_that_limits_it()
    {
        var warning = "You may stop the tablets " + string.Join(' ', Enumerable.Repeat("after some time", 12)) + ".";

        Assert.Equal(
            $"{warning} But only when your doctor says so. …",
            await SnippetAsync(
                "tablets", $"{warning} But only when your doctor says so. {string.Join(' ', Enumerable.Repeat("More words.", 30))}"));
    }

    [Theory]
    [InlineData(":::dont\n- Stop your tablets by yourself\n:::")]
    [InlineData(":::myth Tablets cure twitches\nThey do not. The tablets are no cure.\n:::")]
    [InlineData(":::self-care\n- you take no tablets\n:::")]
    [InlineData("## What does not help\n\n- Tablets of salt")]
    [InlineData("## What does not help\n\nTablets of salt are said to help.")]
    [InlineData("## What does not help\n\n### Salts\n\n- Tablets of salt")]
    [InlineData("## What to do, and what not?\n\n- Take tablets")]
    [InlineData("## What you can’t do\n\n> Take tablets.")]
    [InlineData("| Do not take | Take |\n|---|---|\n| tablets | water |")]
    [InlineData("Do not take these tablets:\n\n| Name | Why |\n|---|---|\n| one | two |")]
    [InlineData("Do not take these tablets:\n\n:::dont\n- quinine\n:::")]
    [InlineData("Do not take these tablets:\n\n## Others\n\nMore.")]
    [InlineData("Do not take these tablets:")]
    public async Task What_means_the_opposite_by_itself_is_found_and_never_quoted(string block) =>
        Assert.Equal("The answer.", await SnippetAsync("tablets", $"Words.\n\n{block}\n"));

    [Fact]
    public async Task A_heading_of_the_same_level_ends_what_is_not_quoted() =>
        Assert.Equal(
            "Tablets may help.", await SnippetAsync("tablets", "Words.\n\n## What does not help\n\nSalt.\n\n## What helps\n\nTablets may help."));

    private async Task<string> SnippetAsync(string query, string body)
    {
        content.WriteArticle("two", body);
        using var site = new TestSite(content.Folder);
        var hits = (await site.Get<ArticleSearch>().FindAsync(query, null, Stop))!.Hits;
        return string.Concat(Assert.Single(hits).Snippet.Select(part => part.Text));
    }
}
