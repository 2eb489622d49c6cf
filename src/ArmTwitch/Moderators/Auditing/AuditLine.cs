using ArmTwitch.Data;

namespace ArmTwitch.Moderators.Auditing;

/// <summary>What one person did, as the audit shows it.</summary>
/// <param name="Position">Where it stands among the others.</param>
/// <param name="By">The name of whoever did it at that time.</param>
/// <param name="What">In words.</param>
public sealed record AuditLine(AuditPosition Position, string By, string What)
{
    /// <summary>The account of whoever did it; null for an author, the program and the command line.</summary>
    public Guid? ModeratorId { get; init; }

    /// <summary>What it was done with; null for an act on many.</summary>
    public string? Subject { get; init; }

    /// <summary>The name of its author, for the screen alone: what is taken along outlives an erasure. Null where there is none.</summary>
    public string? SubjectName { get; init; }

    /// <summary>Where it stands, such as the title of an article; null where that says nothing.</summary>
    public string? SubjectPlace { get; init; }

    /// <summary>The address of the page of the subject; null where there is none.</summary>
    public string? SubjectAddress { get; init; }

    /// <summary>The lowest role that may open the page of the subject.</summary>
    public ModeratorRole SubjectRole { get; init; }

    /// <summary>More, such as the status before and after, and why.</summary>
    public string? Detail { get; init; }

    /// <summary>What was done together, each by itself; empty for a single act.</summary>
    public IReadOnlyList<AuditLine> Parts { get; init; } = [];
}
