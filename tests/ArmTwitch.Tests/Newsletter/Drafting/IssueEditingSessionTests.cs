using ArmTwitch.Articles;
using ArmTwitch.Data;
using ArmTwitch.Moderators.LocalTimes;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.Drafting;
using ArmTwitch.Newsletter.Drafting.Parts;

namespace ArmTwitch.Tests.Newsletter.Drafting;

/// <summary>Two editors at one issue: neither loses a word, and each is told of the other.</summary>
public sealed class IssueEditingSessionTests : IssueEditingSessionTestBase
{
    [Fact]
    public async Task What_one_saves_appears_with_the_other()
    {
        Write(hers, "Her words");
        await hers.SaveAsync(Stop);

        var newer = await mine.FollowAsync(Stop);

        Assert.Equal(("Her words", "Her words", false), (newer!.Draft.Introduction, mine.Mine.Introduction, mine.IsUnsaved));
        Assert.Null(await mine.FollowAsync(Stop));
    }

    [Fact]
    public async Task What_cannot_be_stored_leaves_the_field_with_the_save()
    {
        mine.Change(draft => draft with { Subject = "Calm\0er", Introduction = $"Words{'\uD83D'}" });

        Assert.True(await mine.SaveAsync(Stop));

        Assert.Equal(("Calmer", "Words", false), (mine.Mine.Subject, mine.Mine.Introduction, mine.IsUnsaved));
        mine.Change(draft => draft with { Subject = "Calmer\0" });
        Assert.True(await mine.SaveAsync(Stop));
        Assert.Equal((2, false), (mine.Version, mine.IsUnsaved));
    }

    [Fact]
    public async Task What_a_save_brings_along_of_a_colleague_is_told_with_its_fields()
    {
        hers.Change(draft => draft with { Subject = "Her subject", Preheader = "Hers" });
        await hers.SaveAsync(Stop);
        Write(mine, "My words");

        await mine.SaveAsync(Stop);

        Assert.Equal(["the subject line", "the preview text"], mine.Arrived!.Fields);
        Assert.Equal(("Her subject", "My words"), (mine.Mine.Subject, mine.Mine.Introduction));
        Assert.Null(hers.Arrived);
    }

    [Fact]
    public async Task What_is_typed_while_a_save_is_on_its_way_stays()
    {
        Write(mine, "My");
        var saving = mine.SaveAsync(Stop);
        Write(mine, "My words");
        await saving;

        Assert.Equal(("My words", true), (mine.Mine.Introduction, mine.IsUnsaved));
        Assert.True(await mine.SaveAsync(Stop));
        Assert.Equal("My words", (await Drafts.FindAsync(issue, Stop))!.Draft.Introduction);
    }

    [Fact]
    public async Task Words_that_were_typed_before_a_colleagues_appeared_are_not_saved_over_them_though_they_come_later()
    {
        Write(hers, "Her words");
        await hers.SaveAsync(Stop);
        await mine.FollowAsync(Stop);
        Write(mine, "My words");

        mine.Restore(new(new() { ["introduction"] = "My words" }, new() { ["introduction"] = "" }));

        Assert.False(await mine.SaveAsync(Stop));
        Assert.Equal(("Her words", "My words"), (mine.Conflict!.Draft.Introduction, mine.Mine.Introduction));
    }

    [Fact]
    public async Task Words_that_were_typed_while_a_colleagues_were_on_their_way_to_the_screen_are_not_saved_over_them()
    {
        var shown = mine.Basis.Draft;
        hers.Change(draft => draft with { Introduction = "Her words", Subject = "Her subject" });
        await hers.SaveAsync(Stop);
        await mine.FollowAsync(Stop);

        mine.Change(draft => draft with { Preheader = "My preview" }, typedOn: shown);
        var isOtherFieldAsked = mine.Conflict is not null;
        mine.Change(draft => draft with { Introduction = "My words" }, typedOn: shown);

        Assert.False(isOtherFieldAsked);
        Assert.False(await mine.SaveAsync(Stop));
        Assert.Equal(("Her words", "My words"), (mine.Conflict!.Draft.Introduction, mine.Mine.Introduction));
        Assert.Equal(["the introduction"], mine.Disputed.FieldsUnlike(mine.Conflict.Draft));
        Assert.True(await mine.KeepMineAsync(Stop));
        Assert.Equal(new IssueDraft("Her subject", "My preview", "My words", ""), (await Drafts.FindAsync(issue, Stop))!.Draft);
    }

    [Fact]
    public async Task Words_that_go_on_from_ones_own_are_no_clash_though_the_screen_does_not_show_them_as_saved_yet()
    {
        var shown = mine.Basis.Draft;
        Write(mine, "My");
        await mine.SaveAsync(Stop);

        mine.Change(draft => draft with { Introduction = "My words" }, typedOn: shown);

        Assert.Null(mine.Conflict);
        Assert.True(await mine.SaveAsync(Stop));
        Assert.Equal("My words", (await Drafts.FindAsync(issue, Stop))!.Draft.Introduction);
    }

    [Fact]
    public async Task Bringing_words_back_leaves_what_a_colleague_saved_since_then_in_other_fields()
    {
        Write(mine, "My words");
        Write(hers, "Her words");
        await hers.SaveAsync(Stop);
        await mine.FollowAsync(Stop);
        mine.TakeTheirs();
        hers.Change(draft => draft with { Subject = "Her subject" });
        await hers.SaveAsync(Stop);
        await mine.FollowAsync(Stop);

        mine.BringBack();

        Assert.Equal(new IssueDraft("Her subject", "", "My words", ""), mine.Mine);
    }

    [Fact]
    public async Task What_a_colleague_changed_is_told_until_the_editor_changes_it_too()
    {
        hers.Change(draft => draft with { Subject = "Her subject", Introduction = "Her words" });
        await hers.SaveAsync(Stop);
        await mine.FollowAsync(Stop);

        Write(mine, "My words");
        var left = mine.Arrived!.Fields;
        mine.Change(draft => draft with { Subject = "My subject" });

        Assert.Equal(["the subject line"], left);
        Assert.Null(mine.Arrived);
    }

    [Fact]
    public async Task Another_tab_of_the_same_editor_is_no_colleague()
    {
        using var other = new IssueEditingSession(Drafts, issue, Ada, (await Drafts.FindAsync(issue, Stop))!);
        other.Change(draft => draft with { Subject = "Other subject" });
        await other.SaveAsync(Stop);
        await mine.FollowAsync(Stop);
        Write(other, "Other words");
        await other.SaveAsync(Stop);
        Write(mine, "My words");
        await mine.SaveAsync(Stop);

        Assert.StartsWith("You changed the subject line in another tab at ", mine.Arrived!.Say(LocalClock.Utc), StringComparison.Ordinal);
        Assert.StartsWith("Not saved yet: you have saved other words in another tab", mine.Conflict!.ConflictWords, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_that_somebody_deletes_is_not_written_anew()
    {
        Write(mine, "My words");
        await Drafts.DeleteAsync((await Drafts.FindAsync(issue, Stop))!, new(Grace, "Grace", "", ModeratorRole.Editor), Stop);

        Assert.False(await mine.SaveAsync(Stop));

        Assert.Equal((true, "My words"), (mine.IsGone, mine.Mine.Introduction));
        Assert.Equal(new IssueDeletion("Grace", Grace, site.Site.Clock.GetUtcNow()), mine.Deletion);
        Assert.Empty(await site.AllAsync<Issue>());
    }
}
