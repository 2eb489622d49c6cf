using ArmTwitch.Articles;
using ArmTwitch.Comments;
using ArmTwitch.Comments.Flags;
using ArmTwitch.Comments.Posting;
using ArmTwitch.Comments.Spam;

namespace ArmTwitch.Tests.Comments.Flags;

public sealed class CommentFlaggerTests
{
    private const string Calm = "My upper arm has twitched for two weeks.";

    private readonly CommentFlagger flagger = new(new SpamScorer());

    [Fact]
    public void What_a_rule_finds_becomes_a_flag_of_the_comment()
    {
        var comment = new Comment
        {
            Article = Slug.Parse("arm", null),
            Author = "Ada",
            Text = "I have chest pain",
            Revision = 2,
            WrittenAt = default,
            WaitingSince = default
        };

        var flag = Assert.Single(flagger.FlagComment(comment.Author, comment.Text, CommentDraft.Empty).Flags)
            .ToEntity(comment.Id, comment.Revision);

        Assert.Equal(
            (comment.Id, 2, "chest-pain", FlagLevel.RedFlag, "chest pain"),
            (flag.CommentId, flag.Revision, flag.Rule, flag.Level, flag.Words));
        Assert.NotEmpty(flag.Why);
    }

    [Fact]
    public void A_filled_honeypot_is_a_flag()
    {
        var flag = Assert.Single(flagger.FlagComment("Ada", Calm, CommentDraft.Empty with { Honeypot = "https://spam.example" }).Flags);

        Assert.Equal((HoneypotRule.Id, FlagLevel.Ordinary, "https://spam.example"), (flag.Rule, flag.Level, flag.Words));
    }

    [Fact]
    public void A_honeypot_filled_with_a_whole_page_is_quoted_in_part() =>
        Assert.InRange(
            flagger.FlagComment("Ada", Calm, CommentDraft.Empty with { Honeypot = new string('x', 60_000) }).Flags.Single().Words.Length, 1,
            200);

    [Fact]
    public void Personal_data_that_was_sent_after_a_warning_is_a_flag()
    {
        var flags = flagger.FlagComment("Ada", "Ring 07700 900123", CommentDraft.Empty with { Keep = true }).Flags;

        Assert.Equal(["contact-data", CommentFlagger.ConfirmedPersonalData], flags.Select(flag => flag.Rule));
        Assert.Equal("07700 900123", flags[1].Words);
    }

    [Fact]
    public void A_number_and_the_words_that_lead_to_it_are_quoted_once() =>
        Assert.Equal("text me on 07700 900123", Assert.Single(flagger.FlagComment("Ada", "So text me on 07700 900123.", null).Flags).Words);

    [Fact]
    public void An_edited_comment_has_no_form() => Assert.Empty(flagger.FlagComment("Ada", Calm, null).Flags);
}
