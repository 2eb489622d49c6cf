namespace ArmTwitch.Articles;

/// <summary>A fact as one article cites it.</summary>
/// <param name="Number">Counted from 1 in the order of first mention.</param>
/// <param name="Mentions">How often the article cites it; on a finished page, how many links lead to it.</param>
public sealed record Reference(int Number, Fact Fact, int Mentions)
{
    /// <summary>The fragment of a place that cites a reference: <c>cite-3</c>, <c>cite-3-2</c> for the second place, and so on.</summary>
    /// <param name="use">Counted from 1.</param>
    public static string UseId(int number, int use) => use is 1 ? $"cite-{number}" : $"cite-{number}-{use}";
}
