using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ArmTwitch.Pages;
using ArmTwitch.Pages.Store;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Tests.Pages;

/// <summary>Who works on the looks of the site sees an edit at the next load.</summary>
public sealed partial class LiveEditTests : IDisposable
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private readonly string project = Directory.CreateTempSubdirectory("armtwitch-project-").FullName;

    public void Dispose() => Directory.Delete(project, recursive: true);

    [Fact]
    public async Task An_edited_stylesheet_shows_at_the_next_load_in_development()
    {
        var address = $"http://127.0.0.1:{BuiltProgram.FreePort()}";
        using var program = Start("Development", address);
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        await program.SaysAsync("Now listening on");
        Assert.EndsWith("body{color:red}", await StyleAsync(client), StringComparison.Ordinal);

        Write("print.css", "body { color: blue }");

        Assert.EndsWith("body{color:blue}", await StyleAsync(client), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_brand_colour_is_one_edit_for_pages_icon_favicon_and_picture()
    {
        var address = $"http://127.0.0.1:{BuiltProgram.FreePort()}";
        using var program = Start("Development", address);
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        await program.SaysAsync("Now listening on");
        var favicon = await client.GetByteArrayAsync(new Uri("/favicon.ico", UriKind.Relative), Stop);
        var picture = await client.GetByteArrayAsync(new Uri("/picture.png", UriKind.Relative), Stop);

        Write("tokens.css", EmbeddedAssets.Text("tokens.css").Replace(DesignTokens.Light("brand"), "#7a1f5c", StringComparison.Ordinal));

        Assert.Contains("--brand:#7a1f5c", await StyleAsync(client), StringComparison.Ordinal);
        Assert.Contains("#7a1f5c", await client.GetStringAsync(new Uri("/icon.svg", UriKind.Relative), Stop), StringComparison.Ordinal);
        Assert.NotEqual(favicon, await client.GetByteArrayAsync(new Uri("/favicon.ico", UriKind.Relative), Stop));
        Assert.NotEqual(picture, await client.GetByteArrayAsync(new Uri("/picture.png", UriKind.Relative), Stop));
    }

    [Fact]
    public async Task In_production_the_stylesheet_is_the_one_inside_the_program()
    {
        var address = $"http://127.0.0.1:{BuiltProgram.FreePort()}";
        using var program = Start("Production", address);
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        await program.SaysAsync("Now listening on");

        Assert.Equal(Stylesheet.Text, await StyleAsync(client));
    }

    [Fact]
    public async Task A_component_changed_by_dotnet_watch_empties_the_page_store()
    {
        var store = new PageStore(Options.Create(new PagesOptions()), TimeProvider.System);
        var edits = new HotReloadHandler(store);
        await store.GetAsync(
            new PageDefinition("/", [], () => Task.FromResult(new StoredPage("Hello"u8.ToArray(), PageKind.Text))), store.Drops);
        edits.DropPagesAfterEdit();
        Assert.Equal(1, store.Count);

        HotReloadHandler.UpdateApplication(null);
        edits.DropPagesAfterEdit();

        Assert.Equal((0, 0L), (store.Count, store.Bytes));
    }

    private BuiltProgram Start(string environment, string address)
    {
        File.WriteAllText(Path.Combine(project, "ArmTwitch.csproj"), "");
        Directory.CreateDirectory(Path.Combine(project, "Pages", "Assets"));
        Write("print.css", "body { color: red }");
        return new BuiltProgram(
            [],
            [
                ("ASPNETCORE_ENVIRONMENT", environment), ("ASPNETCORE_URLS", address), ("Site__BaseUrl", address), ("Mail__Pickup", "true"),
                ("Mail__From", "hello@armtwitch.example"),
                ("Newsletter__PostalAddress", "1 Example Street"), ("Data__Directory", Path.Combine(project, "data")),
                ("Content__Path", RepositoryPaths.Content),
            ],
            published: PublishedProgram.CopyTo(Path.Combine(project, "bin")));
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(project, "Pages", "Assets", name), text);

    /// <returns>The stylesheet in the page, which the policy allows.</returns>
    private static async Task<string> StyleAsync(HttpClient client)
    {
        using var response = await client.GetAsync(new Uri("/", UriKind.Relative), Stop);
        var style = Style().Match(await response.Content.ReadAsStringAsync(Stop)).Groups[1].Value;
        Assert.Contains(
            Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style))),
            response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        return style;
    }

    [GeneratedRegex("<style>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();
}
