namespace ArmTwitch.Data.Clocks;

/// <summary>
/// Compares the program's clock with the database's. A replica whose clock is wrong would delete what others have just taken in, and send
/// what is not due, so it holds both until the clocks agree.
/// </summary>
public sealed partial class ClockComparison(IDatabaseClock database, TimeProvider clock, ILogger<ClockComparison> logger)
{
    /// <summary>What follows from a difference, and what to do.</summary>
    internal const string Consequence = "Until they agree, this program deletes nothing that is over and sends no scheduled issue. "
        + "Set the clocks of both machines by NTP";

    /// <summary>Far more than clocks differ that are set by NTP.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>By how many ticks the clock was ahead of the database's at the last look.</summary>
    private long aheadTicks;

    /// <summary>What the log says last: 1 for a clock that is ahead, -1 for one that is behind, 0 for one that is right.</summary>
    private int logged;

    /// <summary>
    /// The time by the database's clock, as far as the last look knows: for times that one program writes and another acts on, such as
    /// the end of a lease.
    /// </summary>
    internal DateTimeOffset SharedNow => clock.GetUtcNow() - new TimeSpan(Interlocked.Read(ref aheadTicks));

    /// <summary>What the program's own clock showed then, as far as the last look knows: for times that go by that clock.</summary>
    internal DateTimeOffset OwnTimeOf(DateTimeOffset shared) => shared + new TimeSpan(Interlocked.Read(ref aheadTicks));

    /// <summary>Whether what only time triggers may be done.</summary>
    public async Task<bool> AgreeAsync(CancellationToken cancellationToken = default) =>
        await FindDifferenceAsync(cancellationToken) is null;

    /// <returns>Such as "400 days ahead of"; null when the clocks agree.</returns>
    public async Task<string?> FindDifferenceAsync(CancellationToken cancellationToken = default)
    {
        var before = clock.GetUtcNow();
        var there = await database.GetUtcNowAsync(cancellationToken);
        var after = clock.GetUtcNow();
        // The database read its clock at some moment between the two; a slow answer is no difference.
        var ahead = there < before ? before - there : there > after ? after - there : TimeSpan.Zero;
        Interlocked.Exchange(ref aheadTicks, ahead.Ticks);
        var difference = ahead.Duration() > Tolerance ? Describe(ahead) : null;
        var side = difference is null ? 0 : Math.Sign(ahead.Ticks);
        if (Interlocked.Exchange(ref logged, side) == side)
            return difference;
        if (difference is null)
            LogAgree();
        else
            LogDiffer(difference);
        return difference;
    }

    private static string Describe(TimeSpan ahead)
    {
        var size = ahead.Duration();
        var amount = size.TotalDays >= 2 ? Plural.Of((int)size.TotalDays, "day")
            : size.TotalHours >= 2 ? Plural.Of((int)size.TotalHours, "hour")
            : Plural.Of((int)size.TotalMinutes, "minute");
        return $"{amount} {(ahead > TimeSpan.Zero ? "ahead of" : "behind")}";
    }

    [LoggerMessage(LogLevel.Warning, "The clock of this machine is {Difference} that of PostgreSQL. " + Consequence)]
    private partial void LogDiffer(string difference);

    [LoggerMessage(LogLevel.Information, "The clock of this machine agrees with that of PostgreSQL again")]
    private partial void LogAgree();
}
