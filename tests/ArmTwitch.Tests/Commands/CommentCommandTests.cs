using System.Text.Json;
using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderation;
using ArmTwitch.Tests.Moderation;

namespace ArmTwitch.Tests.Commands;

public abstract class CommentCommandTests(DatabaseKind database) : IAsyncLifetime
{
    private readonly ModerationTestSite desk = new(database);
    private readonly StringWriter output = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await desk.WriteAsync("First\nline");
        await desk.WriteAsync("Done", status: CommentStatus.ApprovedRedacted, email: "reader@example.org");
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await output.DisposeAsync();
        await desk.DisposeAsync();
    }

    [Theory]
    [InlineData(null, 2)]
    [InlineData("pending", 1)]
    [InlineData("approved-redacted", 1)]
    [InlineData("spam", 0)]
    public async Task List_prints_what_has_the_status(string? status, int count)
    {
        Assert.Equal(0, await CommentAdministration.ListAsync(desk.Site.Services, status, json: true, output, Cancellation));

        using var parsed = JsonDocument.Parse(output.ToString());
        Assert.Equal(count, parsed.RootElement.GetArrayLength());
    }

    [Fact]
    public async Task List_prints_a_line_a_comment()
    {
        await CommentAdministration.ListAsync(desk.Site.Services, "pending", json: false, output, Cancellation);

        Assert.Contains("pending            arm-muscle-twitching  Ada: First line", output.ToString(), StringComparison.Ordinal);
        Assert.EndsWith($"1 comments.{Environment.NewLine}", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_status_is_wrong_usage()
    {
        Assert.Equal(2, await CommentAdministration.ListAsync(desk.Site.Services, "waiting", json: false, output, Cancellation));
        Assert.Contains("approved-redacted", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approve_approves_what_is_pending()
    {
        Assert.Equal(0, await CommentAdministration.ApproveAllPendingAsync(desk.Site.Services, output, Cancellation));

        Assert.StartsWith("1 approved.", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, (await desk.Queue.CountAsync(cancellationToken: Cancellation)).Waiting);
    }

    [Fact]
    public async Task Approve_leaves_a_crisis_and_personal_data_to_a_moderator_and_says_which()
    {
        var crisis = await desk.WriteAsync("I want to end my life.", level: FlagLevel.Crisis);
        var phone = await desk.WriteAsync("Ring me on 07700 900123.");

        Assert.Equal(1, await CommentAdministration.ApproveAllPendingAsync(desk.Site.Services, output, Cancellation));

        Assert.Contains($"{crisis.Id}  left for a moderator: it speaks of ending life.", output.ToString(), StringComparison.Ordinal);
        Assert.Contains($"{phone.Id}  left for a moderator: it holds a phone number.", output.ToString(), StringComparison.Ordinal);
        Assert.EndsWith($"1 approved, 2 left for a moderator.{Environment.NewLine}", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, (await desk.Queue.CountAsync(cancellationToken: Cancellation)).Waiting);
    }

    [Fact]
    public async Task Export_writes_a_new_file_without_addresses()
    {
        var file = Path.Combine(desk.Site.DataFolder, "comments.json");

        Assert.Equal(0, await CommentAdministration.ExportAsync(desk.Site.Services, file, output, Cancellation));
        Assert.Equal(1, await CommentAdministration.ExportAsync(desk.Site.Services, file, output, Cancellation));

        var text = await File.ReadAllTextAsync(file, Cancellation);
        Assert.Contains("First\\nline", text, StringComparison.Ordinal);
        Assert.DoesNotContain("reader@example.org", text, StringComparison.Ordinal);
    }
}

public sealed class CommentCommandTestsOnSqlite() : CommentCommandTests(DatabaseKind.Sqlite);

public sealed class CommentCommandTestsOnPostgres() : CommentCommandTests(DatabaseKind.Postgres);
