using ArmTwitch.Comments;
using ArmTwitch.Data;

namespace ArmTwitch.Tests.Comments.Authors;

/// <summary>Where the author's page of a comment leads somebody who may be in danger.</summary>
public abstract class AuthorHelpTests(DatabaseKind database) : CommentSiteTests(database)
{
    [Theory]
    [InlineData("I want to die.", "section.card.emergency")]
    [InlineData("My face droops on one side.", "#emergency")]
    public async Task An_author_in_danger_chooses_whose_numbers_the_page_shows(string words, string card)
    {
        var address = await site.WriteOneAsync(words);
        var page = await site.SeeAsync(address);
        Assert.Contains("999", page.QuerySelector(card)!.TextContent, StringComparison.Ordinal);
        var form = page.QuerySelector("form.country")!;
        Assert.Equal((address, null), (form.GetAttribute("action"), form.GetAttribute("method")));

        var there = await site.SeeAsync($"{address}?{form.QuerySelector("select")!.GetAttribute("name")}=AU");

        Assert.Matches("[Cc]all 000 ", there.QuerySelector(card)!.TextContent);
        Assert.Equal("Australia", there.QuerySelector("form.country option[selected]")!.TextContent);
        Assert.Contains("999", (await site.SeeAsync($"{address}?country=XX")).QuerySelector(card)!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_author_with_a_red_flag_is_led_to_the_page_on_help() =>
        Assert.Contains(
            "reads what you wrote. When to get help", (await site.SeeAsync(await site.WriteOneAsync("My face droops on one side."))).Body!.TextContent,
            StringComparison.Ordinal);

    [Fact]
    public async Task In_a_crisis_whom_to_call_is_the_title_and_the_one_heading_of_the_page()
    {
        var page = await site.SeeAsync(await site.WriteOneAsync("I want to die."));

        Assert.StartsWith("Please talk to someone now", page.Title, StringComparison.Ordinal);
        Assert.Equal("Please talk to someone now", Assert.Single(page.QuerySelectorAll("h1")).TextContent);
    }

    [Fact]
    public async Task A_red_flag_leads_to_help_beside_another_flag()
    {
        var page = await site.SeeAsync(await site.WriteOneAsync("My face droops on one side. I read so on www.example.com."));

        Assert.NotNull(page.QuerySelector("#emergency"));
    }

    [Fact]
    public async Task Nobody_is_asked_for_a_country_without_need() =>
        Assert.Null((await site.SeeAsync(await site.WriteOneAsync("Words."))).QuerySelector("form.country"));

    [Fact]
    public async Task Help_stays_on_the_page_after_the_words_that_asked_for_it_are_gone()
    {
        var address = await site.WriteOneAsync("I want to die.");

        using var answer = await site.PostAsync(address, ("action", "edit"), ("revision", "1"), ("body", "My arm twitches."));

        Assert.Equal(FlagLevel.Ordinary, Assert.Single(await site.CommentsAsync()).Level);
        Assert.Contains(
            "999", (await site.SeeAsync(address)).QuerySelector("section.card.emergency")!.TextContent, StringComparison.Ordinal);
    }
}

public sealed class AuthorHelpTestsOnSqlite() : AuthorHelpTests(DatabaseKind.Sqlite);

public sealed class AuthorHelpTestsOnPostgres() : AuthorHelpTests(DatabaseKind.Postgres);
