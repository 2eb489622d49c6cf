using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ArmTwitch.Newsletter.Subscribing;

/// <summary>Whether more sign-ups come than the program is allowed to answer.</summary>
public sealed class SignUpBacklogHealthCheck : IHealthCheck
{
    private volatile bool isOn;

    /// <returns>True when that is news.</returns>
    internal bool SetBacklog(bool on)
    {
        var isNews = isOn != on;
        isOn = on;
        return isNews;
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            isOn ? HealthCheckResult.Degraded("More people sign up for the newsletter than Limits:ConfirmationsInAnHour allows. Confirmation mails to networks that had some in this hour wait.") : HealthCheckResult.Healthy());
}
