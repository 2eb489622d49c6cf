using System.Text.Json;
using Microsoft.Playwright;

namespace ArmTwitch.BrowserTests;

/// <summary>A part of a page as Chromium gives it to a screen reader.</summary>
/// <param name="Name">The words that are said for it.</param>
/// <param name="Level">Of a heading; 0 for everything else.</param>
/// <param name="Url">Where a link leads; null for everything else.</param>
internal sealed record SpokenPart(string Role, string Name, int Level, string? Url);

/// <summary>The browser's own tree: what a screen reader is given, not what the markup says.</summary>
internal static class AccessibilityTree
{
    /// <returns>Everything that is not ignored, in the order in which it is read.</returns>
    public static async Task<IReadOnlyList<SpokenPart>> ReadTreeAsync(this IPage page)
    {
        var browser = await page.Context.NewCDPSessionAsync(page);
        var answer = await browser.SendAsync("Accessibility.getFullAXTree");
        await browser.DetachAsync();
        // Lines of text that have no element share their ids.
        var nodes = answer!.Value.GetProperty("nodes").EnumerateArray().DistinctBy(node => node.GetProperty("nodeId").GetString())
            .ToDictionary(node => node.GetProperty("nodeId").GetString()!);
        var parts = new List<SpokenPart>();
        Read(nodes.Values.First(node => !node.TryGetProperty("parentId", out _)));
        return parts;

        void Read(JsonElement node)
        {
            if (!node.GetProperty("ignored").GetBoolean())
                parts.Add(PartOf(node));
            foreach (var id in node.GetProperty("childIds").EnumerateArray())
            {
                if (nodes.TryGetValue(id.GetString()!, out var child))
                    Read(child);
            }
        }
    }

    private static SpokenPart PartOf(JsonElement node) => new(
        TextOf(node, "role") ?? "", TextOf(node, "name")?.Trim() ?? "",
        Property(node, "level") is { } level ? level.GetInt32() : 0, Property(node, "url")?.GetString());

    private static string? TextOf(JsonElement node, string what) =>
        node.TryGetProperty(what, out var value) && value.TryGetProperty("value", out var text) ? text.GetString() : null;

    private static JsonElement? Property(JsonElement node, string name) =>
        node.TryGetProperty("properties", out var all)
            ? all.EnumerateArray().Where(property => property.GetProperty("name").GetString() == name)
                .Select(property => (JsonElement?)property.GetProperty("value").GetProperty("value")).FirstOrDefault()
            : null;
}
