using System.Security.Cryptography;
using System.Text;

namespace ArmTwitch.Pages.HttpPolicies;

/// <summary>The Content-Security-Policy of each kind of answer (CSP Level 3).</summary>
public static class ContentSecurityPolicy
{
    /// <summary>For what is no HTML page: it loads nothing, and nothing may frame it.</summary>
    public const string Nothing = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>For moderation screens: own scripts, styles, images and connections.</summary>
    public const string ModerationScreens =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; "
        + "form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

    /// <summary>
    /// For the preview of an issue in a frame: the inline styles of the mail; no script, frame, form or navigation. It is of the same
    /// origin, so that the screen can change it in place.
    /// </summary>
    public const string IssuePreview =
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'self'; form-action 'none'; sandbox allow-same-origin";

    /// <summary>For a mail of the pickup folder: its inline styles and images; no script, remote image or request.</summary>
    public const string PickupMail =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups; frame-ancestors 'self'; base-uri 'none'; "
        + "form-action 'none'";

    private static readonly AssetValue<string> OfReaderPages = new(() =>
        $"default-src 'none'; style-src {HashOf(Stylesheet.Text)} {HashOf(Stylesheet.Guides)} {HashOf(Stylesheet.Lists)}; "
        + "font-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");

    /// <summary>
    /// For the preview of an article in a frame of its editors' screen: what <see cref="ReaderPages"/> allows, in the colours that were
    /// chosen, without forms.
    /// </summary>
    /// <param name="sandbox">What the sandbox allows.</param>
    public static string ArticlePreview(bool isDark, string sandbox) =>
        $"default-src 'none'; style-src {HashOf(ForcedColorScheme.Apply(Stylesheet.Text, isDark))}; font-src 'self'; img-src 'self'; "
        + $"form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox {sandbox}";

    private static string HashOf(string style) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'";

    /// <summary>For reader pages: the inlined stylesheets, by their hashes, own font, images and forms; no script.</summary>
    public static string ReaderPages => OfReaderPages.Value;
}
