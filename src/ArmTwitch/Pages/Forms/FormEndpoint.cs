using ArmTwitch.Pages.HttpPolicies;

namespace ArmTwitch.Pages.Forms;

/// <summary>Conventions of endpoints that take a reader's form.</summary>
internal static class FormEndpoint
{
    /// <summary>
    /// For an endpoint, or a group of them, whose handler takes a <see cref="PostedForm"/>. Readers have no cookie and so no antiforgery
    /// token; <see cref="CrossSiteGuard"/> detects forms of other sites. When nothing could be read from a form and the handler
    /// answers with the form's own status, the answer has no page: there is nothing to give back. An answer with 503 gets Retry-After.
    /// </summary>
    public static TBuilder AsForm<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder =>
        route.DisableAntiforgery().AddEndpointFilter(AnswerAsync);

    private static async ValueTask<object?> AnswerAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var answer = await next(context);
        var status = EndpointAnswer.StatusOf(answer);
        if (status is StatusCodes.Status503ServiceUnavailable)
            context.HttpContext.SetRetryAfter(RetryAfterHeader.AfterOutage);
        return context.Arguments.OfType<PostedForm>().SingleOrDefault() is { IsUnreadable: true } form && form.Status == status
            ? TypedResults.StatusCode(form.Status)
            : answer;
    }
}
