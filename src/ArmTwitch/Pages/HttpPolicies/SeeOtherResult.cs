namespace ArmTwitch.Pages.HttpPolicies;

/// <summary>303 See Other: the POST is done; its outcome is at another address (RFC 9110, 15.4.4).</summary>
internal sealed class SeeOtherResult(string address) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = address;
        httpContext.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
