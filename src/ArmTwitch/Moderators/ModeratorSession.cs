using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ArmTwitch.Moderators;

/// <summary>
/// One sign-in in one browser. The cookie has a secret and the row its hash, so nobody can sign in with what is in the database.
/// </summary>
public sealed class ModeratorSession
{
    /// <summary>SHA-256 of the secret in the cookie.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>Not a foreign key: the row of a removed account still says why the session ended.</summary>
    public required Guid ModeratorId { get; init; }

    public required DateTimeOffset BegunAt { get; init; }

    /// <summary>When the moderator last did something, to within 20 seconds.</summary>
    public required DateTimeOffset LastSeenAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Null while nothing has ended it; a session that runs out keeps null.</summary>
    public SessionEnd? EndedBy { get; init; }
}

/// <summary>Why a session is over.</summary>
public enum SessionEnd
{
    SignedOut,

    /// <summary>Nothing was done for too long.</summary>
    Idle,

    /// <summary><see cref="ModeratorsOptions.SessionHours"/> are over.</summary>
    TooLong,

    /// <summary>The account is gone.</summary>
    Removed,

    RoleChanged,

    /// <summary>A password, passkey or app was changed or removed in another session.</summary>
    CredentialChanged,

    /// <summary>The same browser signed in again.</summary>
    Replaced,

    /// <summary>An admin ended it.</summary>
    EndedByAdmin,
}

internal sealed class ModeratorSessionConfiguration : IEntityTypeConfiguration<ModeratorSession>
{
    public void Configure(EntityTypeBuilder<ModeratorSession> builder)
    {
        builder.ToTable("ModeratorSessions");
        builder.HasKey(session => session.Hash);
        builder.HasIndex(session => session.ModeratorId);
        builder.HasIndex(session => session.BegunAt);
    }
}
