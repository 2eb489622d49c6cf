using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Data.Clocks;

internal sealed class PostgresClock(IDbContextFactory<ArmTwitchDb> databases) : IDatabaseClock
{
    public async Task<DateTimeOffset> GetUtcNowAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Database.SqlQueryRaw<DateTimeOffset>("SELECT clock_timestamp() AS \"Value\"").SingleAsync(cancellationToken);
    }
}
