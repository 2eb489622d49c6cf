using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ArmTwitch.Data;

/// <summary>
/// Everything that is kept. A feature brings its entities with their <see cref="IEntityTypeConfiguration{TEntity}"/>, and asks for
/// them by <see cref="DbContext.Set{TEntity}()"/>: this room knows none of them.
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

    /// <summary>An enum is kept as its word, so that a row can be read and a member can move.</summary>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(WordLength);
    }
}

/// <summary>The database in a file beside the program.</summary>
public sealed class SqliteDb(DbContextOptions<SqliteDb> options) : ArmTwitchDb(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMillisecondsConverter>();
    }

    /// <summary>SQLite cannot sort or compare a <see cref="DateTimeOffset"/>; it can a number.</summary>
    private sealed class UnixMillisecondsConverter() : ValueConverter<DateTimeOffset, long>(
        time => time.ToUnixTimeMilliseconds(),
        number => DateTimeOffset.FromUnixTimeMilliseconds(number));
}

/// <summary>The database of an operator who has several machines.</summary>
public sealed class PostgresDb(DbContextOptions<PostgresDb> options) : ArmTwitchDb(options);
