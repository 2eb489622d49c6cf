using ArmTwitch.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Query;

namespace ArmTwitch.Newsletter;

/// <summary>Somebody who asked for the newsletter. Only confirmed subscribers get it.</summary>
/// <remarks>A subscriber may download this as JSON: every property but those with <see cref="WithheldAttribute"/>.</remarks>
public sealed class Subscriber
{
    [Withheld]
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>As it was typed; null once it is erased.</summary>
    public required string? Email { get; set; }

    /// <summary>The one spelling by which the address is found again; null once it is erased.</summary>
    [Withheld]
    public required string? Key { get; set; }

    public SubscriberState State { get; set; } = SubscriberState.Pending;

    /// <summary>The first sign-up: of somebody who was imported, the one that the list tells, or the import where it tells none.</summary>
    public required DateTimeOffset CreatedAt { get; set; }

    /// <summary>The last sign-up or the import, from which the seven days for the confirmation count.</summary>
    public required DateTimeOffset AskedAt { get; set; }

    /// <summary>The version of the wording that was agreed to; null while there is none.</summary>
    public string? Wording { get; set; }

    /// <summary>The page of the sign-up; null as <see cref="Wording"/>.</summary>
    public string? Page { get; set; }

    public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>When the subscription ended.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>SHA-256 of the token in every issue's unsubscribe link, which is made anew from a key and <see cref="Id"/>.</summary>
    [Withheld]
    public required byte[] UnsubscribeHash { get; set; }

    /// <summary>Keyed hash of the code that may be typed instead of the link; null when none is open.</summary>
    [Withheld]
    public byte[]? CodeHash { get; set; }

    [Withheld]
    public DateTimeOffset? CodeMadeAt { get; set; }

    /// <summary>What became of the last mails, the newest first, one letter each.</summary>
    [Withheld]
    public string Recent { get; set; } = "";

    /// <summary>Takes over what the sign-up form says.</summary>
    internal void TakeOver(SubscriptionRequest form, DateTimeOffset now)
    {
        AskedAt = now;
        Wording = form.Wording;
        Page = form.Page;
    }

    /// <summary>
    /// Clears what is about the person. The row stays, so that the link in an old issue still finds it and says that they have left.
    /// </summary>
    internal static void ClearPersonalData(UpdateSettersBuilder<Subscriber> set) => set
        .SetProperty(one => one.Email, (string?)null).SetProperty(one => one.Key, (string?)null)
        .SetProperty(one => one.CodeHash, (byte[]?)null).SetProperty(one => one.CodeMadeAt, (DateTimeOffset?)null);
}

/// <summary>Where a subscription stands. The words are the contract's.</summary>
public enum SubscriberState
{
    /// <summary>Not confirmed yet; deleted after seven days.</summary>
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
        // The list of each state, by when somebody came into it. PostgreSQL has one more, on the bytes of Key, for what begins alike: in a
        // migration.
        builder.HasIndex(one => new { one.State, one.AskedAt, one.Id });
        builder.HasIndex(one => new { one.State, one.ConfirmedAt, one.Id });
        builder.HasIndex(one => new { one.State, one.EndedAt, one.Id });
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
