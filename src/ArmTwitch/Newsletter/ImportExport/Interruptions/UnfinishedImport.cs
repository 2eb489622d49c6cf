namespace ArmTwitch.Newsletter.ImportExport.Interruptions;

/// <summary>An import that began and of which the audit knows no end. It was cut off, or runs.</summary>
/// <param name="By">The display name of whoever began it.</param>
/// <param name="Hash">SHA-256 of the file, by which an import that runs is told from one that was cut off.</param>
/// <param name="BrokeOff">Such as "after 11,000 of 60,000 rows; those are imported"; null where the program itself ended.</param>
public sealed record UnfinishedImport(DateTimeOffset At, string By, string Hash, string? BrokeOff);
