using System.Globalization;
using System.Text.Json;
using ArmTwitch.Tests;

namespace ArmTwitch.BrowserTests.Readers;

public sealed class ValidHtmlTests(LiveSiteFixture live) : IDisposable
{
    private static readonly string Validator = Path.Combine(
        RepositoryPaths.Root, "tests", "ArmTwitch.BrowserTests", "node_modules", "vnu-jar", "build", "dist", "vnu.jar");

    /// <summary>
    /// What the validator does not know yet: a property of CSS Basic User Interface Level 4, which browsers that lack it pass over, and the
    /// container queries of CSS Conditional Rules Level 5.
    /// </summary>
    private static readonly string[] UnknownToValidator =
        ["CSS: “field-sizing”: Property “field-sizing”", "CSS: “container-type”: Property “container-type”", "CSS: Unrecognized at-rule “@container”"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("armtwitch pages ");

    [Fact]
    public async Task Every_page_is_valid_html()
    {
        Assert.True(File.Exists(Validator), $"{Validator} is missing. Run tests/run, which installs it.");
        using var client = new HttpClient { BaseAddress = new Uri(live.Origin) };
        foreach (var (number, address) in PageAddresses.Addresses.Index())
        {
            using var answer = await client.GetAsync(address, TestContext.Current.CancellationToken);
            await File.WriteAllBytesAsync(
                Path.Combine(folder.FullName, $"{number}.html"),
                await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        }

        // One run for all pages: Java and the schemas take longer to load than a page to check.
        using var report = JsonDocument.Parse(
            await ExternalTools.RunAsync("java", "-jar", Validator, "--stdout", "--errors-only", "--format", "json", folder.FullName));

        var faults = report.RootElement.GetProperty("messages").EnumerateArray().Select(Describe)
            .Where(fault => !UnknownToValidator.Any(unknown => fault.Contains(unknown, StringComparison.Ordinal))).ToList();
        Assert.True(faults.Count is 0, string.Join('\n', faults));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static string Describe(JsonElement message)
    {
        var number = Path.GetFileNameWithoutExtension(message.GetProperty("url").GetString());
        var address = PageAddresses.Addresses[int.Parse(number!, CultureInfo.InvariantCulture)];
        return $"{address}, line {message.GetProperty("lastLine")}: {message.GetProperty("message")} {message.GetProperty("extract")}";
    }
}
