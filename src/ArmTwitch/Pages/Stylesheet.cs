using System.Security.Cryptography;
using System.Text;

namespace ArmTwitch.Pages;

/// <summary>
/// The one stylesheet. It stands inside each page, because most readers come from a search for one page and it saves them a
/// round trip; the policy names it by its hash.
/// </summary>
public static class Stylesheet
{
    public static string Text { get; } = Assets.Text("site.css");

    /// <summary>The Content-Security-Policy of reader pages: this stylesheet, our own pictures and forms, and no script at all.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Text)))}'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
}
