using ArmTwitch.Comments;
using ArmTwitch.Moderation.Deciding;
using Bunit;

namespace ArmTwitch.Tests.Moderation.ReviewQueue;

/// <summary>A message about how things stand goes once they stand otherwise.</summary>
public sealed class PassedMessageTests : QueuePageTestBase
{
    [Fact]
    public async Task How_many_are_chosen_is_said_only_while_it_is_so()
    {
        await Site.WriteAsync("one");
        await Site.WriteAsync("two");
        var page = Open();

        await PressAsync(page, " ");
        Assert.Equal("1 chosen.", MessageOn(page));
        await page.InvokeAsync(() => page.FindAll(".tick")[1].ChangeAsync(true));
        page.WaitForAssertion(() => Assert.Equal("", MessageOn(page)));

        await PressAsync(page, " ");
        await PressAsync(page, "s");
        Assert.NotEmpty(page.FindAll("#bulk-yes"));
        Assert.Equal("", MessageOn(page));
    }

    [Theory]
    [InlineData("r", "a", "you are taking words out")]
    [InlineData("x", "s", "you are refusing it")]
    [InlineData("x", "n", "you are refusing it")]
    public async Task What_an_open_form_keeps_from_happening_is_said_while_it_is_open(string form, string key, string said)
    {
        await Site.WriteAsync("one");
        var page = Open();
        await PressAsync(page, form);

        await PressAsync(page, key);
        Assert.Contains(said, MessageOn(page), StringComparison.Ordinal);
        await PressAsync(page, "Escape");
        Assert.Equal("", MessageOn(page));
        await PressAsync(page, "x");

        Assert.Equal("", MessageOn(page));
    }

    [Fact]
    public async Task What_a_question_asks_goes_with_it()
    {
        await Site.WriteAsync("I cannot go on.", level: FlagLevel.Crisis);
        var page = Open();
        await PressAsync(page, "a");
        Assert.StartsWith("Not published yet", MessageOn(page), StringComparison.Ordinal);

        await Button(page, "Cancel").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("", MessageOn(page)));
    }

    [Fact]
    public async Task How_many_places_are_taken_out_is_said_once_and_shown_by_the_button_alone()
    {
        await Site.WriteAsync("I am Ada Smith from Bath.");
        var page = Open();
        await PressAsync(page, "r", [5, 9]);
        Site.Clock.Advance(TimeSpan.FromSeconds(1));
        page.WaitForAssertion(() => Assert.Equal("One place to take out.", AnnouncedOn(page)));
        Assert.Equal("", MessageOn(page));
        Assert.False(Button(page, "Approve without 1 place").HasAttribute("disabled"));

        await Button(page, "Keep").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("", MessageOn(page)));
        Assert.True(Button(page, "Approve without 0 places").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Only_a_message_about_a_decision_offers_to_take_one_back()
    {
        await Site.WriteAsync("one");
        await Site.WriteAsync("two");
        var page = Open();
        await PressAsync(page, "a");
        Assert.NotEmpty(page.FindAll(".toast button[aria-keyshortcuts]"));

        await PressAsync(page, "j");

        Assert.Equal("That was the last one.", MessageOn(page));
        Assert.Empty(page.FindAll(".toast button[aria-keyshortcuts]"));
    }

    [Fact]
    public async Task Words_that_stand_above_the_list_are_told_of_while_they_stand_there()
    {
        var comment = await Site.WriteAsync("one");
        var page = Open();
        await PressAsync(page, "x");
        await page.Find("#reason-Other").ChangeAsync(true);
        await page.Find("#reason-words").InputAsync("It names a school.");
        await Site.Decisions.DecideAsync(comment.Id, 1, Decision.Spam, Ben, Cancel);
        await page.Find("form.refusal").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("stands above the list", MessageOn(page), StringComparison.Ordinal));

        await Button(page, "I no longer need it").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("", MessageOn(page)));
    }

    [Fact]
    public async Task The_end_of_the_list_is_said_until_something_comes_behind_it()
    {
        await Site.WriteAsync("one");
        var page = Open();
        await PressAsync(page, "j");
        Assert.Equal("That was the last one.", MessageOn(page));

        Site.Get<CommentChangeNotifier>().Notify(await Site.WriteAsync("two"), isSeen: false);

        page.WaitForAssertion(() => Assert.Equal("", MessageOn(page)));
    }

    [Fact]
    public async Task The_alarm_of_a_crisis_ends_when_a_colleague_has_decided_on_it()
    {
        await Site.WriteAsync("one");
        var page = Open();
        var crisis = await Site.WriteAsync("I cannot go on.", level: FlagLevel.Crisis);
        Site.Get<CommentChangeNotifier>().Notify(crisis, isSeen: false);
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".alarm p")));

        await Site.Decisions.DecideAsync(crisis.Id, 1, Decision.Reject(RefusalReason.Safeguarding), Ben, Cancel);

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".alarm p")));
    }
}
