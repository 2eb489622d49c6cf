using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ArmTwitch.Moderators;

/// <summary>A link by which one person may make an account, once and within 72 hours.</summary>
public sealed class Invitation
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>
    /// The short mark of an invitation, such as "invitation 4f2a1c": it ties the entries of the audit, which hold no address, to each other
    /// and to the list of those that are open.
    /// </summary>
    public static string MarkOf(Guid id) => $"invitation {id.ToString("N")[^6..]}";

    /// <summary>Null for the first admin, whom nobody invites.</summary>
    public string? Email { get; init; }

    /// <summary>The address in the form in which accounts are looked up, so that its case does not matter.</summary>
    public string? NormalizedEmail { get; init; }

    /// <summary>The admin who made it; null when a command or the program made it. It works only while that person is an admin.</summary>
    public Guid? InviterId { get; init; }

    public required ModeratorRole Role { get; init; }

    /// <summary>SHA-256 of the secret in the link.</summary>
    public required byte[] TokenHash { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; set; }
}

internal sealed class InvitationConfiguration : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.ToTable("Invitations");
        builder.HasIndex(invitation => invitation.TokenHash).IsUnique();
        builder.HasIndex(invitation => invitation.NormalizedEmail);
    }
}
