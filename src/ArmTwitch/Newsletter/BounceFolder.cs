using ArmTwitch.Data;
using ArmTwitch.Mail;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace ArmTwitch.Newsletter;

/// <summary>
/// Reads reports of mail servers from <c>data/bounces</c>, into which any mailbox tool can put them, one mail a file. What was read is
/// moved aside.
/// </summary>
public sealed partial class BounceFolder(
    DataFolder data, IDbContextFactory<ArmTwitchDb> databases, WriteGate gate, Bounces bounces, Suppressions suppressions, SubscriberSecrets secrets, TimeProvider clock, ILogger<BounceFolder> logger)
{
    /// <summary>A tool may still be writing; one that writes elsewhere and moves the file here loses nothing by the wait.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    /// <summary>How long a file is kept that was read.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(30);

    private const int BiggestFile = 10_000_000;

    /// <summary>Where the files are put.</summary>
    public string Folder => Path.Combine(data.FullPath, "bounces");

    /// <summary>Reads every file that is there.</summary>
    /// <returns>How many subscribers' mails came back or were complained of.</returns>
    public async Task<int> ReadAsync(CancellationToken cancellationToken = default)
    {
        foreach (var folder in new[] { Folder, Aside("done"), Aside("unreadable") })
            PrivateFiles.MakeFolder(folder);
        var now = clock.GetUtcNow();
        var counted = 0;
        foreach (var file in new DirectoryInfo(Folder).EnumerateFiles().Where(file => !file.Name.StartsWith('.') && IsSettled(file)).OrderBy(file => file.Name, StringComparer.Ordinal).ToList())
        {
            var reports = await TryReadAsync(file, cancellationToken);
            foreach (var report in reports ?? [])
                counted += await CountAsync(report, now, cancellationToken) ? 1 : 0;
            file.MoveTo(Path.Combine(Aside(reports is null ? "unreadable" : "done"), $"{Guid.NewGuid():N}-{file.Name}"));
            PrivateFiles.MakeFile(file.FullName);
            LogRead(reports?.Count ?? 0, reports is not null);
        }

        return counted;
    }

    /// <summary>Deletes what was read long ago: it names people.</summary>
    /// <returns>How many files.</returns>
    public int Tidy(DateTimeOffset now) => OldFiles.Delete(Aside("done"), now - Life) + OldFiles.Delete(Aside("unreadable"), now - Life);

    /// <summary>Deletes every file that names one of these addresses.</summary>
    /// <param name="spellings">In lower case.</param>
    /// <returns>How many files.</returns>
    public async Task<int> EraseAsync(IReadOnlyList<string> spellings, CancellationToken cancellationToken = default)
    {
        var deleted = 0;
        foreach (var folder in new[] { Folder, Aside("done"), Aside("unreadable") })
            deleted += await OldFiles.DeleteNamingAsync(folder, spellings, cancellationToken);
        return deleted;
    }

    private string Aside(string name) => Path.Combine(Folder, name);

    /// <summary>By the clock of the machine, which wrote the time of the file.</summary>
    private static bool IsSettled(FileInfo file) => file.Exists && TimeProvider.System.GetUtcNow().UtcDateTime - file.LastWriteTimeUtc >= Settle;

    private static async Task<IReadOnlyList<BounceReport>?> TryReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        if (file.Length > BiggestFile)
            return null;
        try
        {
            using var message = await MimeMessage.LoadAsync(file.FullName, cancellationToken);
            return BounceReport.Of(message);
        }
        catch (Exception unreadable) when (unreadable is FormatException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <returns>False when no mail of ours has that Message-ID, it went to somebody else, or this is known already.</returns>
    private async Task<bool> CountAsync(BounceReport report, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await secrets.PrepareAsync(cancellationToken);
        await suppressions.HashAsync("", cancellationToken);
        using var turn = await gate.EnterAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await MailRecords.FindAsync(db, report.MessageId, cancellationToken) is not { } mail || (report.Recipient is { } named && Suppressions.Normal(named) != Suppressions.Normal(mail.To)))
            return false;
        if (report.IsComplaint)
        {
            if (!await bounces.ComplainedAsync(db, mail.To, now, cancellationToken))
                return false;
            if (mail.MailingId is { } mailing)
                await AutomaticPause.ReportComplaintAsync(db, mailing, cancellationToken);
        }
        else
        {
            if (!await MailRecords.TryReturnAsync(db, mail.Id, report.Status, cancellationToken))
                return false;
            var failure = EnhancedStatus.FailureOf(report.Status, null);
            if (mail.MailingId is { } mailing)
                await AutomaticPause.ReportBounceAsync(db, mailing, failure, report.Status ?? "no code", cancellationToken);
            await bounces.CameBackAsync(db, mail.To, failure, wasTaken: true, now, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    [LoggerMessage(LogLevel.Information, "A file of data/bounces held {Count} reports (readable: {Readable})")]
    private partial void LogRead(int count, bool readable);
}
