namespace ArmTwitch.Articles;

/// <summary>How well the evidence supports a fact.</summary>
public enum EvidenceStrength
{
    /// <summary>Well supported, or established guidance.</summary>
    Well,

    /// <summary>Small, old or indirect studies, or the opinion of experts.</summary>
    Limited,

    /// <summary>Often claimed, poorly supported.</summary>
    Weak,

    /// <summary>Contradicted by evidence.</summary>
    Wrong,
}

/// <summary>One statement that an article may cite, and its sources.</summary>
/// <param name="Id">As in <c>[@F014]</c>.</param>
/// <param name="Says">The statement in our own words; for editors, not shown to readers.</param>
/// <param name="Note">What limits the strength, in a few words.</param>
public sealed record Fact(string Id, string Says, EvidenceStrength Strength, string? Note, IReadOnlyList<Source> Sources);
