using ArmTwitch.Data;

namespace ArmTwitch.Moderators.Auditing;

/// <summary>Entries of the audit that a room keeps. Rooms register theirs, and the audit shows all of them together.</summary>
public interface IAuditSource
{
    /// <summary>The place among entries of the same moment; no two sources have the same.</summary>
    int Order { get; }

    /// <summary>The lowest role that sees them.</summary>
    ModeratorRole AtLeast { get; }

    /// <summary>What they are about.</summary>
    IReadOnlyList<AuditKind> Kinds { get; }

    /// <summary>The newest entries after <paramref name="after"/> in the order of <see cref="AuditPosition"/>.</summary>
    /// <param name="after">Null for the newest of all.</param>
    Task<IReadOnlyList<AuditLine>> ListAsync(
        AuditFilter filter, AuditPosition? after, int most, CancellationToken cancellationToken = default);
}
