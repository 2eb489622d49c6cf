using ArmTwitch.Data.Telemetry;
using ArmTwitch.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Query;

namespace ArmTwitch.Newsletter;

/// <summary>
/// A form as it was sent. It is processed later, in the background, so that the answer tells nobody whether an address is known.
/// </summary>
public sealed class SubscriptionRequest : ICountedRow
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required SubscriptionRequestKind Kind { get; init; }

    string ICountedRow.Event => $"newsletter-{KebabCase.Of(Kind)}";

    /// <summary>Null once it has been processed.</summary>
    public string? Email { get; set; }

    /// <summary>The page that the form stood on.</summary>
    public required string Page { get; init; }

    /// <summary>The version of the wording below the field.</summary>
    public required string Wording { get; init; }

    /// <summary>Daily keyed hash of the widest network that the form came from, so that networks take turns.</summary>
    public required byte[] Network { get; init; }

    public required DateTimeOffset At { get; init; }

    public DateTimeOffset? HandledAt { get; set; }

    /// <summary>Marks forms as processed and clears what is about a person.</summary>
    internal static void Close(UpdateSettersBuilder<SubscriptionRequest> set, DateTimeOffset now) =>
        set.SetProperty(form => form.HandledAt, now).SetProperty(form => form.Email, (string?)null);
}

public enum SubscriptionRequestKind
{
    SignUp,

    /// <summary>Asks for a link to what is stored.</summary>
    Manage,
}

internal sealed class SubscriptionRequestConfiguration : IEntityTypeConfiguration<SubscriptionRequest>
{
    public void Configure(EntityTypeBuilder<SubscriptionRequest> builder)
    {
        builder.ToTable("NewsletterIntakes");
        builder.Property(form => form.Email).HasMaxLength(EmailAddress.MaxLength);
        builder.Property(form => form.Page).HasMaxLength(ConsentRecord.MaxPageLength);
        builder.Property(form => form.Wording).HasMaxLength(ConsentRecord.MaxWordingLength);
        builder.HasIndex(form => new { form.HandledAt, form.Network, form.At });
    }
}
