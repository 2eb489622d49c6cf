using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Auditing;
using ArmTwitch.Moderators.Sessions;
using ArmTwitch.Newsletter.ImportExport.Interruptions;
using ArmTwitch.Newsletter.ImportExport.Statuses;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Newsletter.ImportExport;

/// <summary>Imports and exports subscribers for an editor or the command line, and records it in the audit.</summary>
public sealed partial class SubscriberTransferService(
    SubscriberImportExport importer, WriteTransactionFactory writing, SessionStore sessions, AuditTrail audit, TimeProvider clock,
    ILogger<SubscriberTransferService> logger)
{
    private const int ShownOfConsent = 48;

    /// <summary>Says what an import of this file would do, row by row.</summary>
    /// <param name="progress">Is told how many of how many rows are looked up.</param>
    /// <exception cref="FormatException">It is no table of subscribers.</exception>
    public Task<SubscriberImportReport> PreviewAsync(
        SubscriberImportFile file, IProgress<SubscriberImportProgress>? progress = null, CancellationToken cancellationToken = default) =>
        importer.ImportAsync(Read(file, cancellationToken), apply: false, clock.GetUtcNow(), progress, cancellationToken);

    /// <summary>
    /// Imports a file. The audit has an entry before the first row, and one with the counts after the last or, where that can be written,
    /// with how far it came when it broke off.
    /// </summary>
    /// <param name="by">An editor; null for the command line.</param>
    /// <param name="progress">Is told how many of how many rows are done.</param>
    /// <returns>
    /// Null when the editor is none any more; nothing was imported. Nothing was imported either where it is not said yet, or said in vain,
    /// of what status the list is (<see cref="ListStatus.MayImport"/>): then the report has no rows.
    /// </returns>
    /// <exception cref="FormatException">It is no table of subscribers; nothing was imported.</exception>
    /// <exception cref="SubscriberImportBrokenOffException">It failed after it had begun: some rows are imported.</exception>
    public async Task<SubscriberImportReport?> ImportAsync(
        SubscriberImportFile file, CurrentModerator? by, IProgress<SubscriberImportProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var read = Read(file, cancellationToken);
        if (!read.ListStatus.MayImport)
            return new SubscriberImportReport(read);
        // The databases keep different parts of a second.
        var begun = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
        var id = Guid.CreateVersion7(begun);
        if (!await TryBeginAsync(
            by, AuditAction.SubscriberImportStarted, DetailOf(file, read), isFresh: false, begun, cancellationToken, id))
            return null;
        var counter = new Counter(new(0, read.Count), progress);
        try
        {
            var report = await importer.ImportAsync(read, apply: true, begun, counter, cancellationToken);
            await RecordEndAsync(by, AuditAction.SubscribersImported, DetailOf(report), id);
            return report;
        }
        catch (Exception cause)
        {
            LogBrokenOff(
                DatabaseFailureClassifier.IsOutage(cause) ? null : cause, counter.Progress.Done, read.Count, DatabaseFailureClassifier.CodeOf(cause));
            await TryRecordBreakAsync(by, counter.Progress, id);
            if (cause is OperationCanceledException && cancellationToken.IsCancellationRequested)
                throw;
            throw new SubscriberImportBrokenOffException(counter.Progress, cause);
        }
    }

    /// <summary>Whatever has become of the editor meanwhile: this has happened.</summary>
    private async Task RecordEndAsync(CurrentModerator? by, AuditAction end, string detail, Guid import)
    {
        await using var write = await writing.BeginAsync(CancellationToken.None);
        audit.Add(write.Db, by, end, import, detail: detail);
        await write.CommitAsync(CancellationToken.None);
    }

    /// <summary>What broke an import off may keep this from being written, too. Then the audit has its beginning alone.</summary>
    private async Task TryRecordBreakAsync(CurrentModerator? by, SubscriberImportProgress progress, Guid import)
    {
        try
        {
            await RecordEndAsync(by, AuditAction.SubscriberImportBrokeOff, SubscriberImportBrokenOffException.Words(progress), import);
        }
#pragma warning disable CA1031 // What is told is why the import broke off.
        catch (Exception failed)
#pragma warning restore CA1031
        {
            LogNotRecorded(DatabaseFailureClassifier.CodeOf(failed));
        }
    }

    /// <summary>Records that the addresses are taken along. Call it before <see cref="SubscriberImportExport.ExportAsync"/>.</summary>
    /// <param name="by">An editor shortly after signing in; null for the command line.</param>
    /// <returns>False when the editor is none any more, or signed in too long ago.</returns>
    public Task<bool> TryBeginExportAsync(CurrentModerator? by, CancellationToken cancellationToken = default) =>
        TryBeginAsync(by, AuditAction.SubscribersExported, detail: null, isFresh: true, clock.GetUtcNow(), cancellationToken);

    private static SubscriberCsvReader Read(SubscriberImportFile file, CancellationToken cancellationToken)
    {
        var read = file.Read(cancellationToken);
        return read.Count > 0 ? read : throw new FormatException("It has a header and no row below it, so nobody is in it. Choose the file again.");
    }

    private static string DetailOf(SubscriberImportFile file, SubscriberCsvReader read) => Plural.Of(read.Count, "row")
        + (read.ListStatus switch
        {
            { State: { } state, Source: ListStatusSource.Editor, IsAgainstColumns: true } => $", said to be {ListStatus.Label(state)}, whatever its columns tell",
            { State: { } state, Source: ListStatusSource.Editor } => $", said to be {ListStatus.Label(state)}",
            { State: { } state, Source: ListStatusSource.FileName } => $", by its name {ListStatus.Label(state)}",
            _ => "",
        })
        + (file.Consent is { } said
            ? $", consent at \"{Beginning.Of(said.Source, ShownOfConsent)}\" to \"{Beginning.Of(said.Wording, ShownOfConsent)}\" said of all"
            : "")
        + $", SHA-256 {file.Hash}";

    private static string DetailOf(SubscriberImportReport report) => string.Join(", ", Enum.GetValues<SubscriberImportOutcome>()
        .Where(outcome => report.CountOf(outcome) > 0).Select(outcome => $"{Plural.Number(report.CountOf(outcome))} {WordsOf(outcome)}"));

    /// <summary>As the screens say it.</summary>
    private static string WordsOf(SubscriberImportOutcome outcome) => outcome switch
    {
        SubscriberImportOutcome.Unsubscribed => "left",
        SubscriberImportOutcome.Ended => "ended here",
        SubscriberImportOutcome.Unchanged => "here already",
        SubscriberImportOutcome.Suppressed => "not written to",
        SubscriberImportOutcome.Twice => "twice in the file",
        SubscriberImportOutcome.Contradicted => "contradicted by another row",
        _ => KebabCase.Of(outcome),
    };

    private async Task<bool> TryBeginAsync(
        CurrentModerator? by, AuditAction act, string? detail, bool isFresh, DateTimeOffset at, CancellationToken cancellationToken,
        Guid? subject = null)
    {
        await using var write = await writing.BeginAsync(cancellationToken);
        if (by is not null && !await sessions.AuthorizedModerators(write.Db, by.Id, ModeratorRole.Editor, by.Session, isFresh)
            .AnyAsync(cancellationToken))
            return false;
        audit.Add(write.Db, by, act, subject, detail: detail, at: at);
        await write.CommitAsync(cancellationToken);
        return true;
    }

    [LoggerMessage(
        LogLevel.Warning, "An import of subscribers broke off after {Done} of {All} rows ({Failure}). Whoever began it is told to import the file again")]
    private partial void LogBrokenOff(Exception? failed, int done, int all, string failure);

    [LoggerMessage(LogLevel.Warning, "That an import of subscribers broke off could not be written into the audit ({Failure})")]
    private partial void LogNotRecorded(string failure);

    /// <summary>Knows how far an import is, and tells it on.</summary>
    private sealed class Counter(SubscriberImportProgress start, IProgress<SubscriberImportProgress>? next) : IProgress<SubscriberImportProgress>
    {
        public SubscriberImportProgress Progress { get; private set; } = start;

        public void Report(SubscriberImportProgress value)
        {
            Progress = value;
            next?.Report(value);
        }
    }
}

/// <summary>How far an import is.</summary>
public readonly record struct SubscriberImportProgress(int Done, int All);
