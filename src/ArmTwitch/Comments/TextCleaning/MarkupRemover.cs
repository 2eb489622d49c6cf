using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace ArmTwitch.Comments.TextCleaning;

/// <summary>
/// Removes obvious markup from plain text. All text is encoded wherever it is shown, so nothing has to go for safety, and words between
/// angle brackets stay. These go:
/// <list type="bullet">
/// <item>a start tag with an attribute that has a value (<c>&lt;a href="x"&gt;</c>);</item>
/// <item>a start tag whose end tag follows, and that end tag;</item>
/// <item>a tag of an element that nobody writes in prose (<c>&lt;div&gt;</c>) and nothing else in it;</item>
/// <item>a comment.</item>
/// </list>
/// So <c>&lt;a 200, later &gt;300</c>, <c>&lt;3</c>, <c>&lt;name@example.org&gt;</c> and <c>take &lt;number&gt; of &lt;i&gt;</c> stay.
/// </summary>
public static partial class MarkupRemover
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private static readonly FrozenSet<string> NeverProse = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "applet", "blockquote", "br", "colgroup", "div", "fieldset", "foreignobject", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
        "iframe", "img",
        "li", "noscript", "ol", "optgroup", "plaintext", "script", "span", "svg", "tbody", "td", "textarea", "tfoot", "th", "thead", "tr",
        "ul", "wbr", "xmp");

    /// <summary>Removes once. What stood around a tag may make a new one: call it until nothing changes.</summary>
    public static string RemoveOnce(string text)
    {
        if (!text.Contains('<', StringComparison.Ordinal))
            return text;

        var firstStart = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var lastEnd = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (Match tag in Tag().Matches(text))
        {
            if (IsEnd(tag))
                lastEnd[NameOf(tag)] = tag.Index;
            else
                firstStart.TryAdd(NameOf(tag), tag.Index);
        }

        return Tag()
            .Replace(text, tag => !IsMarkup(tag) ? tag.Value : NameOf(tag).Equals("br", StringComparison.OrdinalIgnoreCase) ? "\n" : "");

        bool IsMarkup(Match tag)
        {
            var name = NameOf(tag);
            var rest = tag.Groups["rest"].ValueSpan;
            if (name.Length is 0 || (NeverProse.Contains(name) && rest.Trim(" \t\n/").IsEmpty))
                return true;
            return IsEnd(tag)
                ? firstStart.GetValueOrDefault(name, int.MaxValue) < tag.Index
                : Value().IsMatch(rest) || lastEnd.GetValueOrDefault(name, -1) > tag.Index;
        }
    }

    /// <summary>Empty for a comment.</summary>
    private static string NameOf(Match tag) => tag.Groups["name"].Value;

    private static bool IsEnd(Match tag) => tag.ValueSpan[1] is '/';

    /// <summary>A whole tag; its name is followed by what an HTML tokenizer would take for attributes.</summary>
    [GeneratedRegex(
        """</?(?<name>[a-z][a-z0-9]*([:-][a-z0-9]+)*)(?<rest>([\s/]([^<>"'=]|=\s*("[^"]*"|'[^']*')?)*)?)>|<!--[\s\S]*?-->""", Linear)]
    private static partial Regex Tag();

    /// <summary>An attribute with a value, before which stand other attributes only.</summary>
    [GeneratedRegex("""^([\s/]+[\w:.@-]+)*[\s/]+[a-z_@][\w:.@-]*(=[^\s"'<>=`]|\s*=\s*["'])""", Linear)]
    private static partial Regex Value();
}
