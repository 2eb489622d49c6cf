using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ArmTwitch.Hosting;

/// <summary>
/// Whether Blazor's script is in the web root. Without it the moderation pages stay blank: the server answers 200 with no bytes.
/// </summary>
internal sealed class ModerationScriptHealthCheck(IWebHostEnvironment environment) : IHealthCheck
{
    private const string Script = "_framework/blazor.web.js";

    /// <returns>Null when the script is there.</returns>
    public static string? FaultOf(IWebHostEnvironment environment) =>
        environment.WebRootFileProvider.GetFileInfo(Script) is { Exists: true, Length: > 0 }
            ? null
            : $"{Script}, which the moderation pages need, is missing or empty in {environment.WebRootPath ?? Path.Combine(environment.ContentRootPath, "wwwroot")}; publish the program again and copy all of it";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            FaultOf(environment) is { } fault ? HealthCheckResult.Unhealthy($"{fault}.") : HealthCheckResult.Healthy());
}
