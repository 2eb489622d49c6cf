using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Newsletter.Stopping;
using ArmTwitch.Tests.Newsletter.Issues;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ArmTwitch.Tests.Newsletter.Stopping;

/// <summary>Nobody looks at the screens all day.</summary>
public sealed class StoppedIssueTests() : IssueTestBase(DatabaseKind.Sqlite)
{
    private const string Reason = "Too many recipients do not exist.";

    [Fact]
    public async Task An_issue_that_pauses_by_itself_is_told_once_to_editors_and_admins_and_by_health()
    {
        await AddAsync("moderator@example.org", ModeratorRole.Moderator);
        await AddAsync("editor@example.org", ModeratorRole.Editor);
        await AddAsync("admin@example.org", ModeratorRole.Admin);
        await Newsletter.JoinAsync("ada@example.org");
        await Issues.ScheduleAsync(Name, "Ada", cancellationToken: Stop);
        await AdvanceAsync();

        await Issues.PauseAsync(Name, "Joan", Stop);
        await AdvanceAsync();
        Assert.Empty(await ToldAsync());
        Assert.Equal(HealthStatus.Healthy, (await HealthAsync()).Status);

        await Issues.ResumeAsync(Name, "Ada", Stop);
        await Newsletter.Site.Get<MailingService>().PauseAllAsync(Reason, Stop);
        await AdvanceAsync();
        await AdvanceAsync();

        var mails = await ToldAsync();
        Assert.Equal(["admin@example.org", "editor@example.org"], mails.Select(mail => mail.To).Order());
        Assert.All(mails, mail => Assert.Contains(Reason, mail.Text, StringComparison.Ordinal));
        Assert.All(mails, mail => Assert.Contains("/moderation/newsletter/why-sleep-matters", mail.Text, StringComparison.Ordinal));
        var health = await HealthAsync();
        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.StartsWith("Issues of the newsletter that have stopped: why-sleep-matters.", health.Description, StringComparison.Ordinal);

        await Issues.ResumeAsync(Name, "Ada", Stop);
        Assert.Equal(HealthStatus.Healthy, (await HealthAsync()).Status);
    }

    private async Task AddAsync(string email, ModeratorRole role)
    {
        await using var db = Newsletter.Site.Database();
        db.Users.Add(new Moderator
        {
            DisplayName = email,
            Role = role,
            CreatedAt = Newsletter.Site.Clock.GetUtcNow(),
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
        });
        await db.SaveChangesAsync(Stop);
    }

    private async Task<List<OutgoingMail>> ToldAsync() =>
        [.. (await Newsletter.AllAsync<OutgoingMail>()).Where(mail => mail.Cause.StartsWith("issue stopped", StringComparison.Ordinal))];

    private Task<HealthCheckResult> HealthAsync() => ActivatorUtilities
        .CreateInstance<StoppedIssuesHealthCheck>(Newsletter.Site.Services).CheckHealthAsync(new HealthCheckContext(), Stop);
}
