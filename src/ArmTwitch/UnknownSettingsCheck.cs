using ArmTwitch.Articles;
using ArmTwitch.Hosting;
using Microsoft.Extensions.Options;

namespace ArmTwitch;

/// <summary>A section of the configuration and the options type whose properties are its keys. Options may share a section.</summary>
public sealed record SettingsSection(string Path, Type Options);

/// <summary>
/// Refuses unknown keys at the start: a misspelt key would silently leave its setting at the default. Foreign sections are ignored, and so
/// are values of a whole section, such as the shell's variable MAIL.
/// </summary>
public sealed class UnknownSettingsCheck
{
    internal static readonly string[] FurtherKeys = ["ConnectionStrings:ArmTwitch"];

    /// <summary>Adds the check of all sections that are added anywhere.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddOptions<UnknownSettingsCheck>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<UnknownSettingsCheck>, UnknownKeyValidator>();
    }

    /// <summary>The keys of these sections that have one value, or those that have a list.</summary>
    internal static HashSet<string> Keys(IEnumerable<SettingsSection> sections, bool isList) =>
    [
        .. from section in sections
           from property in section.Options.GetProperties()
           where SettingsValidation.IsList(property) == isList
           select ConfigurationPath.Combine(section.Path, property.Name),
    ];

    private sealed class UnknownKeyValidator(IEnumerable<SettingsSection> sections, IConfiguration configuration)
        : IValidateOptions<UnknownSettingsCheck>
    {
        private readonly HashSet<string> lists = Keys(sections, isList: true), keys = [.. Keys(sections, isList: false), .. FurtherKeys];

        public ValidateOptionsResult Validate(string? name, UnknownSettingsCheck options)
        {
            var set = configuration.AsEnumerable().Where(pair => pair.Value is not null)
                .Select(pair => pair.Key).Order(StringComparer.OrdinalIgnoreCase);
            List<string> faults = [.. set.Select(FaultOf).OfType<string>(), .. HostSettingsChecks.Faults(configuration)];
            return faults.Count > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
        }

        private static string RootOf(string key) => key.Split(ConfigurationPath.KeyDelimiter)[0];

        private static string? Nearest(string key, IEnumerable<string> all)
        {
            var lower = all.ToDictionary(known => known.ToLowerInvariant(), known => known);
            return SpellingSuggestion.Closest(key.ToLowerInvariant(), lower.Keys) is { } near ? lower[near] : null;
        }

        private string? FaultOf(string key)
        {
            var all = keys.Concat(lists).ToList();
            var list = key[..Math.Max(0, key.LastIndexOf(ConfigurationPath.KeyDelimiter, StringComparison.Ordinal))];
            var isSection = all.Exists(known => known.StartsWith(key + ConfigurationPath.KeyDelimiter, StringComparison.OrdinalIgnoreCase));
            if (isSection || !key.Contains(ConfigurationPath.KeyDelimiter, StringComparison.Ordinal)
                || all.Contains(key, StringComparer.OrdinalIgnoreCase) || lists.Contains(list, StringComparer.OrdinalIgnoreCase))
                return null;
            var mates = all.Except(FurtherKeys).Where(known => RootOf(known).Equals(RootOf(key), StringComparison.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal).ToList();
            // A section that is not ours may be anybody's, unless it is a slip of the pen.
            if (Nearest(key, mates.Count > 0 ? mates : all) is { } near)
                return $"{key} is no setting; the nearest is {near}";
            return mates.Count > 0 ? $"{key} is no setting; there are {string.Join(", ", mates)}" : null;
        }
    }
}
