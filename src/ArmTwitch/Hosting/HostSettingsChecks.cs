using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Hosting;

/// <summary>
/// Checks settings that the host and its libraries read themselves: they would listen everywhere for a wrong address, crash on a wrong log
/// level, answer 400 to everybody for a wrong host, write an unknown format of the log as text, and send metrics nowhere.
/// </summary>
internal static class HostSettingsChecks
{
    private const string Urls = "Urls", HttpPorts = "Http_Ports", HttpsPorts = "Https_Ports", Logging = "Logging", LogLevels = "LogLevel",
        Formatter = "Logging:Console:FormatterName", AllowedHosts = "AllowedHosts", AnyHost = "*", AnyBelow = "*.";

    /// <summary>How health checks and Prometheus on this machine name it.</summary>
    private static readonly string[] ThisMachine = ["localhost", "127.0.0.1", "[::1]"];

    private static readonly string[] Formatters = [ConsoleFormatterNames.Json, ConsoleFormatterNames.Simple, ConsoleFormatterNames.Systemd];

    /// <summary>As OpenTelemetry names them; each variable may name one signal, too.</summary>
    private static readonly string[] Signals = ["", "METRICS_", "TRACES_"], Protocols = ["grpc", "http/protobuf"];

    /// <summary>The faults, one line each.</summary>
    public static IEnumerable<string> Faults(IConfiguration configuration) =>
    [
        .. Items(configuration, Urls).Where(address => !IsAddress(address)).Select(address => SettingsValidation.Fault(
            Urls, address, "be an address such as http://localhost:5080: http or https, then localhost, an IP address, + or *, then a port between 0 and 65535")),
        .. from key in (string[])[HttpPorts, HttpsPorts]
           from port in Items(configuration, key)
           where !ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _)
           select SettingsValidation.Fault(key, port, "be a port between 0 and 65535"),
        .. Items(configuration, AllowedHosts).Where(host => !IsAllowedHost(host)).Select(host => SettingsValidation.Fault(
            AllowedHosts, host, "be a name such as armtwitch.example or *.armtwitch.example, with no https://, port or path, or * for any; "
                + "several are separated by ;")),
        .. from level in configuration.GetSection(Logging).AsEnumerable()
           where IsLogLevel(level.Key) && level.Value is { Length: > 0 }
               && !(Enum.TryParse<LogLevel>(level.Value, ignoreCase: true, out var known) && Enum.IsDefined(known))
           select SettingsValidation.Fault(level.Key, level.Value, $"be one of {string.Join(", ", Enum.GetNames<LogLevel>())}"),
        .. OneOf(configuration, Formatter, Formatters, StringComparer.OrdinalIgnoreCase),
        .. Signals.SelectMany(signal => ExportFaults(configuration, signal)),
    ];

    /// <summary>Where only some hosts are answered, answers this machine too, so that its own health checks go on.</summary>
    public static void AllowThisMachine(HostFilteringOptions filter)
    {
        // ASP.NET keeps the spaces around a name, and then matches nothing.
        List<string> hosts = [.. filter.AllowedHosts.Select(host => host.Trim()).Where(host => host.Length > 0)];
        filter.AllowedHosts = hosts.Count is 0 || hosts.Contains(AnyHost) ? [AnyHost] : [.. hosts, .. ThisMachine];
    }

    /// <summary>Keeps a wrong log level from failing the build of the host, so that it is reported with all other faults.</summary>
    public static void PassOverWrongLogLevels(this IServiceCollection services)
    {
        for (var i = 0; i < services.Count; i++)
        {
            if (services[i].ImplementationInstance is IConfigureOptions<LoggerFilterOptions> rules
                and not IConfigureNamedOptions<LoggerFilterOptions>)
                services[i] = ServiceDescriptor.Singleton<IConfigureOptions<LoggerFilterOptions>>(new InvalidLogLevelFilter(rules));
        }
    }

    private static IEnumerable<string> ExportFaults(IConfiguration configuration, string signal)
    {
        var key = $"OTEL_EXPORTER_OTLP_{signal}ENDPOINT";
        if (configuration[key] is { Length: > 0 } endpoint
            && !(Uri.TryCreate(endpoint, UriKind.Absolute, out var address) && address is { Scheme: "http" or "https", Host.Length: > 0 }))
            yield return SettingsValidation.Fault(key, endpoint, "begin with http:// or https:// and a host, such as http://127.0.0.1:4317");
        foreach (var fault in OneOf(configuration, $"OTEL_EXPORTER_OTLP_{signal}PROTOCOL", Protocols, StringComparer.Ordinal))
            yield return fault;
    }

    private static IEnumerable<string> OneOf(IConfiguration configuration, string key, string[] names, StringComparer comparer) =>
        configuration[key] is { Length: > 0 } name && !names.Contains(name, comparer)
            ? [SettingsValidation.Fault(key, name, $"be one of {string.Join(", ", names)}")]
            : [];

    private static string[] Items(IConfiguration configuration, string key) =>
        (configuration[key] ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>
    /// Kestrel listens on every address for an unknown host, and reads a port that is no number as part of the host.
    /// </summary>
    private static bool IsAddress(string text)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(text);
        }
        catch (FormatException)
        {
            return false;
        }

        if (address.Scheme.ToUpperInvariant() is not ("HTTP" or "HTTPS"))
            return false;
        if (address.IsUnixPipe || address.IsNamedPipe)
            return true;
        return address.PathBase.Length is 0 && address.Port is >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort && IsHost(address.Host);
    }

    private static bool IsHost(string host)
    {
        if (host is "+" or "*" || host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            return true;
        // IPAddress also parses a bare number, and a bracketed address with a port.
        return IPAddress.TryParse(host, out var address)
            && (address.AddressFamily is AddressFamily.InterNetworkV6
                ? !host.Contains("]:", StringComparison.Ordinal)
                : address.ToString() == host);
    }

    private static bool IsAllowedHost(string host)
    {
        var name = host.StartsWith(AnyBelow, StringComparison.Ordinal) ? host[AnyBelow.Length..] : host;
        return host is AnyHost || Uri.CheckHostName(name) switch
        {
            UriHostNameType.Dns => !name.EndsWith('.'),
            UriHostNameType.IPv4 => true,
            // As browsers send it.
            UriHostNameType.IPv6 => name.StartsWith('['),
            _ => false,
        };
    }

    /// <summary><c>Logging:LogLevel:…</c> for all providers, or <c>Logging:Console:LogLevel:…</c> for one.</summary>
    private static bool IsLogLevel(string key) => key.Split(ConfigurationPath.KeyDelimiter) switch
    {
        [_, var levels, _, ..] when levels.Equals(LogLevels, StringComparison.OrdinalIgnoreCase) => true,
        [_, _, var levels, _, ..] => levels.Equals(LogLevels, StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private sealed class InvalidLogLevelFilter(IConfigureOptions<LoggerFilterOptions> rules) : IConfigureOptions<LoggerFilterOptions>
    {
        public void Configure(LoggerFilterOptions options)
        {
            try
            {
                rules.Configure(options);
            }
            catch (InvalidOperationException)
            {
                // The check above reports the level.
            }
        }
    }
}
