using System.ComponentModel.DataAnnotations;

namespace ArmTwitch.Pages.Store;

/// <summary>The memory limit of stored pages.</summary>
public sealed class PagesOptions
{
    /// <summary>Bytes of stored pages in all codings. The least recently used go first.</summary>
    [Range(1_000_000, 16_000_000_000)]
    public long MaxBytes { get; init; } = 256_000_000;
}
