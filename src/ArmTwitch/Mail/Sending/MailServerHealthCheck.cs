using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ArmTwitch.Mail.Sending;

/// <summary>Degraded while mails cannot leave. The site itself does not need them.</summary>
internal sealed class MailServerHealthCheck(MailCircuitBreaker breaker) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            breaker.Fault is { } fault ? HealthCheckResult.Degraded($"Mails wait. {fault}") : HealthCheckResult.Healthy());
}
