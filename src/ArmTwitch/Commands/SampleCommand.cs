using System.CommandLine;
using ArmTwitch.Articles.Content;
using ArmTwitch.Samples;

namespace ArmTwitch.Commands;

/// <summary>
/// <c>sample</c>: writes a site of made-up data for measuring and trying out. It changes nothing of the real site.
/// </summary>
internal static class SampleCommand
{
    private const int Most = 1_000_000, MostArticles = 99_999;

    public static Command Create(CommandHost host)
    {
        var (articles, comments, subscribers) = (
            Count("--articles", "made-up articles", MostArticles), Count("--comments", "made-up comments in all states", Most),
            Count("--subscribers", "made-up subscribers in all states", Most));
        var into = new Option<string>("--into") { Description = "A folder that is empty or not there yet", Required = true };
        into.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } folder
                && (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())))
                result.AddError(SettingsValidation.Fault("--into", folder, "be a folder that is empty or not there yet"));
        });
        var sample =
            new Command("sample", "Write a site of made-up data to measure and to try things on") { articles, comments, subscribers, into };
        sample.SetAction(async (parsed, cancellationToken) =>
        {
            var options = SettingsValidation.Read<ContentOptions>(host.Configuration, "Content");
            var (content, folder, output) =
                (ContentFolderResolver.Find(options.Path), Path.GetFullPath(parsed.GetValue(into)!), parsed.InvocationConfiguration.Output);
            if (!ContentFolderResolver.HasArticles(content))
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"{ContentFolderResolver.Fault(options.Path)}.");
                return ExitCode.WrongUsage;
            }

            await SampleSiteWriter.WriteAsync(
                content, folder, parsed.GetValue(articles), parsed.GetValue(comments), parsed.GetValue(subscribers), cancellationToken);
            await output.WriteLineAsync($"{parsed.GetValue(articles)} articles, {parsed.GetValue(comments)} comments and "
                + $"{parsed.GetValue(subscribers)} subscribers, all made up, are in {folder}.");
            await output.WriteLineAsync(
                $"Serve them with Content__Path={Path.Combine(folder, "content")} Data__Directory={Path.Combine(folder, "data")}");
            return ExitCode.Done;
        });
        return sample;
    }

    private static Option<int> Count(string name, string what, int most)
    {
        var count = new Option<int>(name) { Description = $"How many {what}, 0 to {most}" };
        count.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var typed }] && int.TryParse(typed, out var value) && (value < 0 || value > most))
                result.AddError(SettingsValidation.Fault(name, typed, $"be between 0 and {most}"));
        });
        return count;
    }
}
