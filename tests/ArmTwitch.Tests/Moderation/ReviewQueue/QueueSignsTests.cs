using System.Globalization;
using ArmTwitch.Comments;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.QueueState;
using ArmTwitch.Moderation.ReviewQueue;
using ArmTwitch.Moderation.Teamwork;
using Bunit;
using Microsoft.Data.Sqlite;

namespace ArmTwitch.Tests.Moderation.ReviewQueue;

/// <summary>What the page of the queue shows of colleagues and of work under way, and how Tab goes through it.</summary>
public sealed class QueueSignsTests : QueuePageTestBase
{
    [Fact]
    public async Task A_colleague_whose_program_stopped_is_gone_after_three_minutes()
    {
        var comment = await Site.WriteAsync("One.");
        await Site.WriteAsync("Two.");
        await Site.Queue.ClaimAsync(comment.Id, Ben.Id!.Value, Cancel);
        var page = Open();
        Assert.Contains("Ben is here", page.Find(".queue-list").TextContent, StringComparison.Ordinal);

        Site.Clock.Advance(TimeSpan.FromMinutes(3));

        page.WaitForAssertion(() => Assert.DoesNotContain("Ben is here", page.Find(".queue-list").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_buttons_stay_in_their_places_when_a_colleague_decides_and_a_line_above_them_says_so()
    {
        var comment = await Site.WriteAsync("One.");
        var page = Open();
        var before = ButtonsOf(page);

        await Site.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, Ben, Cancel);

        page.WaitForAssertion(() => Assert.StartsWith(
            "The comment by Ada waits no longer. Approved by Ben.",
            page.Find(".case-foot [role=alert]").TextContent.Trim(), StringComparison.Ordinal));
        Assert.Equal(before, ButtonsOf(page));
        Assert.Equal(["Note"], page.FindAll(".actions button:not([aria-disabled]):not(.plain)").Select(one => one.FirstChild!.TextContent));
        await Button(page, "Show what can be done now").ClickAsync(new());
        Assert.Equal(["Note", "Answer", "Take it off the page"], ButtonsOf(page));

        static IEnumerable<string> ButtonsOf(IRenderedComponent<QueuePage> page) =>
            [.. page.FindAll(".actions button").Select(one => one.FirstChild!.TextContent)];
    }

    [Fact]
    public async Task A_decision_that_takes_long_says_so_meanwhile()
    {
        await Site.WriteAsync("One.");
        var page = Open();
        Task deciding;
        await using (var locker = new SqliteConnection($"Data Source={Path.Combine(Site.Site.DataFolder, "armtwitch.db")};Pooling=False"))
        {
            await locker.OpenAsync(Cancel);
            await using var hold = locker.CreateCommand();
            hold.CommandText = "BEGIN IMMEDIATE";
            await hold.ExecuteNonQueryAsync(Cancel);
            deciding = PressAsync(page, "a");
            // The page has drawn itself with the act under way, and waits from then on.
            await page.InvokeAsync(() => { });
            Site.Clock.Advance(TimeSpan.FromMilliseconds(399));
            Assert.Equal("", MessageOn(page));
            Site.Clock.Advance(TimeSpan.FromMilliseconds(1));
            page.WaitForAssertion(() => Assert.Equal("Working…", MessageOn(page)));
        }

        await deciding;
        Assert.Equal("Approved: the comment by Ada.", MessageOn(page));
    }

    [Fact]
    public async Task What_a_colleague_passes_on_is_told_with_both_names_and_whether_it_may_be_a_crisis()
    {
        await Site.WriteAsync("Plain.");
        var crisis = await Site.WriteAsync("I cannot go on.", level: FlagLevel.Crisis, author: "Grace");
        var page = Open();

        await Site.Get<EscalationService>().PassOnAsync(crisis.Id, Ada.Id!.Value, null, Ben, Cancel);

        page.WaitForAssertion(() => Assert.Equal(
            "Ben has passed the comment by Grace on to you: it may be a crisis. It is in the tab “For you”.", MessageOn(page)));
    }

    [Fact]
    public async Task The_case_says_when_the_comment_was_written_and_the_list_says_so_on_paper()
    {
        var comment = await Site.WriteAsync("Plain.");
        var page = Open();

        Assert.Contains($"{comment.WrittenAt.UtcDateTime:d MMM yyyy, HH:mm} UTC", page.Find(".case > .hint").TextContent, StringComparison.Ordinal);
        Assert.Equal($"{comment.WrittenAt.UtcDateTime:s}Z", page.Find(".case > .hint time").GetAttribute("datetime"));
        Assert.Equal($", since {comment.WaitingSince.UtcDateTime:d MMM yyyy, HH:mm} UTC", page.Find(".row-button .on-paper").TextContent);
    }

    [Fact]
    public async Task Each_of_the_last_decisions_shows_the_words_that_a_moderator_may_read()
    {
        await Site.WriteAsync("Ring 07700 900123.");
        await Site.WriteAsync("Mine stopped.");
        var page = Open();
        await PressAsync(page, "r");
        await page.Find("form.box").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Mine stopped.", page.Find("#words").TextContent));

        await PressAsync(page, "s");

        Assert.Equal(["Mine stopped.", "Ring [removed: phone number]."], page.FindAll(".recent .excerpt").Select(words => words.TextContent));
    }

    [Fact]
    public async Task A_form_that_opens_takes_the_message_before_it_away()
    {
        await Site.WriteAsync("Plain.");
        var page = Open();
        await PressAsync(page, "k");
        Assert.Equal("That was the first one.", MessageOn(page));

        await PressAsync(page, "n");

        Assert.Equal("", MessageOn(page));
    }

    [Fact]
    public async Task Words_to_take_out_are_sent_once_some_are_marked()
    {
        await Site.WriteAsync("Plain.");
        var page = Open();
        await PressAsync(page, "r");

        await page.Find("form.box").SubmitAsync();

        Assert.StartsWith("Nothing is marked yet", page.Find(".redaction [role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal("", MessageOn(page));
    }

    [Fact]
    public async Task The_filter_is_folded_and_says_what_is_chosen()
    {
        await Site.WriteAsync("Plain.");

        var page = OpenAt("?state=approved&rule=self-harm");

        Assert.Equal("Filter: approved, Self-harm and crisis", page.Find(".more-filters:not([open]) summary").TextContent);
    }

    [Fact]
    public async Task The_number_of_related_comments_stands_in_no_button_and_so_on_paper_too()
    {
        var comment = await Site.WriteAsync("Buy.", email: "seller@armtwitch.test");
        await Site.WriteAsync("Buy it.", email: "seller@armtwitch.test");

        var line = Open(comment.Id).Find(".related");

        Assert.StartsWith("1 other comment", line.FirstChild!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_question_about_those_that_are_chosen_names_some_and_says_how_many_are_elsewhere()
    {
        for (var number = 0; number < 4; number++)
            await Site.WriteAsync($"Number {number}.");
        var slice = await Site.Queue.ListAsync(QueueFilter.Everything, cancellationToken: Cancel);
        var elsewhere = new CommentVersion(Guid.NewGuid(), 1);

        Assert.Equal("By Ada, Ada, Ada and 2 more", WhoIn([.. slice.Rows.Select(row => row.Version), elsewhere]));
        Assert.Equal("All that are chosen are on other pages of the list", WhoIn([elsewhere]));

        string WhoIn(HashSet<CommentVersion> ticked) => Context.Render<QueueList>(list => list
            .Add(one => one.Slice, slice).Add(one => one.Filter, QueueFilter.Everything).Add(one => one.Page, 0)
            .Add(one => one.Ticked, ticked).Add(one => one.Asks, true).Add(one => one.Me, Ada.Id!.Value).Add(one => one.Ago, _ => "now"))
            .Find(".bulk-who").TextContent;
    }

    [Fact]
    public async Task Tab_stops_once_in_the_list_unless_its_keys_are_off()
    {
        await Site.WriteAsync("One.");
        await Site.WriteAsync("Two.");
        var slice = await Site.Queue.ListAsync(QueueFilter.Everything, cancellationToken: Cancel);

        Assert.Equal([-1, -1, null, null], StopsOf(isOneStop: true));
        Assert.Equal([null, null, null, null], StopsOf(isOneStop: false));

        int?[] StopsOf(bool isOneStop) => [.. Context.Render<QueueList>(list => list
            .Add(one => one.Slice, slice).Add(one => one.Filter, QueueFilter.Everything).Add(one => one.Page, 0)
            .Add(one => one.Open, slice.Rows[1].Id).Add(one => one.Ticked, new HashSet<CommentVersion>()).Add(one => one.Asks, false)
            .Add(one => one.IsWorking, false).Add(one => one.IsOneStop, isOneStop).Add(one => one.Me, Ada.Id!.Value)
            .Add(one => one.Ago, _ => "now"))
            .FindAll("li .tick, li .row-button").Select(one => one.GetAttribute("tabindex") is { } stop ? int.Parse(stop, CultureInfo.InvariantCulture) : (int?)null)];
    }
}
