using ArmTwitch.Articles;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ArmTwitch.Feedback;

/// <summary>What one reader thinks of an article, for editors only. Nothing in it tells who the reader was.</summary>
public sealed class FeedbackAnswer
{
    public const int MaxNoteLength = 1000;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Slug Article { get; init; }

    public required bool WasUseful { get; init; }

    /// <summary>Plain text; null when the reader left the field empty.</summary>
    public string? Note { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>When an editor marked the note as handled; null while it waits.</summary>
    public DateTimeOffset? HandledAt { get; set; }
}

internal sealed class FeedbackAnswerConfiguration : IEntityTypeConfiguration<FeedbackAnswer>
{
    public void Configure(EntityTypeBuilder<FeedbackAnswer> builder)
    {
        builder.ToTable("FeedbackAnswers");
        builder.Property(answer => answer.Article)
            .HasConversion(slug => slug.ToString(), text => Slug.Parse(text, null)).HasMaxLength(Slug.MaxLength);
        builder.Property(answer => answer.Note).HasMaxLength(FeedbackAnswer.MaxNoteLength);
        builder.HasIndex(answer => answer.At);
    }
}
