namespace ArmTwitch.Articles.MarkdownDialect.Citations;

/// <summary>Numbers the references of a page in the order of their first citation, and counts how often each is cited.</summary>
internal sealed class CitationNumbering(params IEnumerable<Reference> begun)
{
    private readonly OrderedDictionary<string, Reference> references =
        new(begun.Select(reference => KeyValuePair.Create(reference.Fact.Id, reference)), StringComparer.Ordinal);

    public IReadOnlyList<Reference> References => [.. references.Values];

    /// <summary>Counts one citation of the fact, which gets the next number when it is the first.</summary>
    public void Cite(Fact fact) =>
        references[fact.Id] = references.TryGetValue(fact.Id, out var known)
            ? known with { Mentions = known.Mentions + 1 }
            : new Reference(references.Count + 1, fact, 1);
}
