using System.Text.Json;
using ArmTwitch.Articles;
using ArmTwitch.Articles.Parsing;
using ArmTwitch.Data.Files;
using ArmTwitch.Newsletter.ImportExport;
using ArmTwitch.Newsletter.ImportExport.Interruptions;
using ArmTwitch.Newsletter.ImportExport.Statuses;
using ArmTwitch.Newsletter.Issues;
using ArmTwitch.Newsletter.Screens;
using ArmTwitch.Newsletter.SubscriberScreens;
using static ArmTwitch.ExitCode;

namespace ArmTwitch.Newsletter;

/// <summary>
/// The commands of the newsletter. Each method returns the exit code: 0 done, 1 found faults, 2 wrong usage.
/// </summary>
public static class NewsletterAdministration
{
    private const int MostFaults = 20;

    private const string SayWho = "Say --people readers, --people left or --people bounced.";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The status that a list can have, as the command spells it.</summary>
    private static readonly Dictionary<string, SubscriberState> ListStates = new(StringComparer.Ordinal)
    {
        ["readers"] = SubscriberState.Confirmed,
        ["left"] = SubscriberState.Unsubscribed,
        ["bounced"] = SubscriberState.Bounced,
    };

    /// <summary>Who can be in a list, as the command spells it.</summary>
    public static IReadOnlyList<string> People { get; } = [.. ListStates.Keys];

    /// <param name="people">One of <see cref="People"/>; null where the file tells.</param>
    /// <param name="apply">False to only say what would happen.</param>
    public static async Task<int> ImportAsync(
        IServiceProvider services, string file, string? people, bool apply, TextWriter output,
        CancellationToken cancellationToken = default)
    {
        if (people is not null && !ListStates.ContainsKey(people))
        {
            await output.WriteLineAsync(SettingsValidation.Fault("--people", people, $"be one of {string.Join(", ", People)}"));
            return WrongUsage;
        }

        try
        {
            await using var table = await SubscriberImportFile.OpenAsync(file, cancellationToken);
            table.ListStatus = people is null ? null : new ListStatusAnswer(ListStates[people]);
            var transfer = services.GetRequiredService<SubscriberTransferService>();
            var report = apply
                ? (await transfer.ImportAsync(table, by: null, progress: null, cancellationToken))!
                : await transfer.PreviewAsync(table, progress: null, cancellationToken);
            if (report.SourceName is { } source)
                await output.WriteLineAsync(
                    $"This is a list from {source}. Who has left it there, or could not be reached, does not become a reader here.");
            if (report.UnreadWords is { } unread)
                await output.WriteLineAsync(unread);
            if (!report.ListStatus.MayImport)
            {
                await output.WriteLineAsync(report.ListStatus.IsOpen
                    ? $"{file}: {report.ListStatus.Question} {SayWho}"
                    : $"{file}: --people {people} does not count, because the {report.ListStatus.Columns} of the file tells it of every row. "
                        + "Leave --people out; or take the column out of the file if it tells something else.");
                return FoundFaults;
            }

            if (report.ListStatus.ColumnWords is { } told)
                await output.WriteLineAsync($"{told} If the {report.ListStatus.Columns} means something else, take it out of the file.");
            if (report.ListStatus is { Source: ListStatusSource.FileName, State: { } named })
                await output.WriteLineAsync($"By its name it is a list of {ListStatus.Label(named)}. If that is wrong: {SayWho}");
            foreach (var row in report.RowsOf(SubscriberImportOutcome.Refused).Take(MostFaults))
                await output.WriteLineAsync($"{file}:{row.Line}: {(row.Email is { } address ? $"{address}: " : "")}{row.Fault}");
            if (report.Refused > MostFaults)
                await output.WriteLineAsync($"… and {report.Refused - MostFaults} more rows with a fault.");
            if (report.WrongTimes > 0)
                await output.WriteLineAsync(report.WrongTimesAdvice);
            foreach (var row in report.RowsOf(SubscriberImportOutcome.Contradicted).Take(MostFaults))
                await output.WriteLineAsync(
                    $"{file}:{row.Line}: {row.Email}: another row says that they left, bounced or complained. That one counts.");
            foreach (var (state, count) in report.Taken.OrderBy(pair => pair.Key))
                await output.WriteLineAsync($"{count} {(apply ? "became" : "would become")} {KebabCase.Of(state)}"
                    + $"{(state is SubscriberState.Pending ? $" and get no mail{WhyPending(report.Missing)}" : "")}.");
            if (report.CountOf(SubscriberImportOutcome.Ended) is > 0 and var ended)
                await output.WriteLineAsync($"{ended} known here {(apply ? "got" : "would get")} no mail any more: "
                    + "the table says that they left, bounced or complained.");
            await output.WriteLineAsync($"{report.Unchanged} are known already, {report.Suppressed} are not to be written to, "
                + $"{report.Twice} stand in the table twice, {report.Refused} have a fault: nothing changes for them.");
            if (!apply)
                await output.WriteLineAsync("This was a dry run. Nothing is changed. Say --apply to do it.");
            return report.Refused > 0 ? FoundFaults : Done;
        }
        catch (FormatException wrong)
        {
            await output.WriteLineAsync($"{file}: {wrong.Message}");
            return FoundFaults;
        }
        catch (SubscriberImportBrokenOffException broken)
        {
            await output.WriteLineAsync($"{file}: {broken.Message} The cause: {broken.InnerException!.Message}");
            return FoundFaults;
        }
        catch (Exception wrong) when (wrong is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            await output.WriteLineAsync(FileFailure.Describe(wrong));
            return WrongUsage;
        }
    }

    private static string WhyPending(IReadOnlySet<ConsentGaps> missing) =>
        SubscriberLabels.WhyPending(missing) is { } why ? $": {char.ToLowerInvariant(why[0])}{why[1..]}" : "";

    /// <param name="file">A file that does not exist yet.</param>
    public static async Task<int> ExportAsync(
        IServiceProvider services, string file, TextWriter output, CancellationToken cancellationToken = default)
    {
        try
        {
            var count = 0;
            await NewFile.WriteAsync(file, async stream =>
            {
                await using var table = new StreamWriter(stream);
                await services.GetRequiredService<SubscriberTransferService>().TryBeginExportAsync(by: null, cancellationToken);
                count = await services.GetRequiredService<SubscriberImportExport>().ExportAsync(table, cancellationToken);
            });
            await output.WriteLineAsync(count is 1 ? "1 subscriber." : $"{count} subscribers.");
            return Done;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            await output.WriteLineAsync(FileFailure.Describe(wrong));
            return WrongUsage;
        }
    }

    /// <summary>Schedules an issue for now. The running site sends it, or the next one that starts.</summary>
    public static async Task<int> SendAsync(
        IServiceProvider services, string issue, TextWriter output, CancellationToken cancellationToken = default)
    {
        var issueService = services.GetRequiredService<IssueService>();
        if (!Slug.TryParse(issue, out var slug) || await issueService.FindAsync(slug, cancellationToken) is not { } view)
            return await NoSuchIssueAsync(services, issue, output, cancellationToken);
        // The command sends the current text.
        var (mail, _) = await issueService.PreviewAsync(slug, cancellationToken);
        var answer = await issueService.ScheduleAsync(slug, IssueAuditEntry.CommandLine, mail?.Hash ?? "", cancellationToken: cancellationToken);
        if (!answer.IsDone)
        {
            await output.WriteLineAsync(view.State is IssueState.Draft or IssueState.Scheduled or IssueState.PrepareFailed
                ? answer.Error
                : $"\"{slug}\" is {KebabCase.Of(view.State)} already.");
            return FoundFaults;
        }

        await services.GetRequiredService<IssueScheduler>().AdvanceAsync(cancellationToken);
        var now = await issueService.FindAsync(slug, cancellationToken);
        await output.WriteLineAsync(now is { Trouble: { } trouble } ? trouble
            : $"\"{slug}\" goes to {IssueLabels.People(now?.Count?.Audience ?? 0)}. The site sends it while it runs; "
                + $"'newsletter status {slug}' tells how far it is.");
        return now?.Trouble is null ? Done : FoundFaults;
    }

    public static async Task<int> StatusAsync(
        IServiceProvider services, string issue, bool json, TextWriter output, CancellationToken cancellationToken = default)
    {
        var issueService = services.GetRequiredService<IssueService>();
        if (Slug.TryParse(issue, out var known))
            await services.GetRequiredService<IssueScheduler>().AdvanceAsync(cancellationToken);
        if (!Slug.TryParse(issue, out known) || await issueService.FindAsync(known, cancellationToken) is not { } view)
            return await NoSuchIssueAsync(services, issue, output, cancellationToken);
        if (json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(
                new
                {
                    Issue = view.Slug.ToString(),
                    view.Subject,
                    State = KebabCase.Of(view.State),
                    view.ScheduledFor,
                    MissedItsTime = view.IsLate,
                    view.PublishedAt,
                    view.Trouble,
                    view.Count?.Audience,
                    view.Count?.Sent,
                    view.Count?.Dead,
                    view.Count?.InDoubt,
                    view.Count?.Suppressed,
                    view.Count?.Cancelled,
                    view.Count?.Waiting,
                    view.Count?.AddsUp,
                }, Json));
            return Done;
        }

        await output.WriteLineAsync($"{view.Subject}: {KebabCase.Of(view.State)}"
            + (view.IsLate ? ", but it missed its time: send it, or give it another time" : ""));
        if (view.Trouble is { } trouble)
            await output.WriteLineAsync(trouble);
        if (view.Count is { } count)
            await output.WriteLineAsync(
                $"{count.Audience} = {count.Sent} sent + {count.Dead} refused + {count.InDoubt} unknown + {count.Suppressed} suppressed + "
                    + $"{count.Cancelled} cancelled + {count.Waiting} waiting{(count.AddsUp ? "" : ": THIS DOES NOT ADD UP")}");
        return view.Count is { AddsUp: false } ? FoundFaults : Done;
    }

    private static async Task<int> NoSuchIssueAsync(
        IServiceProvider services, string issue, TextWriter output, CancellationToken cancellationToken)
    {
        const int most = 12;
        var all = (await services.GetRequiredService<IssueService>().ListAsync(after: null, most, cancellationToken)).Issues;
        await output.WriteLineAsync($"There is no issue \"{issue}\". " + (all.Count is 0
            ? $"Write one in content/{IssueFile.Folder}."
            : $"There is: {string.Join(", ", all.Take(most).Select(one => one.Slug))}."));
        return WrongUsage;
    }
}
