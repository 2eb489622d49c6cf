using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Data.Files;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Mail.Sending;
using ArmTwitch.Newsletter.Subscribing;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Newsletter.Bounces;

/// <summary>
/// Reads reports of mail servers from <c>data/bounces</c>, into which any mailbox tool can put them, one mail a file. What was read is
/// moved aside.
/// </summary>
public sealed partial class BounceFolderReader(
    DataFolder data, IDbContextFactory<ArmTwitchDb> databases, SqliteWriteLock writeLock, BounceHandler bounces,
    SuppressionList suppressions, SubscriberSecrets secrets, TimeProvider clock, ILogger<BounceFolderReader> logger)
{
    /// <summary>A tool may still be writing; one that writes elsewhere and moves the file here loses nothing by the wait.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    /// <summary>How long a file is kept that was read.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(30);

    private const int BiggestFile = 10_000_000, LongestName = 200, IdLength = 32, MostFailures = 3;

    /// <summary>Files that cannot be moved, and would otherwise be read in every round.</summary>
    private readonly HashSet<string> stuck = [];

    /// <summary>Files that could not be counted, and come after all others in the next round.</summary>
    private readonly HashSet<string> uncounted = [];

    /// <summary>Where the files are put.</summary>
    public string Folder => Path.Combine(data.FullPath, "bounces");

    /// <summary>Reads every file that is there. What is wrong with one file holds no other up.</summary>
    /// <returns>How many reports told of something new.</returns>
    public async Task<int> ReadAsync(CancellationToken cancellationToken = default)
    {
        foreach (var folder in new[] { Folder, MoveAside("done"), MoveAside("unreadable") })
            OwnerOnlyFiles.MakeFolder(folder);
        var (counted, failures) = (0, 0);
        foreach (var file in new DirectoryInfo(Folder).EnumerateFiles()
            .Where(file => !file.Name.StartsWith('.') && IsSettled(file) && !stuck.Contains(file.Name))
            .OrderBy(file => uncounted.Contains(file.Name)).ThenBy(file => file.Name, StringComparer.Ordinal).ToList())
        {
            try
            {
                counted += await ReadAsync(file, cancellationToken);
                uncounted.Remove(file.Name);
            }
            catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed))
            {
                uncounted.Add(file.Name);
                if (++failures >= MostFailures)
                    throw;
                // The file is read again in the next round, and what it holds counts once.
                LogFailed(DatabaseFailureClassifier.CodeOf(failed));
            }
        }

        return counted;
    }

    private async Task<int> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        var (counted, reports) = (0, new List<BounceReport>());
        var isReadable = TryRead(file, reports);
        try
        {
            foreach (var report in reports)
                counted += await CountAsync(report, cancellationToken) ? 1 : 0;
        }
        catch (Exception mistake) when (!DatabaseFailureClassifier.IsOutage(mistake) && !cancellationToken.IsCancellationRequested)
        {
            isReadable = false;
            LogMistake(mistake.GetType().Name);
        }

        var name = $"{Guid.NewGuid():N}-{file.Name}";
        try
        {
            file.MoveTo(Path.Combine(MoveAside(isReadable ? "done" : "unreadable"), name[..Math.Min(name.Length, LongestName)]));
            OwnerOnlyFiles.MakeFile(file.FullName);
        }
        catch (FileNotFoundException)
        {
            // Another program has read it, too, and was faster.
            return counted;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            stuck.Add(file.Name);
            LogStuck(refused.GetType().Name);
        }

        if (isReadable)
            LogRead(reports.Count, counted);
        else
            LogUnreadable(name[..IdLength]);
        return counted;
    }

    /// <summary>Deletes what was read long ago: it names people.</summary>
    /// <returns>How many files.</returns>
    public int DeleteOldFiles(DateTimeOffset now) =>
        OldFileCleanup.Delete(MoveAside("done"), now - Life) + OldFileCleanup.Delete(MoveAside("unreadable"), now - Life);

    /// <summary>Deletes every file that names one of these addresses.</summary>
    /// <param name="spellings">In lower case.</param>
    /// <returns>How many files, and how many more that are too big to be a report and were deleted unread.</returns>
    public async Task<(int Naming, int TooBig)> EraseAsync(IReadOnlyList<string> spellings, CancellationToken cancellationToken = default)
    {
        var (naming, tooBig) = (0, 0);
        foreach (var folder in new[] { Folder, MoveAside("done"), MoveAside("unreadable") })
        {
            tooBig += OldFileCleanup.DeleteLonger(folder, BiggestFile);
            naming += await OldFileCleanup.DeleteNamingAsync(folder, spellings, cancellationToken);
        }

        return (naming, tooBig);
    }

    private string MoveAside(string name) => Path.Combine(Folder, name);

    /// <summary>By the clock of the machine, which wrote the time of the file.</summary>
    private static bool IsSettled(FileInfo file) =>
        file.Exists && TimeProvider.System.GetUtcNow().UtcDateTime - file.LastWriteTimeUtc >= Settle;

    private static bool TryRead(FileInfo file, List<BounceReport> reports)
    {
        try
        {
            return file.Length <= BiggestFile && BounceFileReader.TryRead(File.ReadAllBytes(file.FullName), reports);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <returns>
    /// False when no mail of ours has that Message-ID, it went to somebody else or to somebody who is erased, or this is known already.
    /// </returns>
    private async Task<bool> CountAsync(BounceReport report, CancellationToken cancellationToken)
    {
        await secrets.PrepareAsync(cancellationToken);
        await suppressions.HashAsync("", cancellationToken);
        var now = clock.GetUtcNow();
        using var turn = await writeLock.AcquireAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await SentMailRecords.FindAsync(db, report.MessageIds, cancellationToken) is not { } mail
            || mail.To.EndsWith(SentMailRecords.Nobody, StringComparison.Ordinal) || !report.MayBeAbout(mail.To))
            return false;
        // What is counted here for a report that turns out to be known is undone with the transaction.
        switch (report.Kind)
        {
            case BounceKind.Complaint:
                if (mail.MailingId is { } complainedOf)
                    await MailingAutoPause.ReportComplaintAsync(db, complainedOf, cancellationToken);
                if (!await bounces.HandleComplaintAsync(db, mail.To, now, cancellationToken))
                    return false;
                break;
            case BounceKind.OptOut:
                if (!await bounces.HandleOptOutAsync(db, mail.To, now, cancellationToken))
                    return false;
                break;
            default:
                if (!await SentMailRecords.TryMarkBouncedAsync(db, mail.Id, report.Status, cancellationToken))
                    return false;
                if (mail.MailingId is { } returned)
                    await MailingAutoPause.ReportBounceAsync(db, returned, report.Failure, report.Status ?? "no code", cancellationToken);
                if (report.Failure is DeliveryFailure.SenderRefused)
                    LogSenderRefused(report.Status ?? "no code");
                await bounces.HandleBounceAsync(db, new(mail.To, report.Failure, WasTaken: true, now), cancellationToken);
                break;
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    [LoggerMessage(LogLevel.Information, "A file of data/bounces held {Count} reports; {Counted} told of something new")]
    private partial void LogRead(int count, int counted);

    [LoggerMessage(
        LogLevel.Warning,
        "A file of data/bounces is no mail that can be read. It lies in data/bounces/unreadable now, its name begins with {Id}")]
    private partial void LogUnreadable(string id);

    [LoggerMessage(LogLevel.Error, "A file of data/bounces cannot be moved aside ({Kind}) and is left out until the next start. Give the program the right to write there")]
    private partial void LogStuck(string kind);

    [LoggerMessage(LogLevel.Warning, "A report in data/bounces says that a mail server refuses us as the sender ({Status}). The issue pauses when more copies come back so")]
    private partial void LogSenderRefused(string status);

    [LoggerMessage(LogLevel.Error, "A report in data/bounces was not understood ({Kind})")]
    private partial void LogMistake(string kind);

    [LoggerMessage(LogLevel.Error, "A file of data/bounces could not be counted ({Code}); it is read again in the next round")]
    private partial void LogFailed(string code);
}
