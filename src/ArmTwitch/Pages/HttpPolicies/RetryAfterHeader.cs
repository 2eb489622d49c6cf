using System.Globalization;

namespace ArmTwitch.Pages.HttpPolicies;

internal static class RetryAfterHeader
{
    /// <summary>How long to wait after an outage of the database or of something else the site depends on.</summary>
    public static readonly TimeSpan AfterOutage = TimeSpan.FromSeconds(30);

    /// <summary>Sets Retry-After in whole seconds (RFC 9110, 10.2.3); zero sets nothing.</summary>
    public static void SetRetryAfter(this HttpContext http, TimeSpan wait)
    {
        if (wait > TimeSpan.Zero)
            http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The wait in words, rounded up: "40 seconds", "5 minutes", "2 hours".</summary>
    public static string InWords(TimeSpan wait) => wait switch
    {
        { TotalSeconds: <= 1 } => "a second",
        { TotalSeconds: <= 90 } => $"{Math.Ceiling(wait.TotalSeconds)} seconds",
        { TotalMinutes: <= 90 } => $"{Math.Ceiling(wait.TotalMinutes)} minutes",
        _ => $"{Math.Ceiling(wait.TotalHours)} hours",
    };
}
