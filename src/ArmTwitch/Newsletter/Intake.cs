using ArmTwitch.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ArmTwitch.Newsletter;

/// <summary>
/// A form that somebody sent, as it came. What becomes of it is decided later, out of the sender's sight: nobody can tell from the
/// answer whether we know an address.
/// </summary>
public sealed class Intake
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required SubscriptionRequestKind Kind { get; init; }

    /// <summary>Null once it has been dealt with.</summary>
    public string? Email { get; set; }

    /// <summary>The page that the form stood on.</summary>
    public required string Page { get; init; }

    /// <summary>The version of the words below the field.</summary>
    public required string Wording { get; init; }

    /// <summary>Daily keyed hash of the widest network it came from, so that networks can take turns.</summary>
    public required byte[] Network { get; init; }

    public required DateTimeOffset At { get; init; }

    public DateTimeOffset? HandledAt { get; set; }
}

public enum SubscriptionRequestKind
{
    SignUp,

    /// <summary>A wish for a link to what is kept.</summary>
    Manage,
}

internal sealed class IntakeConfiguration : IEntityTypeConfiguration<Intake>
{
    public void Configure(EntityTypeBuilder<Intake> builder)
    {
        builder.ToTable("NewsletterIntakes");
        builder.Property(intake => intake.Email).HasMaxLength(EmailAddress.MaxLength);
        builder.Property(intake => intake.Page).HasMaxLength(ConsentRecord.MaxPageLength);
        builder.Property(intake => intake.Wording).HasMaxLength(ConsentRecord.MaxWordingLength);
        builder.HasIndex(intake => new { intake.HandledAt, intake.Network, intake.At });
    }
}
