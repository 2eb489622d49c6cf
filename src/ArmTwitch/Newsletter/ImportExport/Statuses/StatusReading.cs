namespace ArmTwitch.Newsletter.ImportExport.Statuses;

/// <summary>What a cell or a row tells of a subscription: its state, nothing, or something that is not understood.</summary>
/// <param name="State">Null for the other two.</param>
internal readonly record struct StatusReading(SubscriberState? State)
{
    public static readonly StatusReading Unsaid = new(null), NotUnderstood = new(null) { IsNotUnderstood = true };

    public bool IsNotUnderstood { get; private init; }

    public bool IsUnsaid => State is null && !IsNotUnderstood;

    /// <summary>Whether they have left, bounced or complained.</summary>
    public bool HasEnded => State > SubscriberState.Confirmed;

    private int Strictness => this switch
    {
        { HasEnded: true } => (int)State! + 2,
        { IsNotUnderstood: true } => 3,
        { State: SubscriberState.Pending } => 2,
        { State: SubscriberState.Confirmed } => 1,
        _ => 0,
    };

    /// <summary>Which of two cells of a row counts: the one that permits less.</summary>
    public static StatusReading Stricter(StatusReading one, StatusReading other) => one.Strictness > other.Strictness ? one : other;
}
