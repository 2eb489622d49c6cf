using Microsoft.AspNetCore.Components;

namespace ArmTwitch.Comments.Posting;

/// <summary>A form that could not be taken because the database is not available.</summary>
/// <param name="Address">Where it is sent again.</param>
/// <param name="Subject">The address to name in the head of the page, without the secret.</param>
/// <param name="Hidden">The hidden fields.</param>
/// <param name="Field">The name of the field with <paramref name="Typed"/>.</param>
public sealed record ResubmitPageModel(
    string Address, string Subject, IReadOnlyList<(string Name, string Value)> Hidden, string Field, string Typed)
{
    /// <summary>The crisis card, when what was typed calls for it.</summary>
    public RenderFragment? First { get; init; }
}
