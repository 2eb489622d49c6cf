using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ArmTwitch.Newsletter.Subscribing;

/// <summary>Degraded while more people sign up than the hourly limit of mails allows.</summary>
public sealed class SignUpBacklogHealthCheck : IHealthCheck
{
    private volatile bool isOn;

    /// <returns>True when it has changed.</returns>
    internal bool SetBacklog(bool on)
    {
        var hasChanged = isOn != on;
        isOn = on;
        return hasChanged;
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            isOn
                ? HealthCheckResult.Degraded("More people sign up for the newsletter than Limits:ConfirmationsInAnHour allows. "
                    + "Confirmation mails to networks that had some in this hour wait.")
                : HealthCheckResult.Healthy());
}
