using System.Net;
using System.Text.RegularExpressions;
using ArmTwitch.Articles.Content;
using ArmTwitch.Comments;
using ArmTwitch.Mail;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.Subscribing;
using ArmTwitch.Samples;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Samples;

public sealed partial class SampleCommandTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"armtwitch-sample-{Guid.NewGuid():N}");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_sample_that_was_not_finished_leaves_nothing_behind_and_the_folder_that_was_there()
    {
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        Task WriteAsync() => SampleSiteWriter.WriteAsync(RepositoryPaths.Content, folder, 5, 5, 5, stopped.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(WriteAsync);
        Assert.False(Directory.Exists(folder));
        Directory.CreateDirectory(folder);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(WriteAsync);

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public async Task A_sample_is_a_site_with_people_who_do_not_exist()
    {
        using var program = Sample("--articles", "12", "--comments", "200", "--subscribers", "200");
        Assert.Equal(0, await program.EndAsync());
        Assert.Contains("all made up", program.Lines[0], StringComparison.Ordinal);

        using var site = new TestSite(Path.Combine(folder, "content"), settings: ("Data:Directory", Path.Combine(folder, "data")));
        using var visitor = site.Visit();
        using var made = await visitor.GetAsync(new Uri("/articles/made-up-00007", UriKind.Relative), Stop);
        using var own = await visitor.GetAsync(new Uri("/articles/arm-muscle-twitching", UriKind.Relative), Stop);
        await using var db = site.Database();

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (made.StatusCode, own.StatusCode));
        Assert.Contains(
            "A program made this up, and it means nothing.", await made.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        var comments = await db.Set<Comment>().AsNoTracking().ToListAsync(Stop);
        Assert.Equal(200, comments.Count);
        Assert.Equal(
            Enum.GetValues<CommentStatus>().Except([CommentStatus.ApprovedRedacted, CommentStatus.Erased]),
            comments.Select(comment => comment.Status).Distinct().Order());
        var now = TimeProvider.System.GetUtcNow();
        Assert.DoesNotContain(comments, comment => comment.WrittenAt > now || comment.DecidedAt > now || comment.ShownAt > now);
        Assert.False(await db.Set<CommentDecision>().AnyAsync(decision => decision.At > now, Stop));
        Assert.Contains(comments, comment => comment.ParentId is not null);
        Assert.Contains(comments, comment => comment.IsWaiting && comment.Level is FlagLevel.RedFlag);
        var subscribers = await db.Set<Subscriber>().AsNoTracking().ToListAsync(Stop);
        Assert.Equal(200, subscribers.Count);
        Assert.Equal(
            Enum.GetValues<SubscriberState>().Except([SubscriberState.Erased]), subscribers.Select(one => one.State).Distinct().Order());
        Assert.All(subscribers, one => Assert.Matches(Reserved(), one.Email));
        Assert.True(await site.Get<SuppressionList>()
            .ContainsAsync(subscribers.First(one => one.State is SubscriberState.Unsubscribed).Email!, SubscriptionService.Scope, Stop));
        var reader = subscribers.First(one => one.State is SubscriberState.Confirmed);
        Assert.True(await site.Get<SubscriptionService>().UnsubscribeAsync(
            await site.Get<SubscriberSecrets>().UnsubscribeTokenAsync(reader.Id, Stop), ConsentMethod.OneClick, cancellationToken: Stop));
    }

    [Fact]
    public void Made_up_articles_break_no_rule_but_those_of_good_writing()
    {
        var made = SampleArticles.Write(5, RepositoryPaths.Content, folder, Stop);

        var faults = new ContentLoader(made.Folder).Load()!.Faults;

        Assert.DoesNotContain(faults, diagnostic => diagnostic.Level is DiagnosticSeverity.Error);
    }

    [Fact]
    public async Task The_same_comes_out_every_time()
    {
        var (one, two) = (
            SampleArticles.Write(3, RepositoryPaths.Content, Path.Combine(folder, "one"), Stop),
            SampleArticles.Write(3, RepositoryPaths.Content, Path.Combine(folder, "two"), Stop));

        Assert.Equal(await File.ReadAllTextAsync(one.FileOf(2), Stop), await File.ReadAllTextAsync(two.FileOf(2), Stop));
    }

    [Fact]
    public async Task A_folder_with_something_in_it_is_left_alone()
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "mine.txt"), "mine", Stop);

        using var program = Sample("--articles", "1");

        Assert.Equal(2, await program.EndAsync());
        Assert.Contains(
            program.Lines, line => line.Contains("it must be a folder that is empty or not there yet", StringComparison.Ordinal));
        Assert.Equal("mine.txt", Path.GetFileName(Assert.Single(Directory.EnumerateFileSystemEntries(folder))));
    }

    [Theory]
    [InlineData("--comments", "-1")]
    [InlineData("--articles", "100000")]
    [InlineData("--subscribers", "many")]
    public async Task A_number_that_cannot_be_is_wrong_usage(string option, string value)
    {
        using var program = Sample(option, value);

        Assert.Equal(2, await program.EndAsync());
        Assert.False(Directory.Exists(folder));
    }

    private BuiltProgram Sample(params string[] words) => new(["sample", .. words, "--into", folder]);

    [GeneratedRegex(@"^reader\d+@(mail\.example|example\.(com|net|org))$")]
    private static partial Regex Reserved();
}
