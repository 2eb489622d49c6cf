using System.Net;
using System.Text.RegularExpressions;
using ArmTwitch.Articles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ArmTwitch.Tests.Pages;

public sealed partial class ErrorPageTests
{
    [Fact]
    public async Task A_failure_shows_a_number_that_the_log_has_and_nothing_of_its_inside()
    {
        var log = new CapturedLog();
        using var site = new TestSite(environment: "Production", settings: ("Logging:LogLevel:Default", "Error"))
            .With(services =>
                services.AddSingleton(new PagePart(PageSlot.Discussion, _ => throw new InvalidOperationException("secret inside"))))
            .With(services => services.AddSingleton<ILoggerProvider>(log));
        using var visitor = site.Visit();

        using var answer = await visitor.GetAsync(
            new Uri("/articles/arm-muscle-twitching?email=ada@example.org", UriKind.Relative), Xunit.TestContext.Current.CancellationToken);
        var html = await answer.Content.ReadAsStringAsync(Xunit.TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal("nosniff", string.Concat(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.DoesNotContain("secret inside", html, StringComparison.Ordinal);
        Assert.Contains("It is not your fault", html, StringComparison.Ordinal);
        var number = Number().Match(html).Groups[1].Value;
        var line = Assert.Single(log.Lines, line => line.Contains(number, StringComparison.Ordinal));
        Assert.Contains("/articles/{slug}", line, StringComparison.Ordinal);
        Assert.DoesNotContain(log.Lines, line => line.Contains("ada@example.org", StringComparison.Ordinal));
    }

    [GeneratedRegex("<code>([^<]+)</code>")]
    private static partial Regex Number();
}
