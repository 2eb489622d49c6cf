using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ArmTwitch.Mail;

/// <summary>An address that no mail of a scope may go to. Only a keyed hash is kept, so it can stay after the address is erased.</summary>
public sealed class Suppression
{
    /// <summary>The scope of every mail.</summary>
    public const string All = "all";

    public const int MaxScopeLength = 40, MaxReasonLength = 100;

    public required byte[] Hash { get; init; }

    /// <summary>
    /// It holds back mails with the same <see cref="OutgoingMail.SuppressionScope"/>, or with <see cref="All"/> every mail.
    /// </summary>
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
