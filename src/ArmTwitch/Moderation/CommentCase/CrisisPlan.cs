namespace ArmTwitch.Moderation.CommentCase;

/// <summary>The steps of <see cref="Comments.CommentsOptions.CrisisPlan"/>.</summary>
internal static class CrisisPlan
{
    private const int LongestName = 40;

    /// <summary>One step a line; what stands before the first colon of a line, if it is short, is the name of the step.</summary>
    public static IEnumerable<(string? Name, string Words)> Steps(string plan)
    {
        foreach (var line in plan.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            yield return line.IndexOf(": ", StringComparison.Ordinal) is > 0 and < LongestName and var colon
                ? (line[..colon], line[(colon + 1)..].Trim())
                : (null, line);
        }
    }
}
