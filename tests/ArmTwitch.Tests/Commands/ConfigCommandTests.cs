using System.Text.Json;

namespace ArmTwitch.Tests.Commands;

public sealed class ConfigCommandTests
{
    [Fact]
    public async Task Right_settings_are_told_to_be_right_with_where_content_and_data_are()
    {
        using var content = new ContentCopy();
        var data = Path.Combine(content.Folder, "..", $"not-made-{Guid.NewGuid():N}");
        using var program = new BuiltProgram(["config", "check"], [("Content__Path", content.Folder), ("Data__Directory", data)]);

        Assert.Equal(0, await program.EndAsync());

        Assert.Equal(
            ["The settings are right.", "Environment: Development", $"Content: {content.Folder}", $"Data: {Path.GetFullPath(data)}", "Database: Sqlite"],
            program.Lines);
        Assert.False(Directory.Exists(data));
    }

    [Fact]
    public async Task Every_fault_is_a_line_and_ends_with_1()
    {
        using var program = new BuiltProgram(["config", "check", "--Pages:MaxBytes", "1"], [("Mail__Port", "many"), ("Mail__Hots", "x")]);

        Assert.Equal(1, await program.EndAsync());

        Assert.Equal(
            ["Mail:Hots is no setting; the nearest is Mail:Host.", "Mail:Port is \"many\"; it must be a whole number.", "Pages:MaxBytes is \"1\"; it must be between 1000000 and 16000000000."],
            program.Lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Faults_can_be_read_by_programs()
    {
        using var program = new BuiltProgram(["config", "check", "--json"], [("Mail__Port", "many")]);

        Assert.Equal(1, await program.EndAsync());

        var fault = Assert.Single(JsonDocument.Parse(string.Concat(program.Lines)).RootElement.EnumerateArray());
        Assert.Equal(("Mail:Port", "Mail:Port is \"many\"; it must be a whole number."), (fault.GetProperty("key").GetString(), fault.GetProperty("fault").GetString()));
    }

    [Fact]
    public async Task A_wrong_word_is_wrong_usage()
    {
        using var program = new BuiltProgram(["config", "chek"]);

        Assert.Equal(2, await program.EndAsync());
    }
}
