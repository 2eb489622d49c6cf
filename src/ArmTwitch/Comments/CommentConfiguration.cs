using System.Globalization;
using ArmTwitch.Articles;
using ArmTwitch.Limits;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ArmTwitch.Comments;

internal sealed class CommentConfiguration :
    IEntityTypeConfiguration<Comment>, IEntityTypeConfiguration<CommentFlag>, IEntityTypeConfiguration<CommentReport>,
    IEntityTypeConfiguration<CommentArrival>, IEntityTypeConfiguration<CommentDecision>, IEntityTypeConfiguration<CommentToken>
{
    /// <summary><see cref="Comment.IsShownInQuery"/> in the words in which EF asks for it: otherwise SQLite would not use the index.</summary>
    private const string IsShown = "\"ShownText\" IS NOT NULL AND \"Status\" IN ('Approved', 'ApprovedRedacted')";

    /// <summary>Room for the marks that stand for removed words.</summary>
    private const int LongestMarks = 2000;

    public void Configure(EntityTypeBuilder<Comment> builder)
    {
        builder.ToTable("Comments");
        builder.Ignore(comment => comment.IsShown);
        builder.Property(comment => comment.Article)
            .HasConversion(slug => slug.ToString(), text => Slug.Parse(text, null)).HasMaxLength(Slug.MaxLength);
        builder.Property(comment => comment.Author).HasMaxLength(Comment.MaxNameLength);
        builder.Property(comment => comment.Email).HasMaxLength(Comment.MaxEmailLength);
        builder.Property(comment => comment.Text).HasMaxLength(Comment.MaxTextLength);
        builder.Property(comment => comment.ShownText).HasMaxLength(Comment.MaxTextLength + LongestMarks);
        builder.Property(comment => comment.Level).HasConversion<int>();
        builder.Property(comment => comment.Urgency).HasConversion<int>();
        builder.HasOne<Comment>().WithMany().HasForeignKey(comment => comment.ParentId).OnDelete(DeleteBehavior.Restrict);
        // Without ParentId: PostgreSQL does not see that an index with one that is null is in the order of what follows.
        builder.HasIndex(comment => new { comment.Article, comment.ShownAt, comment.Id });
        builder.HasIndex(comment => new { comment.Article, comment.ParentId }, "IX_Comments_Shown").HasFilter(IsShown);
        builder.Property(comment => comment.IsSpamLike).HasComputedColumnSql(
            string.Create(CultureInfo.InvariantCulture, $"\"SpamScore\" >= {Comment.SpamLike}"), stored: true);
        builder.HasIndex(comment => new { comment.IsWaiting, comment.Level, comment.IsSpamLike, comment.WaitingSince, comment.Id });
        // Crises, whose order no score changes.
        builder.HasIndex(comment => new { comment.IsWaiting, comment.WaitingSince, comment.Id }, "IX_Comments_IsWaiting_Crisis")
            .HasFilter("\"Level\" = 0");
        builder.HasIndex(comment => comment.IsWaiting, "IX_Comments_IsWaiting_Appeal").HasFilter("\"Appeal\" IS NOT NULL");
        builder.HasIndex(comment => comment.EscalatedTo).HasFilter("\"EscalatedTo\" IS NOT NULL");
        builder.HasIndex(comment => comment.Email).HasFilter("\"Email\" IS NOT NULL");
        builder.HasIndex(comment => new { comment.Status, comment.DecidedAt, comment.Id });
        builder.HasIndex(comment => comment.WrittenAt).HasFilter("\"Badge\" IS NULL");
    }

    public void Configure(EntityTypeBuilder<CommentToken> builder)
    {
        builder.ToTable("CommentTokens");
        builder.HasKey(token => token.Hash);
        builder.HasOne<Comment>().WithMany().HasForeignKey(token => token.CommentId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<CommentFlag> builder)
    {
        builder.ToTable("CommentFlags");
        builder.HasOne<Comment>().WithMany().HasForeignKey(flag => flag.CommentId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<CommentReport> builder)
    {
        builder.ToTable("CommentReports");
        builder.Property(report => report.Reason).HasMaxLength(CommentReport.MaxReasonLength);
        builder.Property(report => report.Reporter).HasMaxLength(RateLimitEvent.KeyLength);
        builder.HasIndex(report => new { report.CommentId, report.Reporter }).IsUnique();
        builder.HasOne<Comment>().WithMany().HasForeignKey(report => report.CommentId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<CommentArrival> builder)
    {
        builder.ToTable("CommentArrivals");
        builder.HasIndex(arrival => arrival.Content);
        builder.HasIndex(arrival => arrival.CommentId);
        builder.HasIndex(arrival => arrival.Network);
    }

    public void Configure(EntityTypeBuilder<CommentDecision> builder)
    {
        builder.ToTable("CommentDecisions");
        builder.HasIndex(decision => decision.CommentId);
        builder.HasIndex(decision => decision.At);
    }
}
