using System.Security.Cryptography;
using System.Text;

namespace ArmTwitch.Pages;

/// <summary>
/// The stylesheet of reader pages. It is inlined, because most readers come from a search for one page and save a round trip; the
/// Content-Security-Policy allows it by its hash.
/// </summary>
public static class Stylesheet
{
    private static readonly AssetValue<(string Text, string Policy)> Current = new(() =>
    {
        var text = DesignTokens.Stylesheet("site.css");
        return (text, PolicyOf(text));
    });

    public static string Text => Current.Value.Text;

    /// <summary>The Content-Security-Policy of reader pages: this stylesheet, own images and forms, no script.</summary>
    public static string Policy => Current.Value.Policy;

    private static string PolicyOf(string text) =>
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'; "
        + "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
}
