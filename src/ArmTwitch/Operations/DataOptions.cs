using System.ComponentModel.DataAnnotations;

namespace ArmTwitch.Operations;

/// <summary>Where the program keeps what it must not lose.</summary>
public sealed class DataOptions
{
    /// <summary>The data folder, made at the first start. A relative path stands beside the content folder.</summary>
    [Required(AllowEmptyStrings = false)]
    public string Directory { get; init; } = "data";
}
