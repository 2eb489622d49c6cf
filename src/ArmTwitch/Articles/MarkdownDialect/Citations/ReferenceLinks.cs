namespace ArmTwitch.Articles.MarkdownDialect.Citations;

/// <summary>Makes the links from a text to its references, and counts them so that each reference can lead back to every use.</summary>
/// <param name="linkBase">What stands before the fragment; empty on the page that has the references.</param>
internal sealed class ReferenceLinks(IReadOnlyList<Reference> references, string linkBase)
{
    private readonly Dictionary<string, int> numbers =
        references.ToDictionary(reference => reference.Fact.Id, reference => reference.Number, StringComparer.Ordinal);

    private readonly Dictionary<int, int> uses = [];

    /// <summary>The references, each with the number of links to it that were made.</summary>
    public IReadOnlyList<Reference> Counted =>
        [.. references.Select(reference => reference with { Mentions = uses.GetValueOrDefault(reference.Number) })];

    /// <summary>The numbers of those facts that are among the references, smallest first.</summary>
    public IReadOnlyList<int> NumbersOf(IEnumerable<string> facts) =>
        [.. facts.Where(numbers.ContainsKey).Select(fact => numbers[fact]).Distinct().Order()];

    /// <summary>
    /// Tab passes the numbers by, or the comments would be a hundred stops away. A keyboard reaches each source by the list of references,
    /// which leads back to every use; by touch, by mouse and to a screen reader they are links like any other.
    /// </summary>
    public string LinkTo(int number)
    {
        var use = uses[number] = uses.GetValueOrDefault(number) + 1;
        var id = linkBase.Length is 0 ? $" id=\"{Reference.UseId(number, use)}\"" : "";
        return $"<a{id} href=\"{linkBase}#ref-{number}\" tabindex=\"-1\" aria-label=\"Reference {number}\">{number}</a>";
    }

    /// <summary>The line below a list that says what it rests on; empty when none of the facts is among the references.</summary>
    public string SourceLine(IEnumerable<string> facts)
    {
        var numbers = NumbersOf(facts);
        return numbers.Count is 0 ? "" : $"<p class=\"sources\">Sources: {string.Join(", ", numbers.Select(LinkTo))}</p>";
    }
}
