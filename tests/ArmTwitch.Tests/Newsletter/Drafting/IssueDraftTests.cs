using ArmTwitch.Articles;
using ArmTwitch.Newsletter.Drafting;

namespace ArmTwitch.Tests.Newsletter.Drafting;

public sealed class IssueDraftTests
{
    private static readonly IssueDraft From = new("Subject", "Preheader", "Words", "To read\tone\nTo read\ttwo\nNew\tthree\tA note");

    [Fact]
    public void Changes_of_different_fields_are_put_together() => Assert.Equal(
        From with { Subject = "Mine", Introduction = "Theirs" },
        Merged(From with { Subject = "Mine" }, From with { Introduction = "Theirs" }));

    [Fact]
    public void The_same_change_twice_is_no_conflict() => Assert.Equal(
        From with { Subject = "Both" }, Merged(From with { Subject = "Both" }, From with { Subject = "Both" }));

    [Fact]
    public void Two_changes_of_one_field_cannot_be_put_together() =>
        Assert.Null(Merged(From with { Introduction = "Mine" }, From with { Introduction = "Theirs" }));

    [Theory]
    [InlineData("three", -1, "one three two")]
    [InlineData("one", 1, "two one three")]
    [InlineData("one", -1, "one two three")]
    [InlineData("three", 1, "one two three")]
    [InlineData("gone", 1, "one two three")]
    public void An_article_moves_one_place_and_never_off_the_list(string article, int by, string order)
    {
        var moved = From.Move(Slug.Parse(article), by);

        Assert.Equal(order, string.Join(' ', moved.Entries.Select(one => one.Slug)));
        Assert.Equal("A note", moved.Entries.Single(one => one.Slug == Slug.Parse("three")).Note);
    }

    [Fact]
    public void A_note_with_line_breaks_and_tabs_stays_one_note()
    {
        var draft = IssueDraft.Empty.With([new("To read", Slug.Parse("one"), "One\nTwo\tThree"), new("New", Slug.Parse("two"))]);

        Assert.Equal(
            [new("To read", Slug.Parse("one"), "One Two Three"), new IssueArticleEntry("New", Slug.Parse("two"))], draft.Entries);
    }

    [Fact]
    public void What_is_too_long_is_cut_between_characters()
    {
        var draft = IssueDraft.Empty with { Subject = new string('x', 119) + "\U0001F4AA" };

        Assert.Equal(new string('x', 119), draft.Fit().Subject);
    }

    [Fact]
    public void A_subject_is_one_line_of_its_length_whatever_was_pasted()
    {
        var draft = new IssueDraft("Calmer\r\narms\u2028" + new string('x', 500), "One\ntwo", "Hello.\n\nAgain.", "").Fit();

        Assert.StartsWith("Calmer arms x", draft.Subject, StringComparison.Ordinal);
        Assert.Equal(120, draft.Subject.Length);
        Assert.Equal(("One two", "Hello.\n\nAgain."), (draft.Preheader, draft.Introduction));
    }

    [Fact]
    public void A_subject_turns_no_words_behind_it_around()
    {
        var draft = new IssueDraft("Calm\u202E arms\0", "\u2066One", "Hel\0lo.", "To read\tone\tA \u202Dnote").Fit();

        Assert.Equal(new IssueDraft("Calm arms", "One", "Hello.", "To read\tone\tA note"), draft);
        Assert.Equal("זרועות\u200F 3", (draft with { Subject = "זרועות\u200F 3" }).Fit().Subject);
    }

    /// <returns>Null when a field clashes.</returns>
    private static IssueDraft? Merged(IssueDraft mine, IssueDraft theirs) =>
        IssueDraft.Merge(From, mine, theirs) is { HasClash: false } merge ? merge.KeepingMine : null;
}
