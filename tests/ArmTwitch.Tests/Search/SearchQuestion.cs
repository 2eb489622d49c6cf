namespace ArmTwitch.Tests.Search;

/// <summary>A line of <c>search-queries.tsv</c>: what somebody types, and what search has to answer.</summary>
/// <param name="IsHeld">Whether it was kept for the report, and search was not tuned on it.</param>
/// <param name="First">Articles, any of which has to come first.</param>
/// <param name="Card">Signs, any of which has to stand above the articles; "crisis" for the crisis card; "-" for no red card.</param>
public sealed record SearchQuestion(bool IsHeld, string Kind, string Query, IReadOnlyList<string> First, IReadOnlyList<string> Card)
{
    public bool HasCard => Card is not ["-"];

    public static IReadOnlyList<SearchQuestion> All { get; } =
    [
        .. from line in File.ReadLines(Path.Combine(RepositoryPaths.Root, "tests", "ArmTwitch.Tests", "Search", "search-queries.tsv"))
           where !line.StartsWith('#')
           let cells = line.Split('\t')
           select new SearchQuestion(cells[0] is "held", cells[1], cells[2], cells[3].Split(' '), cells[4].Split(' ')),
    ];
}
