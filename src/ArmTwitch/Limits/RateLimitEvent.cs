using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ArmTwitch.Limits;

/// <summary>One event of a subject of a limit. The hash reveals neither.</summary>
public sealed class RateLimitEvent
{
    public const int KeyLength = 16;

    public long Id { get; init; }

    /// <summary>Hash of the limit's name and its subject; of a person also with the key of the day.</summary>
    public required byte[] Key { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class RateLimitEventConfiguration : IEntityTypeConfiguration<RateLimitEvent>
{
    public void Configure(EntityTypeBuilder<RateLimitEvent> builder)
    {
        builder.ToTable("RateLimitEvents");
        builder.Property(one => one.Key).HasMaxLength(RateLimitEvent.KeyLength);
        builder.HasIndex(one => new { one.Key, one.At });
    }
}
