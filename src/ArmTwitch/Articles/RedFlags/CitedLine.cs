namespace ArmTwitch.Articles.RedFlags;

/// <summary>A sentence, or the end of one, and the facts it cites.</summary>
public sealed record CitedLine(string Says, IReadOnlyList<Fact> Facts);
