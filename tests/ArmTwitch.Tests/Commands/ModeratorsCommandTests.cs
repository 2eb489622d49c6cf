using System.Text.Json;
using ArmTwitch.Data;
using ArmTwitch.Moderators.Accounts;
using ArmTwitch.Tests.Moderators;

namespace ArmTwitch.Tests.Commands;

/// <summary>Each command runs beside a site that serves the same data.</summary>
public sealed class ModeratorsCommandTests : IDisposable
{
    private readonly ModeratorTestSite site = new();

    public void Dispose() => site.Dispose();

    [Fact]
    public async Task An_invitation_from_the_command_line_opens_the_running_site()
    {
        var browser = site.Visit();

        var (exit, lines) = await RunAsync("moderators", "invite", "ada@example.org", "--role", "admin");

        Assert.Equal(0, exit);
        var link = new Uri(Assert.Single(lines));
        Assert.Equal("https://armtwitch.test", link.GetLeftPart(UriPartial.Authority));
        Assert.Contains(
            "as admin", (await browser.OpenAsync(link.PathAndQuery)).QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_can_be_read_by_people_and_programs()
    {
        await site.JoinAsync(role: ModeratorRole.Editor);

        var (_, people) = await RunAsync("moderators", "list");
        var (_, programs) = await RunAsync("moderators", "list", "--json");

        Assert.Equal(["ada@example.org  editor  Ada", "1 person."], people);
        var one = JsonDocument.Parse(string.Concat(programs)).RootElement[0];
        Assert.Equal(("ada@example.org", "editor"), (one.GetProperty("email").GetString(), one.GetProperty("role").GetString()));
    }

    [Fact]
    public async Task A_person_is_removed_but_not_the_last_admin()
    {
        await site.JoinAsync("ada@example.org");
        await site.JoinAsync("grace@example.org", ModeratorRole.Admin);

        Assert.Equal((0, "ada@example.org is removed."), await LastLineAsync("moderators", "remove", "ada@example.org"));
        Assert.Equal(
            (1, "ada@example.org has no account and no open invitation."), await LastLineAsync("moderators", "remove", "ada@example.org"));
        Assert.Equal(1, (await RunAsync("moderators", "remove", "grace@example.org")).Exit);
        Assert.Equal(
            "grace@example.org",
            Assert.Single(await site.Site.Get<ModeratorAccounts>().ListAsync(TestContext.Current.CancellationToken)).Email);
    }

    [Fact]
    public async Task An_open_invitation_is_listed_and_can_be_taken_back()
    {
        await site.JoinAsync(role: ModeratorRole.Admin);
        var (_, made) = await RunAsync("moderators", "invite", "Grace@example.org", "--role", "editor");

        var (_, people) = await RunAsync("moderators", "list");
        var (_, programs) = await RunAsync("moderators", "list", "--json");

        Assert.Equal(["ada@example.org  admin  Ada", "1 person."], people.Take(2));
        Assert.Matches(@"^Grace@example\.org  editor  invited until \d{4}-\d\d-\d\d \d\d:\d\d UTC$", people[2]);
        Assert.Equal("1 open invitation.", people[3]);
        var entries = JsonDocument.Parse(string.Concat(programs)).RootElement.EnumerateArray().ToList();
        Assert.Equal(["ada@example.org", "Grace@example.org"], entries.Select(one => one.GetProperty("email").GetString()));
        Assert.Equal([false, true], entries.Select(one => one.GetProperty("invitedUntil").ValueKind is JsonValueKind.String));
        Assert.Equal(
            (0, "The invitation of grace@example.org is revoked."), await LastLineAsync("moderators", "remove", "grace@example.org"));
        Assert.Equal(
            (1, "grace@example.org has no account and no open invitation."),
            await LastLineAsync("moderators", "remove", "grace@example.org"));
        var page = await site.Visit().OpenAsync(new Uri(Assert.Single(made)).PathAndQuery);
        Assert.Contains("This link does not work any more", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_an_account_is_not_invited()
    {
        await site.JoinAsync();

        Assert.Equal((1, "ada@example.org has an account already."), await LastLineAsync("moderators", "invite", "ada@example.org"));
    }

    [Theory]
    [InlineData("moderators", "invite")]
    [InlineData("moderators", "invite", "nobody")]
    [InlineData("moderators", "invite", "ada@example.org", "--role", "king")]
    [InlineData("moderators")]
    public async Task Wrong_usage_ends_with_2(params string[] arguments) => Assert.Equal(2, (await RunAsync(arguments)).Exit);

    [Fact]
    public async Task Migrating_twice_does_nothing_the_second_time()
    {
        site.Visit();

        Assert.Equal((0, "The database is up to date already."), await LastLineAsync("database", "migrate"));
    }

    [Fact]
    public async Task A_setting_among_the_arguments_counts()
    {
        using var elsewhere = new ContentCopy();
        var folder = elsewhere.PathOf("data");

        using var program = new BuiltProgram(["moderators", "list", "--json", "--Data:Directory", folder]);

        Assert.Equal(0, await program.EndAsync());
        Assert.True(File.Exists(Path.Combine(folder, "armtwitch.db")));
    }

    private async Task<(int Exit, string Line)> LastLineAsync(params string[] arguments) =>
        await RunAsync(arguments) is var (exit, lines) ? (exit, lines[^1]) : default;

    private Task<(int Exit, IReadOnlyList<string> Lines)> RunAsync(params string[] arguments) =>
        CommandInProcess.RunAsync(
            arguments, ("Data:Directory", site.Site.DataFolder), ("Content:Path", RepositoryPaths.Content),
            ("Site:BaseUrl", "https://armtwitch.test"));
}
