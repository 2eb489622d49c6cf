using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ArmTwitch.Data;

/// <summary>
/// The database. Each room brings its entities with their <see cref="IEntityTypeConfiguration{TEntity}"/> and uses them by
/// <see cref="DbContext.Set{TEntity}()"/>, because this room must not know them.
/// </summary>
public abstract class ArmTwitchDb(DbContextOptions options) : IdentityUserContext<Moderator, Guid>(options), IDataProtectionKeyContext
{
    private const int WordLength = 40;

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(ArmTwitchDb).Assembly);
        builder.Entity<Moderator>(moderator =>
        {
            moderator.ToTable("Moderators");
            moderator.Property(one => one.DisplayName).HasMaxLength(80);
        });
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("ModeratorClaims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("ModeratorLogins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("ModeratorTokens");
        builder.Entity<IdentityUserPasskey<Guid>>().ToTable("ModeratorPasskeys");
    }

    /// <summary>Enums are stored as names: rows stay readable, and members may be reordered.</summary>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(WordLength);
    }
}

public sealed class SqliteDb(DbContextOptions<SqliteDb> options) : ArmTwitchDb(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMillisecondsConverter>();
    }

    /// <summary>SQLite cannot add a computed column that is stored to a table that is there.</summary>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        foreach (var computed in builder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties())
            .Where(property => property.GetComputedColumnSql() is not null))
            computed.SetIsStored(false);
    }

    /// <summary>EF cannot sort or compare a <see cref="DateTimeOffset"/> on SQLite, but a number.</summary>
    private sealed class UnixMillisecondsConverter() : ValueConverter<DateTimeOffset, long>(
        time => time.ToUnixTimeMilliseconds(),
        number => DateTimeOffset.FromUnixTimeMilliseconds(number));
}

public sealed class PostgresDb(DbContextOptions<PostgresDb> options) : ArmTwitchDb(options);
