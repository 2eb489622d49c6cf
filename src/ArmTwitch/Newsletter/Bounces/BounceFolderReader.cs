using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Data.Files;

namespace ArmTwitch.Newsletter.Bounces;

/// <summary>
/// Reads reports of mail servers from <c>data/bounces</c>, where any mailbox tool can put them, one mail a file. A file that was read is
/// moved into a subfolder.
/// </summary>
public sealed partial class BounceFolderReader(
    DataFolder data, BounceReportProcessor processor, ILogger<BounceFolderReader> logger)
{
    /// <summary>A younger file is left for the next round: a tool may still be writing it.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    /// <summary>How long a file is kept after it was read.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(30);

    private const int BiggestFile = 10_000_000, LongestName = 200, IdLength = 32, MostFailures = 3;

    /// <summary>Files that cannot be moved. They are read once and then skipped.</summary>
    private readonly HashSet<string> stuck = [];

    /// <summary>Files that failed because of the database. They are read last in the next round.</summary>
    private readonly HashSet<string> failedBefore = [];

    /// <summary>Where the files are put.</summary>
    public string Folder => Path.Combine(data.FullPath, "bounces");

    /// <summary>Reads every file. A fault in one file does not stop the others.</summary>
    /// <returns>How many reports were new.</returns>
    public async Task<int> ReadAsync(CancellationToken cancellationToken = default)
    {
        foreach (var folder in new[] { Folder, Subfolder("done"), Subfolder("unreadable") })
            OwnerOnlyFiles.MakeFolder(folder);
        var (counted, failures) = (0, 0);
        foreach (var file in new DirectoryInfo(Folder).EnumerateFiles()
            .Where(file => !file.Name.StartsWith('.') && IsSettled(file) && !stuck.Contains(file.Name))
            .OrderBy(file => failedBefore.Contains(file.Name)).ThenBy(file => file.Name, StringComparer.Ordinal).ToList())
        {
            try
            {
                counted += await ReadAsync(file, cancellationToken);
                failedBefore.Remove(file.Name);
            }
            catch (Exception outage) when (DatabaseFailureClassifier.IsOutage(outage))
            {
                failedBefore.Add(file.Name);
                if (++failures >= MostFailures)
                    throw;
                // The file is read again in the next round; a report that was recorded is not recorded twice.
                LogFailed(DatabaseFailureClassifier.CodeOf(outage));
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
                counted += await processor.ProcessAsync(report, cancellationToken) ? 1 : 0;
        }
        catch (Exception mistake) when (!DatabaseFailureClassifier.IsOutage(mistake) && !cancellationToken.IsCancellationRequested)
        {
            isReadable = false;
            LogMistake(mistake.GetType().Name);
        }

        var name = $"{Guid.NewGuid():N}-{file.Name}";
        try
        {
            file.MoveTo(Path.Combine(Subfolder(isReadable ? "done" : "unreadable"), name[..Math.Min(name.Length, LongestName)]));
            OwnerOnlyFiles.MakeFile(file.FullName);
        }
        catch (FileNotFoundException)
        {
            // Another replica has read it as well and moved it first.
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

    /// <summary>Deletes files older than <see cref="Life"/>: they contain addresses.</summary>
    /// <returns>How many files.</returns>
    public int DeleteOldFiles(DateTimeOffset now) =>
        OldFileCleanup.Delete(Subfolder("done"), now - Life) + OldFileCleanup.Delete(Subfolder("unreadable"), now - Life);

    /// <summary>Deletes every file that names one of these addresses.</summary>
    /// <param name="spellings">In lower case.</param>
    /// <returns>How many files, and how many more that are too big to be a report and were deleted unread.</returns>
    public async Task<(int Naming, int TooBig)> EraseAsync(IReadOnlyList<string> spellings, CancellationToken cancellationToken = default)
    {
        var (naming, tooBig) = (0, 0);
        foreach (var folder in new[] { Folder, Subfolder("done"), Subfolder("unreadable") })
        {
            tooBig += OldFileCleanup.DeleteLonger(folder, BiggestFile);
            naming += await OldFileCleanup.DeleteNamingAsync(folder, spellings, cancellationToken);
        }

        return (naming, tooBig);
    }

    private string Subfolder(string name) => Path.Combine(Folder, name);

    /// <summary>Compares with the clock of the machine, which wrote the time of the file.</summary>
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

    [LoggerMessage(LogLevel.Information, "A file of data/bounces held {Count} reports; {Counted} told of something new")]
    private partial void LogRead(int count, int counted);

    [LoggerMessage(
        LogLevel.Warning,
        "A file of data/bounces is no mail that can be read. It lies in data/bounces/unreadable now, its name begins with {Id}")]
    private partial void LogUnreadable(string id);

    [LoggerMessage(
        LogLevel.Error,
        "A file of data/bounces cannot be moved aside ({Kind}) and is left out until the next start. "
            + "Give the program the right to write there")]
    private partial void LogStuck(string kind);

    [LoggerMessage(LogLevel.Error, "A report in data/bounces was not understood ({Kind})")]
    private partial void LogMistake(string kind);

    [LoggerMessage(LogLevel.Error, "A file of data/bounces could not be counted ({Code}); it is read again in the next round")]
    private partial void LogFailed(string code);
}
