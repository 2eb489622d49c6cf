using System.Security.Cryptography;

namespace ArmTwitch.Pages;

/// <summary>The web font of headings on reader pages. Its address contains a hash, so that browsers may keep it for good.</summary>
public static class HeadingFont
{
    /// <summary>The name of the file, also where <c>font.css</c> names it.</summary>
    public const string FileName = "Bitter.woff2";

    private static readonly AssetValue<string> Current = new(() =>
        $"/fonts/bitter.{Convert.ToHexStringLower(SHA256.HashData(Bytes()).AsSpan(0, 6))}.woff2");

    public static string Address => Current.Value;

    /// <returns>A font in the format WOFF2.</returns>
    public static byte[] Bytes() => EmbeddedAssets.Bytes(FileName);
}
