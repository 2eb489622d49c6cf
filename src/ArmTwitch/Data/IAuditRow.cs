namespace ArmTwitch.Data;

/// <summary>A row of one of the audit tables: who did something, and when.</summary>
internal interface IAuditRow
{
    /// <summary>Grows with every row.</summary>
    long Id { get; }

    /// <summary>The display name of whoever did it at that time.</summary>
    string By { get; }

    DateTimeOffset At { get; }
}
