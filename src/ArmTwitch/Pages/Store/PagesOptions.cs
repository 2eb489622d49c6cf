using System.ComponentModel.DataAnnotations;

namespace ArmTwitch.Pages.Store;

/// <summary>How much memory finished pages may take.</summary>
public sealed class PagesOptions
{
    /// <summary>Bytes of finished pages, all encodings together. The pages asked for longest ago go first.</summary>
    [Range(1_000_000, 16_000_000_000)]
    public long MaxBytes { get; init; } = 256_000_000;
}
