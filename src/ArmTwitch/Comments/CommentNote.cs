using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ArmTwitch.Comments;

/// <summary>What a moderator noted about a comment, for colleagues. Its author and readers never see it.</summary>
public sealed class CommentNote
{
    public const int MaxTextLength = 1000;

    /// <summary>Made with the form: however often it is sent, it is kept once.</summary>
    public required Guid Id { get; init; }

    public required Guid CommentId { get; init; }

    public required Guid ModeratorId { get; init; }

    /// <summary>The moderator's name at that time.</summary>
    public required string By { get; init; }

    public required string Text { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class CommentNoteConfiguration : IEntityTypeConfiguration<CommentNote>
{
    public void Configure(EntityTypeBuilder<CommentNote> builder)
    {
        builder.ToTable("CommentNotes");
        builder.Property(note => note.Text).HasMaxLength(CommentNote.MaxTextLength);
        builder.HasOne<Comment>().WithMany().HasForeignKey(note => note.CommentId).OnDelete(DeleteBehavior.Cascade);
    }
}
