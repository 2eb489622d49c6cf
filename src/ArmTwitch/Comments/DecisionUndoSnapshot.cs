using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ArmTwitch.Comments;

/// <summary>
/// What the last decision on a comment overwrote, kept as long as the decision can be undone. In the database, as the moderator's next
/// click may reach another replica; and in a table of its own, as the audit never holds a text.
/// </summary>
internal sealed class DecisionUndoSnapshot
{
    public required Guid CommentId { get; init; }

    public required string? ShownText { get; init; }

    public required string? Removed { get; init; }

    public required string? Reason { get; init; }

    public required bool IsWaiting { get; init; }

    public required DateTimeOffset? ShownAt { get; init; }

    public required DateTimeOffset? DecidedAt { get; init; }

    /// <summary>The mail to the author, which an undo holds back; null when there is none.</summary>
    public required Guid? MailId { get; init; }

    /// <summary>The moderator to whom the comment had been passed on; null when it had not.</summary>
    public Guid? EscalatedTo { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class DecisionUndoSnapshotConfiguration : IEntityTypeConfiguration<DecisionUndoSnapshot>
{
    public void Configure(EntityTypeBuilder<DecisionUndoSnapshot> builder)
    {
        builder.ToTable("UndoNotes");
        builder.HasKey(note => note.CommentId);
        builder.HasOne<Comment>().WithOne().HasForeignKey<DecisionUndoSnapshot>(note => note.CommentId).OnDelete(DeleteBehavior.Cascade);
    }
}
