using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ArmTwitch.Mail.Sending;

/// <summary>A mail server that is down is worth a look; the site serves on, and mails wait.</summary>
internal sealed class MailServerHealthCheck(MailCircuitBreaker breaker) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            breaker.Trouble is { } trouble ? HealthCheckResult.Degraded($"Mails wait. {trouble}") : HealthCheckResult.Healthy());
}
