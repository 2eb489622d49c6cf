using System.Globalization;
using ArmTwitch.Articles.Emergency;

namespace ArmTwitch.Tests.Guides;

/// <summary>Somebody who answers the red-flag questions, and the help that they must get.</summary>
/// <param name="Age">In years; a baby is 0.</param>
/// <param name="Help">The help that the facts ask for; where they leave a choice, the least of it last.</param>
/// <param name="Signs">The ids of the signs that fit them.</param>
public sealed record DescribedPerson(
    int Number, int Age, string Says, IReadOnlyList<Urgency> Help, IReadOnlySet<string> Signs)
{
    private const int Adult = 16;

    public bool IsChild => Age < Adult;

    /// <summary>Reads <c>described-people.tsv</c>.</summary>
    public static IReadOnlyList<DescribedPerson> ReadAll() =>
    [
        .. from line in File.ReadLines(Path.Combine(RepositoryPaths.Root, "tests", "ArmTwitch.Tests", "Guides", "described-people.tsv"))
           where !line.StartsWith('#')
           let cells = line.Split('\t')
           select new DescribedPerson(
               int.Parse(cells[0], CultureInfo.InvariantCulture), int.Parse(cells[1], CultureInfo.InvariantCulture), cells[3],
               [.. cells[4].Split(' ').Select(word => KebabCase.Find<Urgency>(word)!.Value).Order()], cells[6].Split(' ').ToHashSet()),
    ];
}
