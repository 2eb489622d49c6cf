using System.Net;
using System.Text.RegularExpressions;

namespace ArmTwitch.Pages.HttpPolicies;

/// <summary>Carries a reader's choice on to every page that a page leads to (<see cref="IReaderChoice"/>).</summary>
internal static partial class OwnLinks
{
    /// <summary>The address with the field of the choice in its query.</summary>
    /// <param name="choice">Such as "country=AU"; null leaves the address as it is.</param>
    public static string Carry(string address, string? choice) => choice is null ? address : Carry(address, choice, "&");

    /// <summary>
    /// Whether the address is one of our pages. Feeds and pictures have a dot in their names, and moderators choose nothing.
    /// </summary>
    public static bool IsPage(string address)
    {
        var path = address.AsSpan(0, address.AsSpan().IndexOfAny('?', '#') is >= 0 and var end ? end : address.Length);
        return path is ['/', ..] and not ['/', '/', ..] && !path[path.LastIndexOf('/')..].Contains('.')
            && !path.StartsWith("/moderation", StringComparison.Ordinal);
    }

    /// <summary>
    /// The page with the choice in every link to one of our pages and every form. A form that sends something has it in its address, and
    /// one that asks for a page in a hidden field, because a browser replaces the query of its address.
    /// </summary>
    /// <param name="html">A page of ours: every attribute stands in double quotes, and no value holds an angle bracket.</param>
    public static string CarryOn(string html, string choice) => LinkOrForm().Replace(html, tag =>
        tag.ValueSpan[1] is 'a' || tag.ValueSpan.Contains("method=\"post\"", StringComparison.OrdinalIgnoreCase)
            ? Address().Replace(tag.Value, address => CarryOn(address, choice), 1)
            : tag.Value + HiddenField(tag, html, choice));

    private static string CarryOn(Match attribute, string choice)
    {
        var (name, address) = (attribute.Groups[1].Value, attribute.Groups[2].Value);
        return IsPage(address) && !address.Contains(NameOf(choice) + "=", StringComparison.Ordinal)
            ? $" {name}=\"{Carry(address, choice, "&amp;")}\""
            : attribute.Value;
    }

    private static string Carry(string address, string choice, string and)
    {
        var end = address.IndexOf('#', StringComparison.Ordinal) is >= 0 and var fragment ? fragment : address.Length;
        return $"{address.AsSpan(0, end)}{(address.AsSpan(0, end).Contains('?') ? and : "?")}{choice}{address.AsSpan(end)}";
    }

    private static string HiddenField(Match form, string html, string choice)
    {
        var name = NameOf(choice);
        var end = html.IndexOf("</form>", form.Index, StringComparison.Ordinal);
        var fields = end < 0 ? html.AsSpan(form.Index) : html.AsSpan(form.Index, end - form.Index);
        return fields.Contains($"name=\"{name}\"", StringComparison.Ordinal)
            ? ""
            : $"<input type=\"hidden\" name=\"{name}\" value=\"{WebUtility.HtmlEncode(choice[(name.Length + 1)..])}\" />";
    }

    private static string NameOf(string choice) => choice[..choice.IndexOf('=', StringComparison.Ordinal)];

    [GeneratedRegex("<(?:a|form)\\s[^>]*>")]
    private static partial Regex LinkOrForm();

    [GeneratedRegex(" (href|action)=\"([^\"]*)\"")]
    private static partial Regex Address();
}
