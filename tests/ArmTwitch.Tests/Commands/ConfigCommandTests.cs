using System.Text.Json;

namespace ArmTwitch.Tests.Commands;

public sealed class ConfigCommandTests
{
    [Fact]
    public async Task Right_settings_are_told_to_be_right_with_where_content_and_data_are()
    {
        using var content = new ContentCopy();
        var data = Path.Combine(content.Folder, "..", $"not-made-{Guid.NewGuid():N}");
        using var program = new BuiltProgram(["config", "check"], [
            ("Content__Path", content.Folder), ("Data__Directory", data), ("Site__ContactAddress", "editors@armtwitch.example"),
        ]);

        Assert.Equal(0, await program.EndAsync());

        Assert.Equal(
            [
                "The settings are right.", "Environment: Development", $"Content: {content.Folder}", $"Data: {Path.GetFullPath(data)}",
                "Database: Sqlite"
            ],
            program.Lines);
        Assert.False(Directory.Exists(data));
    }

    [Fact]
    public async Task An_address_for_readers_that_is_missing_is_told_and_is_no_fault()
    {
        using var program = new BuiltProgram(["config", "check"]);

        Assert.Equal(0, await program.EndAsync());

        Assert.StartsWith("Warning: Site:ContactAddress is empty.", program.Lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content__GetHelp", "When-To-Get-Help")]
    [InlineData("Content__StartHere", "articles/arm")]
    [InlineData("Content__StartHere", "")]
    public async Task A_slug_has_one_spelling(string key, string value)
    {
        using var program = new BuiltProgram(["config", "check"], [(key, value)]);

        Assert.Equal(1, await program.EndAsync());

        Assert.Contains("must be the last part of an article's address", Assert.Single(program.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_fault_is_a_line_and_ends_with_1()
    {
        using var program = new BuiltProgram(["config", "check", "--Pages:MaxBytes", "1"], [("Mail__Port", "many"), ("Mail__Hots", "x")]);

        Assert.Equal(1, await program.EndAsync());

        Assert.Equal(
            [
                "Mail:Hots is no setting; the nearest is Mail:Host.", "Mail:Port is \"many\"; it must be a whole number.",
                "Pages:MaxBytes is \"1\"; it must be between 1000000 and 16000000000."
            ],
            program.Lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Faults_can_be_read_by_programs()
    {
        using var program = new BuiltProgram(["config", "check", "--json"], [("Mail__Port", "many")]);

        Assert.Equal(1, await program.EndAsync());

        var fault = Assert.Single(JsonDocument.Parse(string.Concat(program.Lines)).RootElement.EnumerateArray());
        Assert.Equal(
            ("Mail:Port", "Mail:Port is \"many\"; it must be a whole number."),
            (fault.GetProperty("key").GetString(), fault.GetProperty("fault").GetString()));
    }

    [Fact]
    public async Task A_wrong_log_level_hides_no_other_fault()
    {
        using var program = new BuiltProgram(
            ["config", "check", "--Logging:LogLevel:ArmTwitch", "Bar"],
            [("Logging__LogLevel__Default", "Foo"), ("Mail__Port", "many"), ("ASPNETCORE_URLS", "http://127.0.0.1:abc")]);

        Assert.Equal(1, await program.EndAsync());

        Assert.Equal(
            ["Logging:LogLevel:ArmTwitch", "Logging:LogLevel:Default", "Mail:Port", "Urls"],
            program.Lines.Select(line => line.Split(' ')[0]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Postgres", "Hst=foo;Password=hunter2")]
    [InlineData("Postgres", "Host=foo;blah")]
    [InlineData("Postgres", "Host=foo;Port=abc;Password=hunter2")]
    [InlineData("Postgres", "Database=armtwitch;Password=hunter2")]
    [InlineData("Postgres", "Data Source=/tmp/armtwitch.db")]
    [InlineData("Sqlite", "Host=foo;Database=armtwitch;Password=hunter2")]
    [InlineData("Sqlite", "Data Source=/tmp/armtwitch.db;Pooling=perhaps")]
    [InlineData("Sqlite", "Mode=ReadOnly")]
    public async Task A_connection_string_of_the_wrong_provider_is_a_fault_without_its_password(
        string provider, string connection)
    {
        (string, string?)[] settings = [("Data__Provider", provider), ("ConnectionStrings__ArmTwitch", connection)];
        using var check = new BuiltProgram(["config", "check"], settings);
        using var migrate = new BuiltProgram(["database", "migrate"], settings);

        Assert.Equal((1, 2), (await check.EndAsync(), await migrate.EndAsync()));

        Assert.StartsWith(
            $"ConnectionStrings:ArmTwitch does not suit Data:Provider {provider}: ", Assert.Single(check.Lines), StringComparison.Ordinal);
        Assert.Equal(check.Lines, migrate.Lines);
        Assert.DoesNotContain("hunter2", check.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_setting_of_the_log_itself_ends_a_command_in_one_line()
    {
        using var program = new BuiltProgram(["database", "migrate"], [("Logging__Console__LogToStandardErrorThreshold", "Loud")]);

        Assert.Equal(2, await program.EndAsync());

        Assert.Contains("LogToStandardErrorThreshold", Assert.Single(program.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_word_is_wrong_usage()
    {
        using var program = new BuiltProgram(["config", "chek"]);

        Assert.Equal(2, await program.EndAsync());
    }
}
