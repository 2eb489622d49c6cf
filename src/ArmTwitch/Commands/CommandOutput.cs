using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ArmTwitch.Commands;

/// <summary>How commands print what they list.</summary>
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
