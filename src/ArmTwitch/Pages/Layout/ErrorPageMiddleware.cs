using ArmTwitch.Pages.HttpPolicies;
using ArmTwitch.Pages.Store;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;

namespace ArmTwitch.Pages.Layout;

/// <summary>Writes an error page for every error response without a body.</summary>
internal sealed partial class ErrorPageMiddleware(
    PageRenderer renderer, ISiteNavigation navigation, IReaderChoice choices, SecurityHeaders security,
    ILogger<ErrorPageMiddleware> logger)
{
    /// <summary>For <c>UseStatusCodePages</c>. It does not re-execute the request, which could fail in another way.</summary>
    public Task WriteAsync(StatusCodeContext context) => WriteAsync(context.HttpContext);

    /// <summary>For <c>UseExceptionHandler</c>. The log gets the request id that the page shows, and no personal data.</summary>
    public Task WriteFailureAsync(HttpContext http, Func<Exception, string?> codeOfOutage)
    {
        if (http.Features.Get<IExceptionHandlerFeature>() is { } failure)
        {
            var route = (failure.Endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)";
            if (http.Response.StatusCode is StatusCodes.Status503ServiceUnavailable)
            {
                http.SetRetryAfter(RetryAfterHeader.AfterOutage);
                LogOutage(route, codeOfOutage(failure.Error));
            }
            else if (http.Response.StatusCode >= StatusCodes.Status500InternalServerError)
            {
                LogFailure(failure.Error, http.TraceIdentifier, route);
            }
        }

        return WriteAsync(http);
    }

    private async Task WriteAsync(HttpContext http)
    {
        // UseExceptionHandler has cleared the headers.
        security.Apply(http.Response.Headers);
        try
        {
            var page = new StoredPage(
                await renderer.RenderAsync<ErrorPage, ErrorPageModel>(MessageFor(http), choices.Find(http.Request.Query)), PageKind.Html,
                PageContentEncoding.Identity);
            await page.WriteErrorAsync(http);
        }
        catch (Exception failed) when (!http.Response.HasStarted)
        {
            LogFailed(failed);
            http.Response.ContentType = "text/plain; charset=utf-8";
            await http.Response.WriteAsync(
                $"{http.Response.StatusCode} {ReasonPhrases.GetReasonPhrase(http.Response.StatusCode)}. Please try again later.");
        }
    }

    private ErrorPageModel MessageFor(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "/";
        var isForm = HttpMethods.IsPost(http.Request.Method);
        var (title, explanation) = http.Response.StatusCode switch
        {
            StatusCodes.Status400BadRequest or StatusCodes.Status415UnsupportedMediaType when isForm => (
                "The form could not be read",
                "It came in a way that this page does not take. Go back with your browser: what you typed may still be there. Copy it, then send it again."),
            StatusCodes.Status413PayloadTooLarge when isForm => (
                "That was too long",
                "Nothing was kept. Go back with your browser: what you typed may still be there. Copy it, shorten it, and send it again."),
            StatusCodes.Status400BadRequest =>
                ("That address does not work", "A part of the address is not what this page needs. You can start again from here."),
            StatusCodes.Status404NotFound =>
                ("There is no page here", "The address may be mistyped, or the page has moved. What you need is probably close by."),
            StatusCodes.Status405MethodNotAllowed => ("That does not work here", "This address takes only what its own form or link sends. Go back to that page, or start again from here."),
            StatusCodes.Status410Gone =>
                ("This page was taken back", "We no longer stand by what it said, so it is gone for good. These pages are up to date."),
            StatusCodes.Status413PayloadTooLarge => ("That was too long", "Please shorten the text and send it again."),
            StatusCodes.Status429TooManyRequests =>
                ("Please wait a moment", "There were many requests from where you are. Try again in a minute."),
            StatusCodes.Status503ServiceUnavailable => (
                "We cannot do that right now",
                "It is not your fault, and nothing you did caused it. The articles can be read as always. Please try again in a minute."),
            >= 500 =>
                ("Something broke on our side", "It is not your fault, and nothing you did caused it. Please try again in a few minutes."),
            _ => ("That did not work", "You can start again from here."),
        };
        var isLost = http.Response.StatusCode is StatusCodes.Status404NotFound or StatusCodes.Status410Gone;
        // A reader who must wait may have been searching for urgent help.
        var mustWait = http.Response.StatusCode is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable;
        return new ErrorPageModel(
            path, title, explanation,
            Query: isLost ? SearchTermsOf(path) : "",
            Suggestions: isLost ? navigation.Suggestions(path) : [],
            Worried: isLost || mustWait ? navigation.UrgentHelp() : [],
            Topics: navigation.Topics(),
            TraceId: http.Response.StatusCode is >= 500 and not StatusCodes.Status503ServiceUnavailable ? http.TraceIdentifier : null);
    }

    private static string SearchTermsOf(string path)
    {
        var last = path.TrimEnd('/').Split('/')[^1];
        var words = new string([.. last.Select(letter => char.IsLetterOrDigit(letter) ? letter : ' ')]);
        return words.Length <= 80 ? words.Trim() : "";
    }

    [LoggerMessage(LogLevel.Error, "Request {TraceId} to {Route} failed")]
    private partial void LogFailure(Exception failed, string traceId, string route);

    [LoggerMessage(LogLevel.Warning, "A request to {Route} was answered with 503 ({Code})")]
    private partial void LogOutage(string route, string? code);

    [LoggerMessage(LogLevel.Error, "The error page itself failed")]
    private partial void LogFailed(Exception failed);
}
