using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ArmTwitch.Commands;

/// <summary>The option <c>--json</c>, and how it prints.</summary>
internal static class CommandOutput
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) }
    };

    public static Option<bool> JsonOption() => new("--json") { Description = "Print a list that programs can read" };

    public static string Json<T>(T list) => JsonSerializer.Serialize(list, Web);
}
