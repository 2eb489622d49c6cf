using ArmTwitch.Moderators;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ArmTwitch.Tests.Moderators.Accounts;

public sealed class FirstAdminInvitationTests
{
    [Fact]
    public async Task In_Production_the_log_has_the_command_and_no_link()
    {
        var log = new CapturedLog();
        using var site = new TestSite(
            environment: "Production", settings: [CapturedLog.Wanted("ArmTwitch.Moderators"), ("Mail:Pickup", "true")]);
        site.With(services => services.AddSingleton<ILoggerProvider>(log));
        using var visitor = site.Visit();

        var line = await log.WaitForAsync("There is no moderator yet");

        Assert.Contains("moderators invite EMAIL --role admin", line, StringComparison.Ordinal);
        Assert.DoesNotContain("token", line, StringComparison.Ordinal);
        await using var db = site.Database();
        Assert.False(await db.Set<Invitation>().AnyAsync(TestContext.Current.CancellationToken));
    }
}
