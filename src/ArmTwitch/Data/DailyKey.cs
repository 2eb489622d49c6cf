using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ArmTwitch.Data;

/// <summary>The key of one day (UTC). Backups leave out its table.</summary>
public sealed class DailyKey
{
    public required DateOnly Day { get; init; }

    public required byte[] Value { get; init; }
}

internal sealed class DailyKeyConfiguration : IEntityTypeConfiguration<DailyKey>
{
    public void Configure(EntityTypeBuilder<DailyKey> builder)
    {
        builder.ToTable("DailyKeys");
        builder.HasKey(key => key.Day);
    }
}
