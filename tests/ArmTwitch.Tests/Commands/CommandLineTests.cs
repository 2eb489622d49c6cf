using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using ArmTwitch.Commands;

namespace ArmTwitch.Tests.Commands;

public sealed class CommandLineTests : IDisposable
{
    private readonly ContentCopy content = new();

    public void Dispose() => content.Dispose();

    [Fact]
    public async Task Checking_our_own_content_finds_nothing()
    {
        using var program = new BuiltProgram(["content", "check"]);

        Assert.Equal(0, await program.EndAsync());
        Assert.EndsWith("articles, 0 errors, 0 warnings.", program.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_are_listed_like_a_compilers_and_end_with_1()
    {
        content.WriteArticle("one", "A claim [@F999].");
        using var program = Check();

        Assert.Equal(1, await program.EndAsync());
        Assert.Equal($"{content.PathOf("articles/one.md")}:14:9: error unknown-citation: There is no fact \"F999\". Cite a fact from "
            + "references.yml; what is not there cannot be printed.", program.Lines[0]);
    }

    [Fact]
    public async Task Faults_can_be_read_by_programs()
    {
        content.WriteArticle("one", "A claim [@F999].");
        using var program = Check("--json");

        Assert.Equal(1, await program.EndAsync());
        var fault = JsonDocument.Parse(string.Concat(program.Lines)).RootElement[0];
        Assert.Equal("articles/one.md", fault.GetProperty("file").GetString());
        Assert.Equal(14, fault.GetProperty("line").GetInt32());
        Assert.Equal("unknown-citation", fault.GetProperty("rule").GetString());
        Assert.Equal("error", fault.GetProperty("level").GetString());
    }

    [Fact]
    public async Task The_documented_command_prints_json_and_nothing_else()
    {
        var told = File.ReadAllLines(Path.Combine(RepositoryPaths.Root, "docs", "operating.md"))
            .Single(line => line.StartsWith("dotnet run ", StringComparison.Ordinal) && line.EndsWith(" --json", StringComparison.Ordinal));
        using var program = new BuiltProgram(told.Split(' ')[1..], published: "dotnet");

        Assert.Equal(0, await program.EndAsync());
        Assert.Equal(0, JsonDocument.Parse(string.Concat(program.Lines)).RootElement.GetArrayLength());
    }

    [Theory]
    [InlineData("--json")]
    [InlineData("--format json")]
    [InlineData("--format text --json")]
    public async Task Both_spellings_ask_for_json(string arguments)
    {
        using var program = Check(arguments.Split(' '));

        Assert.Equal(1, await program.EndAsync());
        Assert.Equal(JsonValueKind.Array, JsonDocument.Parse(string.Concat(program.Lines)).RootElement.ValueKind);
    }

    [Fact]
    public async Task Faults_can_stand_beside_the_lines_of_a_pull_request()
    {
        content.WriteArticle("one", "A claim [@F999].");
        using var program = Check("--format", "github");

        Assert.Equal(1, await program.EndAsync());
        Assert.Equal($"::error file={content.PathOf("articles/one.md")},line=14,col=9,title=unknown-citation::There is no fact \"F999\". "
            + "Cite a fact from references.yml; what is not there cannot be printed.", program.Lines[0]);
    }

    [Fact]
    public async Task Warnings_are_told_and_do_not_fail_the_check()
    {
        using var edited = new Editing.LintTestContent();
        edited.Files.Write(
            "articles/one.md", Editing.LintTestContent.Article(Editing.LintTestContent.Whole, "purpose: For who wants to know."));
        edited.Files.Delete("articles/two.md");
        edited.Files.Write("articles/one.md", File.ReadAllText(edited.Files.PathOf("articles/one.md"))
            .Replace("related: [{article: two, sign: It tingles.}]", "related: []", StringComparison.Ordinal));
        edited.Files.Write("signs.yml", "stroke: {level: emergency, says: \"your face droops [@F001]\"}");
        using var program = new BuiltProgram(["content", "check"], [("Content__Path", edited.Files.Folder)]);

        Assert.Equal(0, await program.EndAsync());
        Assert.Equal("1 article, 0 errors, 2 warnings.", program.Lines[^1]);
        Assert.Contains("warning unsealed: ", string.Concat(program.Lines), StringComparison.Ordinal);

        using var accepting = new BuiltProgram(["content", "check", "--accept"], [("Content__Path", edited.Files.Folder)]);

        Assert.Equal(0, await accepting.EndAsync());
        Assert.Equal($"Sealed {edited.Files.PathOf("articles/one.md")}", accepting.Lines[0]);
        Assert.Equal("1 article, 0 errors, 1 warning.", accepting.Lines[^1]);
    }

    [Theory]
    [InlineData("Content__PollSeconds", "x", "Content:PollSeconds is \"x\"; it must be a number.")]
    [InlineData("Content__PollSeconds", "-1", "Content:PollSeconds is \"-1\"; it must be between 0 and 3600.")]
    [InlineData("Content__Path", "", "Content:Path is \"\"; it must not be empty.")]
    public async Task A_wrong_setting_is_wrong_usage_and_told_in_one_line(string name, string value, string fault)
    {
        using var program = new BuiltProgram(["content", "check", "--json"], [(name, value)]);

        Assert.Equal(2, await program.EndAsync());
        Assert.Equal([fault], program.Lines);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_a_fault_like_any_other()
    {
        using var people = new BuiltProgram(["content", "check"], [("Content__Path", "nowhere")]);
        using var programs = new BuiltProgram(["content", "check", "--json"], [("Content__Path", "nowhere")]);

        Assert.Equal(1, await people.EndAsync());
        Assert.Equal(1, await programs.EndAsync());
        Assert.Contains("Content:Path is \"nowhere\"; it must", people.Lines[0], StringComparison.Ordinal);
        Assert.Equal("no-folder", JsonDocument.Parse(string.Concat(programs.Lines)).RootElement[0].GetProperty("rule").GetString());
    }

    [Theory]
    [InlineData("--help", "content")]
    [InlineData("content --help", "check")]
    [InlineData("content check --help", "--json")]
    public async Task Help_is_everywhere(string arguments, string words)
    {
        using var program = new BuiltProgram(arguments.Split(' '));

        Assert.Equal(0, await program.EndAsync());
        Assert.Contains(program.Lines, line => line.Contains(words, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("contnet check")]
    [InlineData("content")]
    [InlineData("content chekc")]
    [InlineData("content check --jsn")]
    [InlineData("content check --format xml")]
    public async Task Wrong_usage_ends_with_2(string arguments)
    {
        using var program = new BuiltProgram(arguments.Split(' '));

        Assert.Equal(2, await program.EndAsync());
    }

    [Theory]
    [InlineData("--verison")]
    [InlineData("-v")]
    [InlineData("--verison --urls http://127.0.0.1:5080")]
    [InlineData("--Content:Path")]
    [InlineData("--Content:Path content content check")]
    [InlineData("--Content:Path=content check")]
    public async Task What_nobody_would_read_starts_no_site(string arguments)
    {
        using var program = new BuiltProgram(arguments.Split(' '));

        Assert.Equal(2, await program.EndAsync());
        Assert.Contains("--help", Assert.Single(program.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--urls=http://127.0.0.1:5080 --Content:PollSeconds -1")]
    [InlineData("--urls http://127.0.0.1:5080 --environment Development")]
    [InlineData("--Mail:Password --secret --Site:Name=")]
    [InlineData("content check --jsn")]
    [InlineData("--help")]
    public void Settings_and_commands_are_read(string arguments) =>
        Assert.Null(CommandLine.FaultOf(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    [Theory]
    [InlineData("FILE", "backup", "")]
    [InlineData("FILE", "restore", " ")]
    [InlineData("FILE", "newsletter", "import", "")]
    [InlineData("FILE", "newsletter", "export", "")]
    [InlineData("FILE", "comments", "export", "")]
    [InlineData("FILE", "database", "move", "")]
    [InlineData("EMAIL", "erase", "")]
    [InlineData("--into", "sample", "--into", "")]
    public async Task An_empty_argument_is_wrong_usage_and_told_in_one_line(string name, params string[] arguments)
    {
        using var program = new BuiltProgram(arguments);

        Assert.Equal(2, await program.EndAsync());
        Assert.Equal([$"{name} is \"\"; it must not be empty."], program.Lines);
    }

    [Theory]
    [InlineData("")]
    [InlineData("content", "check", "")]
    public async Task An_empty_argument_in_place_of_a_command_is_wrong_usage(params string[] arguments)
    {
        using var program = new BuiltProgram(arguments);

        Assert.Equal(2, await program.EndAsync());
        Assert.DoesNotContain(program.Lines, line => line.Contains("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named_and_not_called_the_database()
    {
        using var program = new BuiltProgram(["sample", "--articles", "1", "--into", "/dev/null/site"]);

        Assert.Equal(1, await program.EndAsync());
        Assert.Contains("'/dev/null", Assert.Single(program.Lines), StringComparison.Ordinal);
        Assert.DoesNotContain("database", program.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_is_stopped_says_so_in_one_line()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        // A mail server that takes the connection and never says a word.
        using var program = new BuiltProgram(
            ["mail", "test", "ada@example.org"],
            [("Mail__Host", "127.0.0.1"), ("Mail__Port", $"{((IPEndPoint)server.LocalEndpoint).Port}")]);
        using var connection = await server.AcceptSocketAsync(Xunit.TestContext.Current.CancellationToken);

        // Not SIGINT, which a runner in the background may have its children ignore.
        using var kill = Process.Start("kill", ["-TERM", $"{program.Id}"]);

        Assert.Equal(130, await program.EndAsync());
        Assert.Contains("Stopped.", program.Lines);
        Assert.DoesNotContain(program.Lines, line => line.Contains("   at ", StringComparison.Ordinal));
    }

    private BuiltProgram Check(params string[] more) => new(["content", "check", .. more], [("Content__Path", content.Folder)]);
}
