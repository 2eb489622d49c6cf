using System.Net;
using ArmTwitch.Hosting;
using Microsoft.Extensions.Configuration;

namespace ArmTwitch.Tests.Hosting;

/// <summary>What the host would take for something else than was meant.</summary>
public sealed class HostSettingsChecksTests
{
    [Theory]
    [InlineData("http://127.0.0.1:abc")]
    [InlineData("http://127.0.0.1:-1")]
    [InlineData("http://127.0.0.1:65536")]
    [InlineData("http://127.0.0.1:")]
    [InlineData("http://127.0.0.1:5080:5081")]
    [InlineData("http://[::1]:abc")]
    [InlineData("http://[::1]:5080:5081")]
    [InlineData("http://5080")]
    [InlineData("http://:5080")]
    [InlineData("http://locahost:5080")]
    [InlineData("http://armtwitch.example:5080")]
    [InlineData("http://300.0.0.1:5080")]
    [InlineData("http://localhost:5080/blog")]
    [InlineData("ftp://localhost:5080")]
    [InlineData("localhost:5080")]
    [InlineData("http://localhost:5080;http://127.0.0.1:abc")]
    public void An_address_that_would_mean_every_interface_or_nothing_is_a_fault(string addresses) =>
        Assert.StartsWith("Urls is \"", Assert.Single(FaultsOf(("Urls", addresses))), StringComparison.Ordinal);

    [Theory]
    [InlineData("http://localhost:5080")]
    [InlineData("http://LOCALHOST")]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://0.0.0.0:65535/")]
    [InlineData("http://[::]:80; https://[::1]:443")]
    [InlineData("http://+:5080;http://*:5081")]
    [InlineData("http://unix:/run/armtwitch.sock")]
    public void An_address_that_means_what_it_says_is_right(string addresses) => Assert.Empty(FaultsOf(("Urls", addresses)));

    [Theory]
    [InlineData("abc")]
    [InlineData("-1")]
    [InlineData("65536")]
    [InlineData("80;x")]
    public void A_port_is_a_number(string ports)
    {
        Assert.Single(FaultsOf(("Http_Ports", ports)));
        Assert.Single(FaultsOf(("Https_Ports", ports)));
        Assert.Empty(FaultsOf(("Http_Ports", "80;5080"), ("Https_Ports", "443")));
    }

    [Theory]
    [InlineData("https://armtwitch.example")]
    [InlineData("armtwitch.example:443")]
    [InlineData("armtwitch.example/")]
    [InlineData("armtwitch.example,www.armtwitch.example")]
    [InlineData("armtwitch.example www.armtwitch.example")]
    [InlineData("armtwitch.example.")]
    [InlineData("*armtwitch.example")]
    [InlineData("*.")]
    [InlineData("::1")]
    [InlineData("[::1]:5080")]
    [InlineData("armtwitch.example;http://localhost")]
    public void A_host_that_nobody_could_ask_for_is_a_fault(string hosts) =>
        Assert.StartsWith("AllowedHosts is \"", Assert.Single(FaultsOf(("AllowedHosts", hosts))), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("armtwitch.example")]
    [InlineData("armtwitch.example; *.armtwitch.example;localhost;")]
    [InlineData("192.0.2.1;[2001:db8::1]")]
    public void A_host_that_can_be_asked_for_is_right(string hosts) => Assert.Empty(FaultsOf(("AllowedHosts", hosts)));

    [Theory]
    [InlineData("armtwitch.example", HttpStatusCode.OK)]
    [InlineData("www.armtwitch.example", HttpStatusCode.OK)]
    [InlineData("localhost:5080", HttpStatusCode.OK)]
    [InlineData("127.0.0.1:5080", HttpStatusCode.OK)]
    [InlineData("[::1]:5080", HttpStatusCode.OK)]
    [InlineData("elsewhere.example", HttpStatusCode.BadRequest)]
    public async Task Only_the_hosts_that_are_named_are_answered_and_this_machine(string host, HttpStatusCode expected)
    {
        using var site = new TestSite(settings: [("AllowedHosts", "armtwitch.example; *.armtwitch.example")]);
        using var visitor = site.Visit();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        request.Headers.Host = host;

        using var answer = await visitor.SendAsync(request, Xunit.TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Every_host_is_answered_where_none_is_named()
    {
        using var site = new TestSite();
        using var visitor = site.Visit();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        request.Headers.Host = "elsewhere.example";

        using var answer = await visitor.SendAsync(request, Xunit.TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public void Log_levels_are_right_in_any_case_and_only_levels_are_looked_at() => Assert.Empty(FaultsOf(
        ("Logging:LogLevel:Default", "warning"), ("Logging:LogLevel:ArmTwitch.Mail", ""), ("Logging:Console:LogLevel:Default", "None"),
        ("Logging:Console:FormatterName", "json")));

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "127.0.0.1:4317", "begin with http:// or https:// and a host")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector", "begin with http:// or https:// and a host")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "localhost:4317", "begin with http:// or https:// and a host")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "/v1/traces", "begin with http:// or https:// and a host")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http", "be one of grpc, http/protobuf")]
    [InlineData("Logging:Console:FormatterName", "jsn", "be one of json, simple, systemd")]
    public void What_a_library_would_pass_over_is_a_fault(string key, string value, string allowed) => Assert.StartsWith(
        $"{key} is \"{value}\"; it must {allowed}", Assert.Single(FaultsOf((key, value))), StringComparison.Ordinal);

    [Fact]
    public void What_a_library_reads_is_right() => Assert.Empty(FaultsOf(
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "https://collector.example:4317"), ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://[::1]/v1/traces"),
        ("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", ""), ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "http/protobuf"),
        ("Logging:Console:FormatterName", "JSON")));

    private static IEnumerable<string> FaultsOf(params (string Key, string Value)[] settings) =>
        HostSettingsChecks.Faults(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build());
}
