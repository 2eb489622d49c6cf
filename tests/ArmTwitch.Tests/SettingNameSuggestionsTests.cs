using ArmTwitch.Data;
using ArmTwitch.Pages;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace ArmTwitch.Tests;

public sealed class SettingNameSuggestionsTests
{
    [Theory]
    [InlineData("Site_BaseUrl", "Site__BaseUrl")]
    [InlineData("SITE_BASE_URL", "Site__BaseUrl")]
    [InlineData("SiteBaseUrl", "Site__BaseUrl")]
    [InlineData("Site.BaseUlr", "Site__BaseUrl")]
    [InlineData("Data_Directory", "Data__Directory")]
    [InlineData("ConnectionStrings_ArmTwitch", "ConnectionStrings__ArmTwitch")]
    [InlineData("Logging_Console_FormatterName", "Logging__Console__FormatterName")]
    [InlineData("AllowedHost", "AllowedHosts")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPONT", "OTEL_EXPORTER_OTLP_ENDPOINT")]
    public void A_name_that_is_nearly_one_of_a_setting_is_told_with_the_right_one(string name, string right) =>
        Assert.Equal([(name, right)], Find((name, "x")));

    [Fact]
    public void Right_names_and_other_programs_variables_are_passed_over() => Assert.Empty(Find(
        ("Site:BaseUrl", "https://armtwitch.example"), ("AllowedHosts", "*"), ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4317"),
        ("PATH", "/bin"), ("HOME", "/root"), ("HOSTNAME", "x"), ("USERNAME", "x"), ("MAIL", "x"), ("LOGNAME", "x"), ("DATABASE_URL", "x"),
        ("OTEL_SERVICE_NAME", "x"), ("OTEL_EXPORTER_OTLP_HEADERS", "x"), ("ASPNETCORE_URLS", "x"), ("XDG_DATA_DIRS", "x")));

    [Fact]
    public void Who_has_set_the_right_one_is_not_told() =>
        Assert.Empty(Find(("Site_BaseUrl", "x"), ("Site:BaseUrl", "https://armtwitch.example")));

    private static IReadOnlyList<(string Name, string Right)> Find(params (string Key, string Value)[] settings) =>
        new SettingNameSuggestions(
            [new("Site", typeof(SiteOptions)), new("Data", typeof(DataOptions))],
            new ConfigurationBuilder()
                .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build(),
            NullLogger<SettingNameSuggestions>.Instance).Find();
}
