using ArmTwitch.Articles;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.Drafting;
using ArmTwitch.Newsletter.Screens;

namespace ArmTwitch.Tests.Newsletter.Drafting;

/// <summary>What somebody typed without a connection, and what a colleague saved meanwhile.</summary>
public sealed class KeptIssueFieldsTests
{
    private static readonly string[] Fields = ["subject", "preheader", "introduction", KeptIssueFields.NoteOf(Slug.Parse("one"))];

    private static readonly IssueDraft From = new("Subject", "Preview", "Words", "To read\tone\tNote");

    /// <summary>The fields that were typed in, one bit for each.</summary>
    public static TheoryData<int> SetsOfFields => [.. Enumerable.Range(0, 1 << Fields.Length)];

    [Theory]
    [MemberData(nameof(SetsOfFields))]
    public void Only_fields_that_both_changed_are_asked_about_and_neither_choice_touches_another(int typed)
    {
        for (var saved = 0; saved < 1 << Fields.Length; saved++)
        {
            var theirs = Change(From, saved, "hers");
            using var session = Open(theirs);

            session.Restore(new(WordsOf(typed, "mine"), KeptIssueFields.Of(From).ToDictionary()));

            Assert.Equal(Change(theirs, typed, "mine"), session.Mine);
            Assert.Equal((typed & saved) is not 0, session.Conflict is not null);
            Assert.Equal(Change(theirs, typed & saved, "mine"), session.Disputed);
            session.TakeTheirs();
            Assert.Equal(Change(theirs, typed & ~saved, "mine"), session.Mine);
            session.BringBack();
            Assert.Equal(Change(theirs, typed, "mine"), session.Mine);
        }
    }

    [Fact]
    public void Words_that_were_typed_on_nobody_knows_what_are_asked_about()
    {
        using var session = Open(From);

        session.Restore(new(WordsOf(1, "mine")));

        Assert.Equal(("mine", "Subject"), (session.Mine.Subject, session.Conflict?.Draft.Subject));
    }

    private static IssueEditingSession Open(IssueDraft saved) => new(
        null!, Slug.Parse("issue"), Guid.NewGuid(), new SavedIssueDraft(saved, 2, "Grace", DateTimeOffset.UnixEpoch, IssueState.Draft));

    private static IssueDraft Change(IssueDraft draft, int fields, string words) =>
        new KeptIssueFields(WordsOf(fields, words)).ReadInto(draft);

    private static Dictionary<string, string> WordsOf(int fields, string words) =>
        Fields.Where((_, place) => ((fields >> place) & 1) is 1).ToDictionary(name => name, _ => words);
}
