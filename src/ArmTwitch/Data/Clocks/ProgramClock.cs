namespace ArmTwitch.Data.Clocks;

/// <summary>SQLite is part of the program and has no clock of its own.</summary>
public sealed class ProgramClock(TimeProvider clock) : IDatabaseClock
{
    public Task<DateTimeOffset> GetUtcNowAsync(CancellationToken cancellationToken = default) => Task.FromResult(clock.GetUtcNow());
}
