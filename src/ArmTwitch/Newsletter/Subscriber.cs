using ArmTwitch.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ArmTwitch.Newsletter;

/// <summary>Somebody who asked for the newsletter. Only who is confirmed gets it.</summary>
public sealed class Subscriber
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>As it was typed; null once it is erased.</summary>
    public required string? Email { get; set; }

    /// <summary>The one spelling by which the address is found again; null once it is erased.</summary>
    public required string? Key { get; set; }

    public SubscriberState State { get; set; } = SubscriberState.Pending;

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When somebody last asked for it, and so from when on seven days count.</summary>
    public required DateTimeOffset AskedAt { get; set; }

    /// <summary>The words that were agreed to; null while nobody has agreed to any.</summary>
    public string? Wording { get; set; }

    /// <summary>Where it was asked for; null as <see cref="Wording"/>.</summary>
    public string? Page { get; set; }

    public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>When the newsletter ended for this person.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>SHA-256 of the token in every issue's unsubscribe link, which is made anew from a key and <see cref="Id"/>.</summary>
    public required byte[] UnsubscribeHash { get; init; }

    /// <summary>Keyed hash of the code that may be typed instead of the link; null when none is open.</summary>
    public byte[]? CodeHash { get; set; }

    public DateTimeOffset? CodeMadeAt { get; set; }

    /// <summary>What became of the last mails, the newest first: a letter each.</summary>
    public string Recent { get; set; } = "";
}

/// <summary>Where a subscription stands. The words are the contract's.</summary>
public enum SubscriberState
{
    /// <summary>Asked for, and not confirmed yet; gone after seven days.</summary>
    Pending,
    Confirmed,
    Unsubscribed,
    Bounced,
    Complained,
    Erased,
}

internal sealed class SubscriberConfiguration : IEntityTypeConfiguration<Subscriber>, IEntityTypeConfiguration<SubscriberToken>
{
    private const int Word = 40, Window = 10;

    public void Configure(EntityTypeBuilder<Subscriber> builder)
    {
        builder.ToTable("Subscribers");
        builder.Property(one => one.Email).HasMaxLength(EmailAddress.MaxLength);
        builder.Property(one => one.Key).HasMaxLength(EmailAddress.MaxLength);
        builder.Property(one => one.Wording).HasMaxLength(ConsentRecord.MaxWordingLength);
        builder.Property(one => one.Page).HasMaxLength(ConsentRecord.MaxPageLength);
        builder.Property(one => one.Recent).HasMaxLength(Window);
        builder.HasIndex(one => one.Key).IsUnique();
        builder.HasIndex(one => one.UnsubscribeHash).IsUnique();
        builder.HasIndex(one => new { one.State, one.AskedAt });
    }

    public void Configure(EntityTypeBuilder<SubscriberToken> builder)
    {
        builder.ToTable("SubscriberTokens");
        builder.HasKey(token => token.Hash);
        builder.Property(token => token.Purpose).HasMaxLength(Word);
        builder.HasOne<Subscriber>().WithMany().HasForeignKey(token => token.SubscriberId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(token => new { token.Purpose, token.MadeAt });
    }
}
