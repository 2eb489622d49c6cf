using ArmTwitch.Articles;
using ArmTwitch.Data;
using ArmTwitch.Moderators;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.Drafting;
using ArmTwitch.Newsletter.Screens;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace ArmTwitch.Tests.Newsletter.Screens;

/// <summary>Two editors at one issue.</summary>
public sealed class SharedIssueEditingTests : IssueEditorTestBase
{
    [Fact]
    public async Task Two_editors_know_of_each_other_and_see_what_the_other_saves()
    {
        var issue = await BeginAsync("Words");
        var (mine, hers) = (Open(Ada, issue), Open(Grace, issue));

        mine.WaitForAssertion(() => Assert.Contains("Grace has this issue open too", mine.Find(".aside").TextContent, StringComparison.Ordinal));
        await TypeAsync(hers, "#subject", "Her subject");
        await SavesAsync(hers);
        await UntilAsync(mine, () => mine.Find("#subject").GetAttribute("value") is "Her subject");
        Assert.Matches(
            $@"^{IssueAuditEntry.Former} changed the subject line at \d\d:\d\d UTC\.\z", mine.Find(".save-state [role=status]").TextContent);
    }

    [Fact]
    public async Task Of_two_texts_an_editor_chooses_and_nothing_is_lost()
    {
        var issue = await BeginAsync("Words");
        var (mine, hers) = (Open(Ada, issue), Open(Grace, issue));
        await TypeAsync(mine, "#introduction", "My words");
        await TypeAsync(hers, "#introduction", "Her words");
        await hers.InvokeAsync(() => hers.FindComponent<IssueEditor>().Instance.FlushAsync());

        await UntilAsync(mine, () => mine.FindAll(".conflict pre").Select(text => text.TextContent).ToList() is ["My words", "Her words"]);
        Assert.StartsWith("Not saved yet: ", mine.Find(".save-state [role=status]").TextContent, StringComparison.Ordinal);
        await PressAsync(mine, $"Take {IssueAuditEntry.Former}’s");
        Assert.Equal("Her words", mine.Find("#introduction").GetAttribute("value"));
        await PressAsync(mine, "Bring it back");

        Assert.Equal("My words", mine.Find("#introduction").GetAttribute("value"));
    }

    [Fact]
    public async Task Of_two_tabs_of_one_editor_neither_is_called_a_colleague()
    {
        var issue = await BeginAsync("Words");
        var (one, other) = (Open(Ada, issue), Open(Ada, issue));
        await TypeAsync(one, "#introduction", "These words");
        await TypeAsync(other, "#introduction", "Other words");
        await other.InvokeAsync(() => other.FindComponent<IssueEditor>().Instance.FlushAsync());

        await UntilAsync(one, () => one.FindAll(".conflict").Count is 1);

        Assert.Equal("You have changed the same words in another tab", one.Find(".conflict h3").TextContent);
        await PressAsync(one, "Take the other tab’s");
        Assert.Equal("Other words", one.Find("#introduction").GetAttribute("value"));
    }

    [Fact]
    public async Task Words_that_were_typed_without_a_connection_are_not_written_over_what_a_colleague_saved_meanwhile()
    {
        var issue = await BeginAsync("Words");
        var (mine, hers) = (Open(Ada, issue), Open(Grace, issue));
        await TypeAsync(hers, "#introduction", "Her words");
        await hers.InvokeAsync(() => hers.FindComponent<IssueEditor>().Instance.FlushAsync());
        await UntilAsync(mine, () => mine.Find("#introduction").GetAttribute("value") is "Her words");

        var kept = new KeptIssueFields(new() { ["introduction"] = "My words" }, new() { ["introduction"] = "Words" });
        await mine.InvokeAsync(() => mine.FindComponent<IssueEditor>().Instance.RestoreAsync(kept));

        await UntilAsync(mine, () => mine.FindAll(".conflict pre").Select(text => text.TextContent).ToList() is ["My words", "Her words"]);
        Assert.Equal("Her words", (await Drafts.FindAsync(Slug.Parse(issue), Stop))!.Draft.Introduction);
    }

    [Fact]
    public async Task Who_is_writing_is_named_before_it_is_sent_and_keeps_the_words_on_the_screen()
    {
        var issue = await BeginAsync("Words");
        var (mine, hers) = (Open(Ada, issue), Open(Grace, issue));
        await PressAsync(mine, "Send now");
        Assert.Empty(mine.FindAll(".confirm [role=alert]"));
        await TypeAsync(hers, "#introduction", "Her last words");
        Failing.Refuses = statement => statement.Contains("UPDATE \"NewsletterIssues\"", StringComparison.Ordinal)
            && statement.Contains("\"Source\"", StringComparison.Ordinal);
        await PressAsync(mine, "Back", "Send now");

        Assert.StartsWith("Grace is writing just now.", mine.Find(".confirm [role=alert]").TextContent, StringComparison.Ordinal);
        await PressAsync(mine, "Yes, send it now");

        await UntilAsync(hers, () => hers.FindAll(".conflict pre").Select(text => text.TextContent).ToList() is ["Her last words", "Words"]);
        Assert.Equal("Ada has sent it while you were writing", hers.Find(".conflict h3").TextContent);
        await PressAsync(hers, "I have what I need");
        Assert.Empty(hers.FindAll(".conflict"));
    }

    [Theory]
    [InlineData("Send now", "Yes, send it now", "Nothing was sent")]
    [InlineData("Schedule", "Yes, schedule it", "Nothing was scheduled")]
    public async Task A_question_stays_open_when_a_colleague_saves_and_takes_no_press_that_was_meant_for_the_text_before(
        string ask, string yes, string said)
    {
        var issue = await BeginAsync("Words");
        var (mine, hers) = (Open(Ada, issue), Open(Grace, issue));
        mine.Find("#when").Change("2026-12-24T10:00");
        // What was changed before the question is no news, and not the colleague's.
        await TypeAsync(mine, "#subject", "My subject");
        await PressAsync(mine, ask);
        await TypeAsync(hers, "#introduction", "Her words");
        await SavesAsync(hers);

        await UntilAsync(mine, () => mine.FindAll(".confirm [role=alert]").Any(said => said.TextContent.Contains(
            $"{IssueAuditEntry.Former} has just changed the introduction: look at the preview again.", StringComparison.Ordinal)));
        await PressAsync(mine, yes);

        Assert.StartsWith($"{said}: your press was for the text before.", mine.Find(".confirm [role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal(IssueState.Draft, (await Drafts.FindAsync(Slug.Parse(issue), Stop))!.State);
        Site.Site.Clock.Advance(TimeSpan.FromSeconds(1));
        await PressAsync(mine, yes);
        Assert.Equal(IssueState.Scheduled, (await Drafts.FindAsync(Slug.Parse(issue), Stop))!.State);
    }

    [Fact]
    public async Task A_question_that_a_colleague_has_answered_meanwhile_is_withdrawn_with_a_word()
    {
        var issue = await BeginAsync("Words");
        var (mine, hers) = (Open(Ada, issue), Open(Grace, issue));
        await PressAsync(mine, "Send now");
        await PressAsync(hers, "Send now", "Yes, send it now");

        await UntilAsync(mine, () => mine.FindAll(".confirm").Count is 0);

        Assert.StartsWith("Nothing was done: somebody else was quicker.", mine.Find(".issue-send .error[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_written_over_can_copy_the_words()
    {
        var issue = await BeginAsync("Words");
        var (mine, hers) = (Open(Ada, issue), Open(Grace, issue));
        await TypeAsync(mine, "#introduction", "My words");
        await TypeAsync(hers, "#introduction", "Her words");
        await hers.InvokeAsync(() => hers.FindComponent<IssueEditor>().Instance.FlushAsync());
        await UntilAsync(mine, () => mine.FindAll(".conflict pre").Count is 2);

        await PressAsync(mine, "Keep mine");

        await UntilAsync(hers, () => hers.FindAll(".conflict pre").Select(text => text.TextContent).ToList() is ["Her words"]);
        await PressAsync(hers, "I have what I need");
        Assert.Empty(hers.FindAll(".conflict"));
    }

    [Fact]
    public async Task A_draft_that_a_colleague_has_open_is_not_deleted_without_a_word_and_stays_with_the_colleague()
    {
        var issue = await BeginAsync("Words");
        var (mine, hers) = (Open(Ada, issue), Open(Grace, issue));
        await TypeAsync(hers, "#introduction", "Her words");
        await SavesAsync(hers);
        await UntilAsync(mine, () => mine.Find(".inbox-phone").TextContent.Contains("Her words", StringComparison.Ordinal));

        await PressAsync(mine, "Delete this draft…");
        await UntilAsync(mine, () => mine.Find(".confirm").TextContent.Contains("Grace has it open just now: ask first.", StringComparison.Ordinal));
        Assert.Matches($"{IssueAuditEntry.Former} was the last to change it, .*UTC", mine.Find(".confirm").TextContent);
        await PressAsync(mine, "Yes, delete it");
        await UntilAsync(hers, () => hers.FindAll(".conflict h3").Any(said => said.TextContent.StartsWith("Ada deleted this draft at ", StringComparison.Ordinal)));

        Assert.Equal("Her words", hers.Find("#introduction").GetAttribute("value"));
        Assert.Empty(hers.FindAll("#send"));
        await TypeAsync(hers, "#subject", "Her subject");
        await PressAsync(hers, "Keep it as a new draft");
        var kept = new Uri(Grace.Services.GetRequiredService<NavigationManager>().Uri).Segments[^1];
        Assert.Equal(("Her subject", "Her words"), await Drafts.FindAsync(Slug.Parse(kept), Stop) is { } draft ? (draft.Draft.Subject, draft.Draft.Introduction) : default);
    }

    [Fact]
    public async Task A_draft_that_a_colleague_has_changed_since_the_question_is_not_deleted()
    {
        var issue = await BeginAsync("Words");
        var (mine, hers) = (Open(Ada, issue), Open(Grace, issue));
        await PressAsync(mine, "Delete this draft…");
        await TypeAsync(hers, "#introduction", "Her words");
        await SavesAsync(hers);
        await UntilAsync(mine, () => mine.Find("#introduction").GetAttribute("value") is "Her words");

        await PressAsync(mine, "Yes, delete it");

        Assert.NotNull(await Drafts.FindAsync(Slug.Parse(issue), Stop));
        Assert.StartsWith("Nothing was deleted: ", mine.Find(".give-up ~ .error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_that_got_the_address_of_a_deleted_one_is_not_shown_in_its_place()
    {
        var issue = await BeginAsync("Words");
        var mine = Open(Ada, issue);
        await PressAsync(mine, "Delete this draft…");
        var editor = new CurrentModerator(Guid.NewGuid(), "Grace", "grace@example.org", ModeratorRole.Editor);
        await Drafts.DeleteAsync((await Drafts.FindAsync(Slug.Parse(issue), Stop))!, editor, Stop);
        Assert.Equal(issue, await BeginAsync("Her words"));

        await UntilAsync(mine, () => mine.FindAll(".conflict h3").Any(said => said.TextContent.StartsWith("Grace deleted this draft at ", StringComparison.Ordinal)));

        Assert.Equal("Words", mine.Find("#introduction").GetAttribute("value"));
        Assert.Empty(mine.FindAll("#send, .confirm"));
    }
}
