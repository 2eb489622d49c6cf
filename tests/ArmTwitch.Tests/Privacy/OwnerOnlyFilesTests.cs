using System.Net;
using System.Runtime.Versioning;

namespace ArmTwitch.Tests.Privacy;

/// <summary>What the program writes is for its own user alone, however it was started.</summary>
[SupportedOSPlatform("linux")]
public sealed class OwnerOnlyFilesTests : IDisposable
{
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite, OwnFolder = OwnFile | UnixFileMode.UserExecute;

    private readonly string home = Directory.CreateTempSubdirectory("armtwitch-private-").FullName;

    private string Data => Path.Combine(home, "data");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(home, recursive: true);

    [Theory]
    [InlineData("000")]
    [InlineData("022")]
    public async Task Nobody_else_reads_what_the_program_writes_whatever_the_umask(string umask)
    {
        // As an older version has left it.
        Directory.CreateDirectory(
            Data, OwnFolder | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        var port = BuiltProgram.FreePort();
        using (var site = new BuiltProgram([], [
            ("ASPNETCORE_URLS", $"http://127.0.0.1:{port}"), ("Data__Directory", Data), ("Mail__PollSeconds", "0.1"),
            ("Newsletter__PollSeconds", "0.1")], before: $"umask {umask}"))
        {
            await site.SaysAsync("Now listening on");
            using var reader =
                new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            using var form = new FormUrlEncodedContent(
                [KeyValuePair.Create("email", "ada@example.org"), KeyValuePair.Create("website", ""), KeyValuePair.Create("page", "/")]);
            using var answer = await reader.PostAsync("/newsletter/subscribe", form, Stop);
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
            await AwaitAsync(
                () => Directory.Exists(Path.Combine(Data, "mail")) && Directory.EnumerateFiles(Path.Combine(Data, "mail"), "*.eml").Any());
            await AwaitAsync(() => Directory.Exists(Path.Combine(Data, "bounces", "done")));
            var report = Path.Combine(Data, "bounces", "report.eml");
            await File.WriteAllTextAsync(report, "To: ada@example.org\n\nNo report.\n", Stop);
            File.SetLastWriteTimeUtc(report, TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-1));
            await AwaitAsync(() => !File.Exists(report));
            foreach (var (command, file) in new[]
            {
                (new[] { "backup" }, "backup"),
                (["newsletter", "export"], "subscribers.csv"),
                (["comments", "export"], "comments.json")
            })
                await RunAsync(umask, [.. command, Path.Combine(home, file)]);

            AssertPrivate();
            Assert.Contains(Path.Combine(Data, "armtwitch.db-wal"), Directory.EnumerateFiles(Data));
        }

        await RunAsync(umask, "restore", Path.Combine(home, "backup"));
        AssertPrivate();
    }

    [Fact]
    public async Task A_database_that_others_could_read_is_closed_to_them_at_the_next_start()
    {
        Directory.CreateDirectory(Data);
        MigratedDatabaseTemplate.CopyTo(Data);
        File.SetUnixFileMode(Path.Combine(Data, "armtwitch.db"), OwnFile | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        await RunAsync("022", "mail", "list");

        AssertPrivate();
    }

    [Fact]
    public async Task The_data_of_a_sample_is_private_as_it_is_made()
    {
        var sample = Path.Combine(home, "sample");

        await RunAsync("000", "sample", "--articles", "1", "--comments", "1", "--subscribers", "1", "--into", sample);

        Assert.Equal(OwnFolder, File.GetUnixFileMode(Path.Combine(sample, "data")));
        Assert.Equal(OwnFile, File.GetUnixFileMode(Path.Combine(sample, "data", "armtwitch.db")));
    }

    private void AssertPrivate()
    {
        Assert.All(
            Directory.EnumerateDirectories(home, "*", SearchOption.AllDirectories),
            folder => Assert.Equal((folder, OwnFolder), (folder, File.GetUnixFileMode(folder))));
        Assert.All(
            Directory.EnumerateFiles(home, "*", SearchOption.AllDirectories),
            file => Assert.Equal((file, OwnFile), (file, File.GetUnixFileMode(file))));
    }

    private async Task RunAsync(string umask, params string[] command)
    {
        using var program = new BuiltProgram(command, [("Data__Directory", Data)], before: $"umask {umask}");
        var exit = await program.EndAsync();
        Assert.True(exit is 0, string.Join('\n', program.Lines));
    }

    private static async Task AwaitAsync(Func<bool> condition)
    {
        while (!condition())
            await Task.Delay(25, Stop);
    }
}
