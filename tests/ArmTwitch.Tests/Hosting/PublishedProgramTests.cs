using System.Net;

namespace ArmTwitch.Tests.Hosting;

/// <summary>A published program, started as operators start one: from elsewhere, as somebody else, with little around it.</summary>
public sealed class PublishedProgramTests : IDisposable
{
    private const string Script = "_framework/blazor.web.js";

    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("armtwitch place ");
    private readonly int port = BuiltProgram.FreePort();
    private readonly HttpClient visitor = new();

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    private string Data => Path.Combine(home.FullName, "data");

    public void Dispose()
    {
        visitor.Dispose();
        home.Delete(recursive: true);
    }

    [Theory]
    [InlineData("umask 022", "Europe/Berlin")]
    [InlineData("umask 077", "Pacific/Auckland")]
    [InlineData("unset HOME; umask 027", "")]
    public async Task Started_from_the_root_folder_it_serves_pages_and_the_script_of_the_screens(string before, string zone)
    {
        using var program = Start(PublishedProgram.Path, before, ("TZ", zone));
        await program.SaysAsync("Application started");

        foreach (var encoding in new[] { "identity", "gzip", "br" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, At(Script));
            request.Headers.AcceptEncoding.ParseAdd(encoding);
            using var answer = await visitor.SendAsync(request, Stop);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.InRange((await answer.Content.ReadAsByteArrayAsync(Stop)).Length, 10_000, 1_000_000);
        }

        Assert.Contains(
            "Arm muscle twitching", await visitor.GetStringAsync(At("articles/arm-muscle-twitching"), Stop), StringComparison.Ordinal);
        Assert.Contains("\"status\":\"healthy\"", await visitor.GetStringAsync(At("health/ready"), Stop), StringComparison.Ordinal);
        Assert.True(Directory.Exists(Data));
    }

    [Fact]
    public async Task A_program_in_a_path_with_a_space_finds_everything_beside_itself()
    {
        var copy = PublishedProgram.CopyTo(Path.Combine(home.FullName, "the program"));
        using var program = Start(copy, "true", ("Data__Directory", null));
        await program.SaysAsync("Application started");

        Assert.NotEmpty(await visitor.GetByteArrayAsync(At(Script), Stop));
        Assert.True(Directory.Exists(Path.Combine(home.FullName, "the program", "data")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_the_script_of_the_screens_it_does_not_start_and_says_so_in_one_line(bool isEmpty)
    {
        var copy = PublishedProgram.CopyTo(Path.Combine(home.FullName, "program"));
        var script = Path.Combine(home.FullName, "program", "wwwroot", Script);
        File.Delete(script);
        if (isEmpty)
            File.Create(script).Dispose();
        using var program = Start(copy, "true");

        Assert.Equal(1, await program.EndAsync());

        Assert.Equal(
            $"ArmTwitch cannot start: {Script}, which the moderation pages need, is missing or empty in {Path.Combine(home.FullName, "program", "wwwroot")}; publish the program again and copy all of it.",
            Assert.Single(program.Lines));
    }

    private Uri At(string address) => new($"http://127.0.0.1:{port}/{address}");

    private BuiltProgram Start(string program, string before, params (string Name, string? Value)[] settings) => new(
        [],
        [
            ("ASPNETCORE_ENVIRONMENT", "Production"), ("ASPNETCORE_URLS", $"http://127.0.0.1:{port}"),
            ("Site__BaseUrl", "https://armtwitch.example"), ("Mail__Pickup", "true"),
            ("Data__Directory", Data), .. settings,
        ],
        "/", before, program);
}
