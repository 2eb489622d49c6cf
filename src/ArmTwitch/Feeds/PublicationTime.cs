using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ArmTwitch.Feeds;

/// <summary>The time at which an article was first shown, if that was on its day of publication. A file holds only the day.</summary>
public sealed class PublicationTime
{
    /// <summary>The id of the article in feeds, which stays when its address changes.</summary>
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
