namespace ArmTwitch.Pages.HttpPolicies;

/// <summary>
/// Answers 405 to every method but GET and HEAD where a page exists (RFC 9110, 15.5.6), and leaves a 404 as it is.
/// </summary>
internal static class ReadOnlyMethods
{
    /// <summary>An endpoint filter.</summary>
    public static async ValueTask<object?> AnswerAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var answer = await next(context);
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)
            || EndpointAnswer.StatusOf(answer) is StatusCodes.Status404NotFound)
        {
            return answer;
        }

        http.Response.Headers.Allow = string.Join(", ", [HttpMethods.Get, HttpMethods.Head, .. OtherMethods(http)]);
        return Results.StatusCode(StatusCodes.Status405MethodNotAllowed);
    }

    /// <summary>The other methods at the page's address, such as POST of a form.</summary>
    private static IEnumerable<string> OtherMethods(HttpContext http)
    {
        var page = http.GetEndpoint() as RouteEndpoint;
        return from other in http.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
               where other.RoutePattern.RawText == page?.RoutePattern.RawText
               from method in other.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
               select method;
    }
}
