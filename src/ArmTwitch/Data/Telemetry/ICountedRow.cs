namespace ArmTwitch.Data.Telemetry;

/// <summary>A row whose insertion is an event that operators count, such as a comment that arrives.</summary>
internal interface ICountedRow
{
    /// <summary>The event in kebab-case, one of a few: <c>comment-arrived</c>.</summary>
    string Event { get; }
}
