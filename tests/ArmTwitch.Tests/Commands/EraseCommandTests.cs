using System.Net;
using System.Text.Json;
using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderators.Accounts;
using ArmTwitch.Tests.Comments;

namespace ArmTwitch.Tests.Commands;

/// <summary><c>erase</c> beside a site that serves the same data.</summary>
public sealed class EraseCommandTests : IDisposable
{
    private readonly CommentTestSite comments = new(DatabaseKind.Sqlite, ("Limits:Enabled", "false"));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => comments.Dispose();

    [Fact]
    public async Task It_says_in_plain_words_what_it_erased_and_what_a_person_has_to_look_at()
    {
        await SeedAsync();

        var (exit, lines) = await RunAsync("erase", "Ada@Example.org");

        Assert.Equal(0, exit);
        Assert.Contains("1 form that waited is deleted.", lines);
        Assert.Contains("1 comment is erased, also where readers saw it: name, words and address.", lines);
        Assert.Contains("1 note on an article that names the address is deleted.", lines);
        Assert.Contains("1 invitation is taken back.", lines);
        Assert.Contains(lines, line => line.StartsWith(
            "The address stands in the words of 1 other comment. Look at it and decide: /moderation/queue?comment=", StringComparison.Ordinal));
        Assert.Contains("Erased.", lines);
        Assert.Equal([CommentStatus.Erased, CommentStatus.Pending], (await comments.CommentsAsync()).Select(comment => comment.Status));

        Assert.Contains("Nothing is kept under this address.", (await RunAsync("erase", "nobody@example.org")).Lines);
    }

    [Fact]
    public async Task A_program_can_read_what_it_did()
    {
        await SeedAsync();

        var (exit, lines) = await RunAsync("erase", "ada@example.org", "--json");

        var parts = JsonDocument.Parse(string.Concat(lines)).RootElement.EnumerateArray()
            .Select(part => (
                part.GetProperty("what").GetString(), part.GetProperty("count").GetInt32(),
                part.GetProperty("isErased").GetBoolean())).ToList();
        Assert.Equal(0, exit);
        Assert.Equal(
            [("sign-ups", 1, true), ("comments", 1, true), ("comments-naming", 1, false), ("feedback", 1, true), ("invitations", 1, true)],
            parts.Where(part => part.Item1 is not ("mails" or "log")).OrderBy(part => part.Item1 is "sign-ups" ? 0 : 1));
    }

    [Fact]
    public async Task What_is_no_address_is_wrong_usage() =>
        Assert.Equal((2, "That is no e-mail address."), await RunAsync("erase", "ada") is var (exit, lines) ? (exit, lines[^1]) : default);

    private async Task SeedAsync()
    {
        foreach (var answer in new[]
        {
            await comments.WriteAsync("Mine stopped after a week.", "Ada", "ada@example.org"),
            await comments.PostAsync(
                $"{CommentTestSite.Article}/comments", ("name", "Eve"), ("body", "Write to ADA@example.org, she knows."), ("website", ""),
                ("keep", "yes")),
            await comments.PostAsync("/newsletter/subscribe", ("email", "ada@example.org"), ("website", ""), ("page", "/")),
            await comments.PostAsync($"{CommentTestSite.Article}/feedback", ("useful", "no"), ("note", "Ask ada@example.org.")),
        })
        {
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
            answer.Dispose();
        }

        await comments.Site.Get<InvitationService>().MakeAsync("ada@example.org", ModeratorRole.Moderator, cancellationToken: Stop);
    }

    private Task<(int Exit, IReadOnlyList<string> Lines)> RunAsync(params string[] arguments) =>
        CommandInProcess.RunAsync(arguments, ("Data:Directory", comments.Site.DataFolder));
}
