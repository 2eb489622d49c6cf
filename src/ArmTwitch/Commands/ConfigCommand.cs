using System.CommandLine;
using ArmTwitch.Articles.Content;
using ArmTwitch.Data;
using ArmTwitch.Pages;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Commands;

/// <summary><c>config check</c>: whether a start would accept the settings. It creates no folder and opens no database.</summary>
internal static class ConfigCommand
{
    public static Command Create(CommandHost host)
    {
        var json = CommandOutput.JsonOption();
        var check = new Command("check", "List every setting that is wrong, as a start would, and say where content and data are") { json };
        check.SetAction((parsed, _) =>
            host.WithSettingsAsync(services => CheckAsync(services, parsed.GetValue(json), parsed.InvocationConfiguration.Output)));
        return new Command("config", "The settings") { check };
    }

    /// <summary>A site can do without, and hardly wants to.</summary>
    private const string NoContact =
        "\nWarning: Site:ContactAddress is empty. Readers who found a mistake have no address to write to.";

    private static async Task<int> CheckAsync(IServiceProvider services, bool json, TextWriter output)
    {
        var faults = SettingsValidation.Faults(services);
        if (json)
            await output.WriteLineAsync(CommandOutput.Json(faults.Select(fault => new { Key = KeyOf(fault), Fault = $"{fault}." })));
        else if (faults.Count > 0)
            await output.WriteLineAsync(string.Join(Environment.NewLine, faults.Select(fault => $"{fault}.")));
        else
            await output.WriteLineAsync(Describe(services));
        return faults.Count > 0 ? ExitCode.FoundFaults : ExitCode.Done;
    }

    /// <summary>Every fault begins with its key.</summary>
    private static string KeyOf(string fault) => fault.Split(' ')[0].TrimEnd(',');

    private static string Describe(IServiceProvider services)
    {
        var content = ContentFolderResolver.Find(services.GetRequiredService<IOptions<ContentOptions>>().Value.Path);
        var data = services.GetRequiredService<IOptions<DataOptions>>().Value;
        var near = string.Concat(services.GetRequiredService<SettingNameSuggestions>().Find().Select(
            one => $"\nWarning: {one.Name} is set and nobody reads it. If it is meant as a setting, its name is {one.Right}."));
        return $"""
            The settings are right.
            Environment: {services.GetRequiredService<IHostEnvironment>().EnvironmentName}
            Content: {content}
            Data: {DataFolder.Find(data, content)}
            Database: {data.Provider}{(services.GetRequiredService<Site>().ContactAddress is null ? NoContact : "")}{near}
            """;
    }
}
