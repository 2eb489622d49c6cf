using ArmTwitch.Articles;
using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderators.Dashboard;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ArmTwitch.Tests.Moderators.Dashboard;

/// <summary>What cannot wait is seen and said on whatever screen a moderator is.</summary>
public abstract class UrgentWorkTests(DatabaseKind database)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/moderation/figures")]
    [InlineData("/moderation/account")]
    [InlineData("/moderation/nope")]
    public async Task A_crisis_that_waits_stands_in_the_frame_of_every_page(string address)
    {
        using var site = new ModeratorTestSite(database);
        var person = await site.JoinAsync();
        Assert.Null((await person.Browser.OpenAsync(address)).QuerySelector("header .urgent-work"));
        await using (var db = site.Site.Database())
        {
            foreach (var level in (FlagLevel[])[FlagLevel.Crisis, FlagLevel.Ordinary])
                db.Add(WrittenAt(site.Site.Clock.GetUtcNow(), level));
            await db.SaveChangesAsync(Stop);
        }

        var link = (await person.Browser.OpenAsync(address)).QuerySelector("header .urgent-work")!;

        Assert.Equal(("1 possible crisis", "/moderation/queue?tab=crisis"), (link.TextContent, link.GetAttribute("href")));
    }

    [Theory]
    [InlineData("/moderation/feedback", "2 possible crises")]
    [InlineData("/moderation/queue", "")]
    [InlineData("/moderation", "")]
    public async Task One_that_arrives_while_a_screen_is_open_is_said_once(string path, string said)
    {
        await using var bunit = new BunitContext();
        var (clock, work) = (new FakeTimeProvider(), new Crises { Count = 1 });
        bunit.Services.AddSingleton<TimeProvider>(clock).AddSingleton<IUrgentWork>(work);
        bunit.Renderer.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        var frame = bunit.Render<UrgentWorkLinks>(links => links.Add(one => one.Path, path));
        Assert.Equal(("1 possible crisis", ""), (frame.Find("a").TextContent, frame.Find("[aria-live]").TextContent));
        work.Count = 2;

        clock.Advance(TimeSpan.FromSeconds(15));

        frame.WaitForAssertion(
            () => Assert.Equal(("2 possible crises", said), (frame.Find("a").TextContent, frame.Find("[aria-live]").TextContent)),
            Patience);
    }

    private static Comment WrittenAt(DateTimeOffset time, FlagLevel level) => new()
    {
        Article = Slug.Parse("one"),
        Author = "Grace",
        Text = "It hurts",
        WrittenAt = time,
        WaitingSince = time,
        Level = level,
    };

    private sealed class Crises : IUrgentWork
    {
        public int Count { get; set; }

        public Task<WaitingWork> CountUrgentAsync(CancellationToken cancellationToken = default) => Task.FromResult(
            new WaitingWork("possible crisis", "possible crises", Count, "/moderation/queue?tab=crisis", WaitingUrgency.Now));
    }
}

public sealed class UrgentWorkTestsOnSqlite() : UrgentWorkTests(DatabaseKind.Sqlite);

public sealed class UrgentWorkTestsOnPostgres() : UrgentWorkTests(DatabaseKind.Postgres);
