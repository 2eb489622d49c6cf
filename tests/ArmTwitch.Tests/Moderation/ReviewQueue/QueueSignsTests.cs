using System.Globalization;
using ArmTwitch.Moderation.QueueState;
using ArmTwitch.Moderation.ReviewQueue;
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
            Site.Clock.Advance(TimeSpan.FromMilliseconds(399));
            Assert.Equal("", MessageOn(page));
            Site.Clock.Advance(TimeSpan.FromMilliseconds(1));
            page.WaitForAssertion(() => Assert.Equal("Working…", MessageOn(page)));
        }

        await deciding;
        Assert.Equal("Approved: the comment by Ada.", MessageOn(page));
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
