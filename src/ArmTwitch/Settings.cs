using System.Collections;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace ArmTwitch;

/// <summary>Settings are checked before the first request; a wrong one is told by its key, its value and what is allowed.</summary>
public static partial class Settings
{
    /// <summary>Binds a section of the configuration and checks it at the start by the attributes of its properties.</summary>
    public static OptionsBuilder<T> AddSettings<T>(this IServiceCollection services, string section) where T : class
    {
        services.AddSingleton<IValidateOptions<T>>(new Validator<T>(section));
        return services.AddOptions<T>().Configure<IConfiguration>((options, configuration) => Spread<T>(configuration, section).Bind(options)).ValidateOnStart();
    }

    /// <summary>The same for who has no host, such as a command.</summary>
    /// <exception cref="OptionsValidationException">A setting is wrong.</exception>
    public static T Read<T>(IConfiguration configuration, string section) where T : class, new()
    {
        var options = new T();
        IEnumerable<string> faults;
        try
        {
            Spread<T>(configuration, section).Bind(options);
            faults = new Validator<T>(section).Validate(null, options).Failures ?? [];
        }
        catch (InvalidOperationException unreadable) when (Explain(unreadable) is { } fault)
        {
            faults = [fault];
        }

        return faults.Any() ? throw new OptionsValidationException(section, typeof(T), faults) : options;
    }

    /// <summary>A list that is written as one value, its items separated by commas, is read like one with a key an item.</summary>
    private static IConfigurationSection Spread<T>(IConfiguration configuration, string section)
    {
        var items =
            from property in typeof(T).GetProperties()
            where property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(IEnumerable))
            let list = configuration.GetSection($"{section}:{property.Name}")
            where !list.GetChildren().Any()
            from item in (list.Value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Index()
            select KeyValuePair.Create(ConfigurationPath.Combine(list.Path, item.Index.ToString(CultureInfo.InvariantCulture)), (string?)item.Item);
        MustBeReadable<T>(configuration, section, items);
        var values = configuration.GetSection(section).AsEnumerable().Where(pair => pair.Value is not null).Concat(items);
        return new ConfigurationBuilder().AddInMemoryCollection(values).Build().GetSection(section);
    }

    /// <summary>The binder passes over an item of a list that it cannot read, as though it had not been written.</summary>
    /// <exception cref="InvalidOperationException">In the binder's own words, see <see cref="Explain"/>.</exception>
    private static void MustBeReadable<T>(IConfiguration configuration, string section, IEnumerable<KeyValuePair<string, string?>> spread)
    {
        foreach (var property in typeof(T).GetProperties())
        {
            var list = ConfigurationPath.Combine(section, property.Name);
            if (property.PropertyType.GetGenericArguments() is not [{ IsValueType: true } type] || !property.PropertyType.IsAssignableTo(typeof(IEnumerable)))
                continue;
            var items = configuration.GetSection(list).GetChildren().Select(item => KeyValuePair.Create(item.Path, item.Value)).Concat(spread.Where(item => item.Key.StartsWith(list + ConfigurationPath.KeyDelimiter, StringComparison.OrdinalIgnoreCase)));
            foreach (var (key, value) in items)
            {
                if (value is null || !TypeDescriptor.GetConverter(type).IsValid(value))
                    throw new InvalidOperationException($"Failed to convert configuration value '{value}' at '{key}' to type '{type}'.");
            }
        }
    }

    /// <summary>One line about a setting that is wrong.</summary>
    /// <param name="allowed">Finishes "it must …".</param>
    public static string Fault(string key, object? value, string allowed) => $"{key} is \"{value}\"; it must {allowed}";

    /// <returns>What to say of a value that could not even be read; null when the failure is about something else.</returns>
    public static string? Explain(InvalidOperationException unreadable) =>
        Unreadable().Match(unreadable.Message) is { Success: true } match
            ? Fault(match.Groups["key"].Value, match.Groups["value"].Value, $"be {KindOf(match.Groups["type"].Value)}")
            : null;

    private static string KindOf(string type) => type switch
    {
        "System.Int32" or "System.Int64" => "a whole number",
        "System.Double" => "a number",
        "System.Boolean" => "true or false",
        _ when Type.GetType(type) is { IsEnum: true } words => $"one of {string.Join(", ", Enum.GetNames(words))}",
        _ => $"a {type}",
    };

    /// <summary>The words of the configuration binder.</summary>
    [GeneratedRegex("^Failed to convert configuration value '(?<value>.*)' at '(?<key>.*)' to type '(?<type>.*)'")]
    private static partial Regex Unreadable();

    private sealed class Validator<T>(string section) : IValidateOptions<T> where T : class
    {
        public ValidateOptionsResult Validate(string? name, T options)
        {
            var faults = (
                from property in typeof(T).GetProperties()
                let value = property.GetValue(options)
                from rule in property.GetCustomAttributes<ValidationAttribute>()
                where !Holds(rule, value)
                select Fault($"{section}:{property.Name}", value is IEnumerable list and not string ? string.Join(", ", list.Cast<object>()) : value, Allowed(rule))).ToList();
            return faults.Count > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
        }

        private static bool Holds(ValidationAttribute rule, object? value)
        {
            try
            {
                return rule.IsValid(value);
            }
            catch (OverflowException)
            {
                // A range of whole numbers asked about a number too big to be one, or about none at all.
                return false;
            }
        }

        private static string Allowed(ValidationAttribute rule) => rule switch
        {
            RangeAttribute range => string.Create(CultureInfo.InvariantCulture, $"be between {range.Minimum} and {range.Maximum}"),
            RequiredAttribute => "not be empty",
            StringLengthAttribute length => $"have at most {length.MaximumLength} characters",
            _ => rule.FormatErrorMessage(""),
        };
    }
}
