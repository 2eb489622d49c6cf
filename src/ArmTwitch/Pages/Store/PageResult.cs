namespace ArmTwitch.Pages.Store;

/// <summary>A page, or a file that is kept like one, as the answer of an endpoint. <see cref="ReaderPageResults"/> makes it.</summary>
public sealed class PageResult : IResult, IStatusCodeHttpResult
{
    private readonly int status;
    private readonly Func<HttpContext, Task> write;

    internal PageResult(int status, Func<HttpContext, Task> write) => (this.status, this.write) = (status, write);

    public int? StatusCode => status;

    /// <summary>The same page, which search engines are asked not to list.</summary>
    public PageResult NotIndexed() => new(status, http =>
    {
        http.Response.Headers["X-Robots-Tag"] = "noindex";
        return write(http);
    });

    public Task ExecuteAsync(HttpContext httpContext) => write(httpContext);
}
