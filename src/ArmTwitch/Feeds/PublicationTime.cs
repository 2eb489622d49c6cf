using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ArmTwitch.Feeds;

/// <summary>When an article was first shown, for those that were shown on their very day: a file tells the day alone.</summary>
public sealed class PublicationTime
{
    /// <summary>The id of the article in feeds, which outlives a new address.</summary>
    public required string ArticleId { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class PublicationTimeConfiguration : IEntityTypeConfiguration<PublicationTime>
{
    private const int IdLength = 60;

    public void Configure(EntityTypeBuilder<PublicationTime> builder)
    {
        builder.ToTable("PublicationTimes");
        builder.HasKey(one => one.ArticleId);
        builder.Property(one => one.ArticleId).HasMaxLength(IdLength);
    }
}
