using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ArmTwitch.Moderators;

/// <summary>The last code of an authenticator app that an account has used.</summary>
public sealed class UsedCode
{
    public required Guid ModeratorId { get; init; }

    /// <summary>The number of the half minute to which the code belongs (RFC 6238, 4.2).</summary>
    public required long Step { get; init; }
}

internal sealed class UsedCodeConfiguration : IEntityTypeConfiguration<UsedCode>
{
    public void Configure(EntityTypeBuilder<UsedCode> builder)
    {
        builder.ToTable("UsedCodes");
        builder.HasKey(code => code.ModeratorId);
        builder.HasOne<Moderator>().WithOne().HasForeignKey<UsedCode>(code => code.ModeratorId).OnDelete(DeleteBehavior.Cascade);
    }
}
