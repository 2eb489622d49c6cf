namespace ArmTwitch.Search.Queries;

/// <summary>One thing that a query asks for.</summary>
/// <param name="Alternatives">Ways to say it, each with words of which an article needs all.</param>
/// <param name="IsGeneral">Whether it is a word such as "long" or "serious".</param>
internal sealed record SearchTerm(IReadOnlyList<IReadOnlyList<string>> Alternatives, bool IsGeneral);
