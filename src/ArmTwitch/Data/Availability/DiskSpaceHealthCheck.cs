using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Data.Availability;

/// <summary>
/// Degraded while the disk of the data folder is nearly full. On a full one comments and sign-ups fail.
/// </summary>
internal sealed class DiskSpaceHealthCheck(DataFolder folder, IOptions<DataOptions> options) : IHealthCheck
{
    private const long Megabyte = 1_000_000;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Check());

    private HealthCheckResult Check()
    {
        try
        {
            var left = new DriveInfo(folder.FullPath).AvailableFreeSpace / Megabyte;
            return left < options.Value.LeastFreeMegabytes
                ? HealthCheckResult.Degraded($"The disk with the data folder has {left} MB left.")
                : HealthCheckResult.Healthy();
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return HealthCheckResult.Degraded("How much room the data folder has cannot be told.");
        }
    }
}
