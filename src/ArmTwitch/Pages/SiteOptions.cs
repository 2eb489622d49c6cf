using System.ComponentModel.DataAnnotations;

namespace ArmTwitch.Pages;

/// <summary>What the site is called and where the public finds it.</summary>
public sealed class SiteOptions
{
    [Required(AllowEmptyStrings = false), StringLength(60)]
    public string Name { get; init; } = "ArmTwitch";

    /// <summary>
    /// The public origin, such as <c>https://armtwitch.example</c>, from which every absolute link is built. Empty means the
    /// address the program listens on, which is allowed in Development only.
    /// </summary>
    public string BaseUrl { get; init; } = "";
}
