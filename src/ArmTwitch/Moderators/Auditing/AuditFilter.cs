namespace ArmTwitch.Moderators.Auditing;

/// <summary>Which entries of the audit are asked for. A property that is null asks for all.</summary>
public sealed record AuditFilter
{
    /// <summary>How the name of whoever did it begins, in capitals or not.</summary>
    public string? By { get; init; }

    public AuditKind? Kind { get; init; }

    public DateTimeOffset? From { get; init; }

    /// <summary>The first moment after those that are asked for.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>What an entry is about.</summary>
public enum AuditKind
{
    Comments,
    Issues,
    Subscribers,
    People,
}
