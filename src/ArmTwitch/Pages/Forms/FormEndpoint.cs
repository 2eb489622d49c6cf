using ArmTwitch.Pages.HttpPolicies;

namespace ArmTwitch.Pages.Forms;

/// <summary>What all endpoints have in common to which readers send forms.</summary>
internal static class FormEndpoint
{
    /// <summary>
    /// For an endpoint, or a group of them, whose handler takes a <see cref="PostedForm"/>. There is no antiforgery token, as readers have no
    /// cookie: <see cref="CrossSiteGuard"/> tells forms of other sites. A handler that answers with the status of a form that may not be
    /// taken need not ask whether there is anything to give back: when there is not, the status is the whole answer. An answer with 503 says
    /// when it is worth trying again.
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
