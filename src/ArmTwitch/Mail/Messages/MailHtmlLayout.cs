using System.Text.Encodings.Web;
using ArmTwitch.Pages;

namespace ArmTwitch.Mail.Messages;

/// <summary>
/// The frame of every HTML mail. All mail programs support tables and inline styles; what only some support, such as dark colours, stays
/// in the head.
/// </summary>
internal static class MailHtmlLayout
{
    /// <summary>
    /// Outlook on Windows ignores <c>max-width</c>: a table that only it sees limits the width.
    /// </summary>
    private const string OutlookSheet =
        "<!--[if mso]><table role=\"presentation\" width=\"600\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr><td><![endif]-->";

    private const string OutlookSheetEnd = "<!--[if mso]></td></tr></table><![endif]-->";

    private static readonly AssetValue<string> Styles = new(() => DesignTokens.WriteIn(EmbeddedAssets.Text("mail.css")));

    /// <param name="preview">The preview text that mail programs show after the subject.</param>
    /// <param name="body">HTML; not encoded here.</param>
    /// <param name="foot">HTML of the small print; not encoded here.</param>
    public static string Wrap(string title, string preview, string siteName, string origin, string body, string foot)
    {
        var html = $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="supported-color-schemes" content="light dark">
            <title>{Encode(title)}</title>
            <style>
            {Styles.Value}
            </style>
            </head>
            <body class="ground">
            <div class="preview">{Encode(preview)}</div>
            <table role="presentation" class="ground" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" class="margin">
            {OutlookSheet}
            <table role="presentation" class="sheet" width="100%" cellpadding="0" cellspacing="0" border="0">
            <tr><td class="brand"><a href="{Encode(origin)}">{Encode(siteName)}</a></td></tr>
            <tr><td class="words">
            {body}
            </td></tr>
            <tr><td class="foot">
            {foot}
            </td></tr>
            </table>
            {OutlookSheetEnd}
            </td></tr></table>
            </body>
            </html>

            """;
        using var inliner = new PreMailer.Net.PreMailer(html);
        return inliner.MoveCssInline(
            removeStyleElements: true, stripIdAndClassAttributes: false, removeComments: false, preserveMediaQueries: true).Html;
    }

    public static string Button(string words, string address) =>
        $"""
        <table role="presentation" class="button" cellpadding="0" cellspacing="0" border="0"><tr><td class="button-cell" bgcolor="{DesignTokens.Light("brand")}"><a href="{Encode(address)}">{Encode(words)}</a></td></tr></table>

        """;

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
