using System.Text.Json;
using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Tests.Mail;

namespace ArmTwitch.Tests.Commands;

public sealed class MailCommandTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task An_operator_lists_what_is_in_doubt_and_settles_it(DatabaseKind database)
    {
        using var site = new TestSite(database: database);
        using var visitor = site.Visit();
        var (sent, doubtful) = (await site.QueueAsync("first"), await site.QueueAsync("second"));
        await site.PutAsync(sent.Id, MailState.Sent, 1);
        await site.PutAsync(doubtful.Id, MailState.InDoubt, 1);

        var (exit, words) = await ListAsync(site, "in-doubt", json: true);
        Assert.Equal(0, exit);
        var row = Assert.Single(JsonDocument.Parse(words).RootElement.EnumerateArray().ToList());
        Assert.Equal(
            (doubtful.Id, "in-doubt", "second"),
            (row.GetProperty("id").GetGuid(), row.GetProperty("state").GetString(), row.GetProperty("cause").GetString()));
        Assert.EndsWith("2 mails.\n", (await ListAsync(site, null, json: false)).Words, StringComparison.Ordinal);

        Assert.Equal(
            (1, $"There is no mail {sent.Id} that is unknown; nothing is changed.\n"), await ResolveAsync(site, $"{sent.Id}", "sent"));
        Assert.Equal((0, $"Mail {doubtful.Id} is queued.\n"), await ResolveAsync(site, $"{doubtful.Id}", "queued"));
        Assert.Equal((MailState.Queued, 0), ((await site.ReadAsync(doubtful.Id)).State, (await site.ReadAsync(doubtful.Id)).Attempts));
    }

    [Fact]
    public async Task Wrong_usage_is_told_with_what_is_right()
    {
        using var site = new TestSite();
        using var visitor = site.Visit();

        Assert.Equal(
            (2, "--state is \"lost\"; it must be one of queued, claimed, submitting, sent, dead, in-doubt, suppressed, cancelled\n"),
            await ListAsync(site, "lost", json: false));
        Assert.Equal((2, "ID is \"seven\"; it must be an id that 'mail list' shows\n"), await ResolveAsync(site, "seven", "sent"));
        Assert.Equal((2, "--as is \"dead\"; it must be sent or queued\n"), await ResolveAsync(site, $"{Guid.NewGuid()}", "dead"));
        Assert.Equal(1, (await ResolveAsync(site, $"{Guid.NewGuid()}", "sent")).Exit);
    }

    private static async Task<(int Exit, string Words)> ListAsync(TestSite site, string? state, bool json)
    {
        await using var output = new StringWriter();
        return (await OutboxAdministration.ListAsync(site.Services, state, json, output, Cancel), output.ToString());
    }

    private static async Task<(int Exit, string Words)> ResolveAsync(TestSite site, string id, string outcome)
    {
        await using var output = new StringWriter();
        return (await OutboxAdministration.ResolveAsync(site.Services, id, outcome, output, Cancel), output.ToString());
    }
}
