namespace ArmTwitch.Data.Clocks;

/// <summary>The clock of the machine that the database runs on, which all replicas share.</summary>
public interface IDatabaseClock
{
    Task<DateTimeOffset> GetUtcNowAsync(CancellationToken cancellationToken = default);
}
