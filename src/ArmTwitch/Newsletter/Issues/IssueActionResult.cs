namespace ArmTwitch.Newsletter.Issues;

/// <summary>The outcome of an editor's action.</summary>
/// <param name="Error">Why nothing was done, in words for the editor; null when it was done.</param>
public readonly record struct IssueActionResult(string? Error)
{
    public static readonly IssueActionResult Done = new(null);

    public bool IsDone => Error is null;
}
