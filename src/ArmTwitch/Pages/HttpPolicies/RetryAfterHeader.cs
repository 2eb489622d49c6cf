using System.Globalization;

namespace ArmTwitch.Pages.HttpPolicies;

internal static class RetryAfterHeader
{
    /// <summary>When it is worth trying again after the database, or something else that the site needs, was away.</summary>
    public static readonly TimeSpan AfterOutage = TimeSpan.FromSeconds(30);

    /// <summary>Says when it is worth trying again, in whole seconds (RFC 9110, 10.2.3); nothing when it is not about time.</summary>
    public static void SetRetryAfter(this HttpContext http, TimeSpan wait)
    {
        if (wait > TimeSpan.Zero)
            http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The same for a sentence, rounded up to what a person counts in: "40 seconds", "5 minutes", "2 hours".</summary>
    public static string InWords(TimeSpan wait) => wait switch
    {
        { TotalSeconds: <= 1 } => "a second",
        { TotalSeconds: <= 90 } => $"{Math.Ceiling(wait.TotalSeconds)} seconds",
        { TotalMinutes: <= 90 } => $"{Math.Ceiling(wait.TotalMinutes)} minutes",
        _ => $"{Math.Ceiling(wait.TotalHours)} hours",
    };
}
