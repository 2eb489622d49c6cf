using ArmTwitch.Articles;
using ArmTwitch.Newsletter.Drafting;

namespace ArmTwitch.Tests.Newsletter.Drafting;

/// <summary>Two editors who have written in the same field: nothing is overwritten before one of them has chosen.</summary>
public sealed class IssueEditingConflictTests : IssueEditingSessionTestBase
{
    [Fact]
    public async Task Words_that_clash_are_shown_and_nothing_is_saved_before_somebody_chooses()
    {
        Write(mine, "My words");
        Write(hers, "Her words");
        await hers.SaveAsync(Stop);

        Assert.False(await mine.SaveAsync(Stop));
        Write(mine, "My longer words");
        Assert.False(await mine.SaveAsync(Stop));

        Assert.Equal(("Her words", "My longer words"), (mine.Conflict!.Draft.Introduction, mine.Mine.Introduction));
        Assert.Equal("Her words", (await Drafts.FindAsync(issue, Stop))!.Draft.Introduction);
    }

    [Fact]
    public async Task Keeping_ones_own_words_overwrites_only_what_was_shown()
    {
        Write(mine, "My words");
        Write(hers, "Her words");
        await hers.SaveAsync(Stop);
        await mine.FollowAsync(Stop);
        Write(hers, "Her better words");
        await hers.SaveAsync(Stop);

        Assert.False(await mine.KeepMineAsync(Stop));
        Assert.Equal("Her better words", mine.Conflict!.Draft.Introduction);
        Assert.True(await mine.KeepMineAsync(Stop));
        Assert.Equal("My words", (await Drafts.FindAsync(issue, Stop))!.Draft.Introduction);
    }

    [Fact]
    public async Task Who_takes_the_others_words_can_have_their_own_back()
    {
        Write(mine, "My words");
        Write(hers, "Her words");
        await hers.SaveAsync(Stop);
        await mine.SaveAsync(Stop);

        mine.TakeTheirs();
        var taken = (mine.Mine.Introduction, mine.IsUnsaved);
        mine.BringBack();

        Assert.Equal((("Her words", false), "My words", true), (taken, mine.Mine.Introduction, mine.IsUnsaved));
    }

    [Fact]
    public async Task What_the_browser_kept_is_shown_beside_what_was_saved_since()
    {
        Write(hers, "Her words");
        await hers.SaveAsync(Stop);
        using var again = new IssueEditingSession(Drafts, issue, Ada, (await Drafts.FindAsync(issue, Stop))!);

        again.Restore(new(new() { ["introduction"] = "Kept words" }, new() { ["introduction"] = "" }));

        Assert.Equal(("Kept words", "Her words"), (again.Mine.Introduction, again.Conflict?.Draft.Introduction));
    }

    [Fact]
    public async Task What_the_browser_kept_clashes_with_the_editors_own_other_tab_also_after_a_reload()
    {
        Write(mine, "Words of the other tab");
        await mine.SaveAsync(Stop);
        using var again = new IssueEditingSession(Drafts, issue, Ada, (await Drafts.FindAsync(issue, Stop))!);

        again.Restore(new(new() { ["introduction"] = "Kept words" }, new() { ["introduction"] = "" }));

        Assert.True(again.Conflict!.IsOwn);
    }

    [Fact]
    public async Task What_the_browser_kept_is_no_clash_with_what_was_saved_of_it_already()
    {
        Write(mine, "My");
        await mine.SaveAsync(Stop);

        mine.Restore(new(new() { ["introduction"] = "My words" }, new() { ["introduction"] = "" }));

        Assert.Null(mine.Conflict);
        Assert.Equal("My words", mine.Mine.Introduction);
        Assert.True(await mine.SaveAsync(Stop));
    }

    [Fact]
    public async Task Choosing_leaves_every_field_alone_in_which_only_one_of_both_has_written()
    {
        mine.Change(draft => draft with { Introduction = "My words", Preheader = "My preview" });
        hers.Change(draft => draft with { Introduction = "Her words", Subject = "Her subject" });
        await hers.SaveAsync(Stop);
        await mine.FollowAsync(Stop);
        hers.Change(draft => draft with { Subject = "Her better subject" });
        await hers.SaveAsync(Stop);
        await mine.FollowAsync(Stop);

        Assert.Equal(["the introduction"], mine.Disputed.FieldsUnlike(mine.Conflict!.Draft));
        Assert.True(await mine.KeepMineAsync(Stop));

        Assert.Equal(new IssueDraft("Her better subject", "My preview", "My words", ""), (await Drafts.FindAsync(issue, Stop))!.Draft);
    }

    [Fact]
    public async Task Who_is_written_over_by_a_choice_of_a_colleague_still_has_the_words()
    {
        Write(hers, "Her sentence");
        await hers.SaveAsync(Stop);
        Write(mine, "My sentence");
        await mine.SaveAsync(Stop);
        Assert.NotNull(mine.Conflict);

        await mine.KeepMineAsync(Stop);
        await hers.FollowAsync(Stop);

        Assert.Equal(("introduction", "Her sentence"), Assert.Single(hers.Replaced!.Words));
        Assert.Null(mine.Replaced);
        hers.ForgetReplaced();
        Assert.Null(hers.Replaced);
    }

    [Fact]
    public async Task Words_that_a_colleague_has_only_added_to_are_not_replaced()
    {
        Write(hers, "Her sentence");
        await hers.SaveAsync(Stop);
        await mine.FollowAsync(Stop);
        Write(mine, "Her sentence, and mine");
        await mine.SaveAsync(Stop);

        await hers.FollowAsync(Stop);

        Assert.Null(hers.Replaced);
    }
}
