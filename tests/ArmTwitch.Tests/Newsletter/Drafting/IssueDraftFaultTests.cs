using ArmTwitch.Articles;
using ArmTwitch.Data;
using ArmTwitch.Newsletter;

namespace ArmTwitch.Tests.Newsletter.Drafting;

/// <summary>What holds a draft up until it is mended, and what does not.</summary>
public abstract class IssueDraftFaultTests(DatabaseKind database) : IssueDraftTestBase(database)
{
    [Theory]
    [InlineData("", "Words", "", "no subject")]
    [InlineData("x", "", "", "is empty")]
    [InlineData("x", "Words", "To read\tgone", "\"gone\" is not there any more")]
    [InlineData("x", "One.\n\n[out](https://example.org)", "", "line 3: The link \"https://example.org\" leaves the site.")]
    [InlineData("x", "[in](/articles/nothing)", "", "\"/articles/nothing\" leads nowhere")]
    [InlineData("x", "![a picture](/favicon.ico)", "", "Pictures are not sent")]
    [InlineData("x", ":::myth A claim\nWords\n:::", "", "Boxes such as \":::myth\" are not sent. Put it in an article and link to that.")]
    [InlineData("x", "One.\n\n:::warning\nWords\n:::", "", "line 3: Boxes such as \":::warning\" are not sent. Put it in an article and link to that.")]
    [InlineData("x", "One<br>two", "", "line 1: \"<br>\" is HTML, which is not read: readers would see it as it is typed. Begin a new paragraph")]
    [InlineData("x", "One\ntwo *<u>team</u>*", "", "line 2: \"<u>\" is HTML")]
    [InlineData("x", "1\\. Read <b>this</b>", "", "\"<b>\" is HTML")]
    [InlineData("x", "Write `that` and <b>this</b>", "", "\"<b>\" is HTML")]
    [InlineData("x", "[Read <b>this</b>](/articles/one)", "", "\"<b>\" is HTML")]
    [InlineData("x", "An <img src=\"/x.png\">", "", "Pictures are not sent.")]
    [InlineData("x", "Our ~~old~~ new way", "", "\"~~old~~\" is not struck out")]
    [InlineData("x", "Words\n\n| a | b |\n| - | - |\n| c | d |", "", "line 3: Tables are not sent")]
    [InlineData("x", "One\n\n[z](articles/foo)", "", "line 3: The link \"articles/foo\" lacks the slash at its beginning. Write \"/articles/foo\".")]
    [InlineData("An <b>x</b>", "Words", "", "The subject line: \"<b>\" is HTML")]
    [InlineData("x", "Words", "To read\tone\tA <b>note</b>", "The note on \"")]
    [InlineData("x", "Words", "To read\tone\tRead this **first**", "\"**first**\" is not bold or slanted here")]
    [InlineData("x", "Words", "To read\tone\tA [link](/articles/one)", "\"[link](/articles/one)\" is no link here")]
    [InlineData("Rest &amp; sleep", "Words", "", "\"&amp;\" is no character here: readers would see it as it is typed. Take it out")]
    [InlineData("x", "- [ ] rest", "", "line 1: \"[ ]\" is no box to tick")]
    [InlineData("x", "[in](/articles/nothing)\n\nOne<br>two\n\n:::nothing\n:::", "", "line 1: the link \"/articles/nothing\"")]
    public async Task A_draft_with_a_fault_is_shown_and_not_sent(string subject, string words, string articles, string fault)
    {
        await Newsletter.JoinAsync("ada@example.org");
        var issue = await WriteAsync(Draft(subject, words, articles));

        var (mail, trouble) = await Issues.PreviewAsync(issue, Stop);
        var answer = await Issues.ScheduleAsync(issue, "Ada", cancellationToken: Stop);

        Assert.NotNull(mail);
        Assert.Contains(fault, trouble, StringComparison.Ordinal);
        Assert.Equal(trouble, answer.Error);
    }

    [Fact]
    public async Task A_line_of_dashes_at_the_top_hides_nothing()
    {
        var issue = await WriteAsync(Draft("x", "---\nwords: all of them\n---\n\nMore."));

        Assert.Contains("words: all of them", (await Issues.PreviewAsync(issue, Stop)).Mail!.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Words", "New\tlater")]
    [InlineData("See [it](/articles/later#about).", "")]
    public async Task An_article_that_appears_later_goes_out_on_its_day_and_not_before(string words, string articles)
    {
        await Newsletter.JoinAsync("ada@example.org");
        Content.WriteArticle("later", title: "A later one", published: "2026-12-08");
        Reload();
        var issue = await WriteAsync(Draft("x", words, articles));
        var day = new DateTimeOffset(2026, 12, 8, 0, 0, 0, TimeSpan.Zero);
        Assert.Null((await Issues.PreviewAsync(issue, Stop)).Trouble);

        var now = await Issues.ScheduleAsync(issue, "Ada", cancellationToken: Stop);
        var before = await Issues.ScheduleAsync(issue, "Ada", day.AddMinutes(-1), Stop);
        var then = await Issues.ScheduleAsync(issue, "Ada", day.AddHours(6), Stop);
        Newsletter.Site.Clock.SetUtcNow(day.AddHours(6));
        Reload();
        var mail = Assert.Single(await SendAsync());

        Assert.All([now.Error, before.Error], error => Assert.Contains(
            "appears 8 Dec 2026. Schedule the issue for that day (in UTC) or later", error, StringComparison.Ordinal));
        Assert.Null(then.Error);
        Assert.Contains("/articles/later", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_article_that_is_taken_back_to_a_draft_meanwhile_holds_its_issue_up_with_the_reason()
    {
        await Newsletter.JoinAsync("ada@example.org");
        Content.WriteArticle("later", title: "A later one", published: "2026-12-08");
        Reload();
        var issue = await WriteAsync(Draft("x", "See [it](/articles/later)."));
        var day = new DateTimeOffset(2026, 12, 8, 6, 0, 0, TimeSpan.Zero);
        await Issues.ScheduleAsync(issue, "Ada", day, Stop);
        Content.WriteArticle("later", title: "A later one", frontMatter: "draft: true", published: "2026-12-08");
        Newsletter.Site.Clock.SetUtcNow(day);
        Reload();
        await AdvanceAsync();

        var view = await ViewOfAsync(issue);

        Assert.Equal(IssueState.PrepareFailed, view.State);
        Assert.Contains("leads to \"A later one\", which is a draft. Mend it, or take the link out.", view.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_readers_shall_see_as_it_is_typed_is_no_fault()
    {
        var issue = await WriteAsync(Draft("a < b", "Write `<br>` or \\<br>, if a < b.\n\n## A heading\n\n- one\n- two ~ three"));

        Assert.Equal((true, null), await Issues.PreviewAsync(issue, Stop) is { } seen ? (seen.Mail is not null, seen.Trouble) : default);
    }
}

public sealed class IssueDraftFaultTestsOnSqlite() : IssueDraftFaultTests(DatabaseKind.Sqlite);

public sealed class IssueDraftFaultTestsOnPostgres() : IssueDraftFaultTests(DatabaseKind.Postgres);
