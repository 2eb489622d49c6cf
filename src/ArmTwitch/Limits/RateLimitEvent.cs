using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ArmTwitch.Limits;

/// <summary>That a subject did something that is limited; gone after a day. It does not tell what or who.</summary>
public sealed class RateLimitEvent
{
    public const int KeyLength = 16;

    public long Id { get; init; }

    /// <summary>Hash of the limit and of its subject, the latter hashed with the key of that day.</summary>
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
