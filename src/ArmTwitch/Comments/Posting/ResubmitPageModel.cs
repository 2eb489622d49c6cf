using Microsoft.AspNetCore.Components;

namespace ArmTwitch.Comments.Posting;

/// <summary>What was sent and could not be looked at.</summary>
/// <param name="Address">Where it was sent.</param>
/// <param name="Subject">The address for the head of the page, without a secret.</param>
/// <param name="Hidden">Fields that nobody typed.</param>
/// <param name="Field">The field that somebody did type.</param>
public sealed record ResubmitPageModel(
    string Address, string Subject, IReadOnlyList<(string Name, string Value)> Hidden, string Field, string Typed)
{
    /// <summary>Whom to call, when what was typed are the words of a crisis.</summary>
    public RenderFragment? First { get; init; }
}
