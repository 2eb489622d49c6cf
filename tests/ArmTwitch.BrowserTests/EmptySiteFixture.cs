using ArmTwitch.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ArmTwitch.BrowserTests;

/// <summary>A site of the test's own with an empty database, and the address in its log by which the first admin joins.</summary>
public sealed class EmptySiteFixture : IAsyncDisposable
{
    private readonly CapturedLog log = new();

    private EmptySiteFixture(IEnumerable<(string Key, string Value)> settings) =>
        Site = new TestSite(settings: [("Site:BaseUrl", ""), CapturedLog.Wanted("ArmTwitch.Moderators"), .. settings])
            .With(services => services.AddSingleton<ILoggerProvider>(log));

    public TestSite Site { get; }

    public string Invitation { get; private set; } = "";

    public string Origin => new Uri(Invitation).GetLeftPart(UriPartial.Authority);

    /// <param name="settings">Configuration on top, such as <c>("Limits:Enabled", "false")</c>.</param>
    public static async Task<EmptySiteFixture> BeginAsync(params IEnumerable<(string Key, string Value)> settings)
    {
        var day = new EmptySiteFixture(settings);
        day.Site.UseKestrel(0);
        day.Site.StartServer();
        day.Invitation = (await day.log.WaitForAsync("There is no moderator yet")).Split(' ')[^1];
        return day;
    }

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        log.Dispose();
    }
}
