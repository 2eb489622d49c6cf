using System.Globalization;
using ArmTwitch.Newsletter.Screens;
using static ArmTwitch.ExitCode;

namespace ArmTwitch.Newsletter.ImportExport.TakingBack;

/// <summary>The command <c>newsletter take-back</c>.</summary>
public static class ImportTakeBackAdministration
{
    private const string Format = "yyyy-MM-ddTHH:mm:ss.fffZ";

    /// <param name="import">When it began, as the list of imports says it; null for that list.</param>
    /// <param name="apply">False to only say what would happen.</param>
    public static async Task<int> RunAsync(
        IServiceProvider services, string? import, bool apply, TextWriter output, CancellationToken cancellationToken = default)
    {
        var service = services.GetRequiredService<ImportTakeBackService>();
        var imports = await service.ListAsync(cancellationToken);
        if (import is null)
        {
            foreach (var one in imports)
                await output.WriteLineAsync(
                    $"{NameOf(one)}  {one.By}: {IssueLabels.People(one.Readers)} {(one.Readers is 1 ? "gets" : "get")} the newsletter by it alone.");
            await output.WriteLineAsync(imports.Count is 0
                ? $"No import of the last {ImportTakeBackService.Life.Days} days can be taken back."
                : "Say which one, by its time.");
            return Done;
        }

        if (imports.FirstOrDefault(one => NameOf(one) == import) is not { } chosen)
        {
            await output.WriteLineAsync(
                $"There is no import of {import} that can be taken back. Leave the time out, and those that can are listed.");
            return FoundFaults;
        }

        var count = apply ? (await service.TakeBackAsync(chosen.At, by: null, cancellationToken))!.Value : chosen.Readers;
        await output.WriteLineAsync(
            $"{IssueLabels.People(count)} {(!apply ? "would be" : count is 1 ? "is" : "are")} unsubscribed. {chosen.Words}");
        if (!apply)
            await output.WriteLineAsync("Nothing is changed so far. Say --apply to do it.");
        return Done;
    }

    private static string NameOf(PastImport one) => one.At.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);
}
