using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ArmTwitch.Data;

/// <summary>A random key, shared by all replicas.</summary>
public sealed class Secret
{
    public required string Name { get; init; }

    public required byte[] Value { get; init; }
}

internal sealed class SecretConfiguration : IEntityTypeConfiguration<Secret>
{
    private const int NameLength = 40;

    public void Configure(EntityTypeBuilder<Secret> builder)
    {
        builder.ToTable("Secrets");
        builder.HasKey(secret => secret.Name);
        builder.Property(secret => secret.Name).HasMaxLength(NameLength);
    }
}
