namespace ArmTwitch.Pages;

/// <summary>Refuses every method but GET and HEAD where there is a page; where there is none, that comes first (RFC 9110, 15.5.6).</summary>
internal sealed class ReadOnly(EndpointDataSource routes) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var answer = await next(context);
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)
            || answer is IStatusCodeHttpResult { StatusCode: StatusCodes.Status404NotFound })
        {
            return answer;
        }

        http.Response.Headers.Allow = string.Join(", ", [HttpMethods.Get, HttpMethods.Head, .. OtherMethods(http.GetEndpoint())]);
        return Results.StatusCode(StatusCodes.Status405MethodNotAllowed);
    }

    /// <summary>What else can be done at the page's address, such as sending a form to it.</summary>
    private IEnumerable<string> OtherMethods(Endpoint? page) =>
        from other in routes.Endpoints.OfType<RouteEndpoint>()
        where other.RoutePattern.RawText == (page as RouteEndpoint)?.RoutePattern.RawText
        from method in other.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        select method;
}
