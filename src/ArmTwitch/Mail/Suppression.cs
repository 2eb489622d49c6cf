using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ArmTwitch.Mail;

/// <summary>An address that gets no mail of a kind any more. Only a keyed hash of it is kept, so that it can outlive the address.</summary>
public sealed class Suppression
{
    /// <summary>The scope that no mail gets past.</summary>
    public const string All = "all";

    public const int MaxScopeLength = 40, MaxReasonLength = 100;

    public required byte[] Hash { get; init; }

    /// <summary>Which mails it holds back: those with the same <see cref="OutgoingMail.SuppressionScope"/>, or <see cref="All"/>.</summary>
    public required string Scope { get; init; }

    /// <summary>A word such as <c>unsubscribed</c>.</summary>
    public required string Reason { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class SuppressionConfiguration : IEntityTypeConfiguration<Suppression>
{
    public void Configure(EntityTypeBuilder<Suppression> builder)
    {
        builder.ToTable("Suppressions");
        builder.HasKey(one => new { one.Hash, one.Scope });
        builder.Property(one => one.Scope).HasMaxLength(Suppression.MaxScopeLength);
        builder.Property(one => one.Reason).HasMaxLength(Suppression.MaxReasonLength);
    }
}
