namespace ArmTwitch.Pages.Store;

/// <summary>An endpoint's result that writes a page or a stored file; made by <see cref="ReaderPageResults"/>.</summary>
public sealed class PageResult : IResult, IStatusCodeHttpResult
{
    private readonly int status;
    private readonly Func<HttpContext, Task> write;

    internal PageResult(int status, Func<HttpContext, Task> write) => (this.status, this.write) = (status, write);

    public int? StatusCode => status;

    /// <summary>The same result with <c>X-Robots-Tag: noindex</c>.</summary>
    public PageResult NotIndexed() => new(status, http =>
    {
        http.Response.Headers["X-Robots-Tag"] = "noindex";
        return write(http);
    });

    public Task ExecuteAsync(HttpContext httpContext) => write(httpContext);
}
