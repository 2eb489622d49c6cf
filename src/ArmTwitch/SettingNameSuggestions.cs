using ArmTwitch.Articles;

namespace ArmTwitch;

/// <summary>
/// Warns of names in no section that look like one of a setting, such as <c>Site_BaseUrl</c> with one underscore for two. Unlike a wrong
/// key of a section (<see cref="UnknownSettingsCheck"/>) such a variable may be another program's, so it is no fault.
/// </summary>
internal sealed partial class SettingNameSuggestions(
    IEnumerable<SettingsSection> sections, IConfiguration configuration, ILogger<SettingNameSuggestions> logger)
{
    /// <summary>Settings of the host that the documentation names.</summary>
    private static readonly string[] KeysOfHost =
        ["AllowedHosts", "Logging:Console:FormatterName", "Logging:LogLevel:Default", "OTEL_EXPORTER_OTLP_ENDPOINT"];

    /// <summary>Every such name that is set, and what it was probably meant to be, as a variable of the environment.</summary>
    public IReadOnlyList<(string Name, string Right)> Find()
    {
        var settings = sections.ToList();
        var known = UnknownSettingsCheck.Keys(settings, isList: false).Concat(UnknownSettingsCheck.Keys(settings, isList: true))
            .Concat(UnknownSettingsCheck.FurtherKeys).Concat(KeysOfHost).ToLookup(Plain);
        return
        [
            .. from pair in configuration.AsEnumerable().OrderBy(pair => pair.Key, StringComparer.Ordinal)
               where pair.Value is not null && !pair.Key.Contains(ConfigurationPath.KeyDelimiter, StringComparison.Ordinal)
               let near = SpellingSuggestion.Closest(Plain(pair.Key), known.Select(one => one.Key))
               where near is not null
               let right = known[near].First()
               // Who has set the right one has not meant it by this one.
               where !configuration.GetSection(right).Exists()
               select (pair.Key, right.Replace(ConfigurationPath.KeyDelimiter, "__", StringComparison.Ordinal)),
        ];
    }

    /// <summary>Says so in the log.</summary>
    public void Warn()
    {
        foreach (var (name, right) in Find())
            LogNear(name, right);
    }

    /// <summary>In lower-case letters, with one sign for whatever may be written between the parts.</summary>
    private static string Plain(string name) => name.ToLowerInvariant().Replace('_', ':').Replace('.', ':').Replace('-', ':');

    [LoggerMessage(LogLevel.Warning, "{Name} is set and nobody reads it. If it is meant as a setting, its name is {Right}")]
    private partial void LogNear(string name, string right);
}
