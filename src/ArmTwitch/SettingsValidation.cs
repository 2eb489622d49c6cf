using System.Collections;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace ArmTwitch;

/// <summary>Binds and checks settings at the start. A fault names the key, the value and what is allowed.</summary>
public static class SettingsValidation
{
    /// <summary>Binds a section of the configuration and checks it at the start by the attributes of its properties.</summary>
    public static OptionsBuilder<T> AddSettings<T>(this IServiceCollection services, string section) where T : class
    {
        services.AddSingleton(new SettingsSection(section, typeof(T)));
        services.AddSingleton<IValidateOptions<T>>(
            provider => new AttributeValidator<T>(provider.GetRequiredService<IConfiguration>().GetSection(section)));
        return services.AddOptions<T>().Configure<IConfiguration>((options, configuration) =>
            Readable<T>(configuration.GetSection(section)).Bind(options)).ValidateOnStart();
    }

    /// <summary>The same without a host, for commands.</summary>
    /// <exception cref="OptionsValidationException">A setting is wrong.</exception>
    public static T Read<T>(IConfiguration configuration, string section) where T : class, new()
    {
        var options = new T();
        Readable<T>(configuration.GetSection(section)).Bind(options);
        var faults = new AttributeValidator<T>(configuration.GetSection(section)).Validate(null, options).Failures ?? [];
        return faults.Any() ? throw new OptionsValidationException(section, typeof(T), faults) : options;
    }

    /// <summary>The faults of all settings, one line each.</summary>
    public static IReadOnlyList<string> Faults(IServiceProvider services) =>
        Try(() => services.GetRequiredService<IStartupValidator>().Validate());

    /// <returns>The faults of the settings that the action uses.</returns>
    public static IReadOnlyList<string> Try(Action work)
    {
        try
        {
            work();
            return [];
        }
        catch (Exception wrong) when (FaultsOf(wrong) is { } faults)
        {
            return [.. faults];
        }
    }

    /// <returns>The faults that an exception reports, one line each; null when it is not about settings.</returns>
    public static IEnumerable<string>? FaultsOf(Exception failed) => failed switch
    {
        OptionsValidationException wrong => wrong.Failures,
        AggregateException several when several.InnerExceptions.All(inner => inner is OptionsValidationException) =>
            several.InnerExceptions.Cast<OptionsValidationException>().SelectMany(wrong => wrong.Failures).Distinct(),
        // Settings that the framework reads, such as Logging:Console, fail while the host is built.
        InvalidOperationException { Source: { } source } unreadable when source is "Microsoft.Extensions.Configuration.Binder"
            || source.StartsWith("Microsoft.Extensions.Logging", StringComparison.Ordinal) =>
            [unreadable.Message.ReplaceLineEndings(" ").TrimEnd('.')],
        _ => null,
    };

    /// <summary>One line about a wrong setting.</summary>
    /// <param name="allowed">Finishes "it must …".</param>
    public static string Fault(string key, object? value, string allowed) => $"{key} is \"{value}\"; it must {allowed}";

    internal static bool IsList(PropertyInfo property) =>
        property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(IEnumerable));

    /// <summary>The readable values of a section. The others are reported, and must not keep the rest from being checked.</summary>
    private static IConfigurationSection Readable<T>(IConfigurationSection section)
    {
        var values = Items<T>(section).Where(item => IsReadable(item.Type, item.Value))
            .Select(item => KeyValuePair.Create(item.Key, item.Value));
        return new ConfigurationBuilder().AddInMemoryCollection(values).Build().GetSection(section.Path);
    }

    /// <summary>Every value that is set, and every item of a list. A list may be one value with commas.</summary>
    private static IEnumerable<(string Key, string? Value, Type Type)> Items<T>(IConfigurationSection section)
    {
        foreach (var property in typeof(T).GetProperties().Where(property => section.GetSection(property.Name).Exists()))
        {
            var set = section.GetSection(property.Name);
            if (!IsList(property))
            {
                yield return (set.Path, set.Value, property.PropertyType);
                continue;
            }

            var type = property.PropertyType.GetGenericArguments() is [var one] ? one : typeof(string);
            IEnumerable<string?> items = set.GetChildren().Any()
                ? set.GetChildren().Select(item => item.Value)
                : (set.Value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            foreach (var (index, item) in items.Index())
                yield return (ConfigurationPath.Combine(set.Path, index.ToString(CultureInfo.InvariantCulture)), item, type);
        }
    }

    /// <summary>As the configuration binder reads it, except that an enum may not be given as a number.</summary>
    private static bool IsReadable(Type type, string? value)
    {
        if (type == typeof(string) || (string.IsNullOrEmpty(value) && Nullable.GetUnderlyingType(type) is not null))
            return true;
        var kind = Nullable.GetUnderlyingType(type) ?? type;
        if (value is null || !TypeDescriptor.GetConverter(kind).IsValid(value))
            return false;
        return !kind.IsEnum || Enum.IsDefined(kind, Enum.Parse(kind, value, ignoreCase: true));
    }

    private static string KindOf(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var whole when whole == typeof(int) || whole == typeof(long) => "a whole number",
        var number when number == typeof(double) => "a number",
        var word when word == typeof(bool) => "true or false",
        { IsEnum: true } words => $"one of {string.Join(", ", Enum.GetNames(words))}",
        var other => $"a {other.Name}",
    };

    private sealed class AttributeValidator<T>(IConfigurationSection section) : IValidateOptions<T> where T : class
    {
        public ValidateOptionsResult Validate(string? name, T options)
        {
            var unreadable = Items<T>(section).Where(item => !IsReadable(item.Type, item.Value))
                .Select(item => Fault(item.Key, item.Value, $"be {KindOf(item.Type)}"));
            var wrong =
                from property in typeof(T).GetProperties()
                let value = property.GetValue(options)
                from rule in property.GetCustomAttributes<ValidationAttribute>()
                where !Holds(rule, value)
                select Fault(
                    ConfigurationPath.Combine(section.Path, property.Name),
                    IsList(property) ? string.Join(", ", ((IEnumerable)value!).Cast<object>()) : value, Allowed(rule));
            List<string> faults = [.. unreadable, .. wrong];
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
                // [Range] of int converts the value first.
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
