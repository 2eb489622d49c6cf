using System.Globalization;

namespace ArmTwitch.Pages;

internal static class RetryAfter
{
    /// <summary>Says when it is worth trying again, in whole seconds (RFC 9110, 10.2.3); nothing when it is not about time.</summary>
    public static void TellWhen(this HttpContext http, TimeSpan wait)
    {
        if (wait > TimeSpan.Zero)
            http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
    }
}
