using System.Security.Cryptography;
using System.Text;
using ArmTwitch.Pages;

namespace ArmTwitch.Moderators.Layout;

/// <summary>The stylesheet and the small scripts of the moderation screens, at addresses that change with what is in them.</summary>
internal static class ModerationAssets
{
    private const string Root = "/moderation/files", Folder = $"{Root}/";

    private static readonly AssetValue<IReadOnlyList<ScreenFile>> Files = new(() =>
    [
        Named("moderation.css", "text/css; charset=utf-8", Encoding.UTF8.GetBytes(DesignTokens.Stylesheet("moderation.css"))),
        Script("passkey.js"),
        Script("session.js"),
        Script("reconnect.js"),
        Script("drafts.js"),
        Script("queue.js"),
    ]);

    public static string Address(string name) => Files.Value.Single(file => file.Name == name).Address;

    public static bool Are(PathString asked) => asked.StartsWithSegments(Root);

    public static IEndpointConventionBuilder Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods(Folder + "{name}", [HttpMethods.Get, HttpMethods.Head], (string name, HttpResponse response) =>
        {
            if (Files.Value.FirstOrDefault(file => file.Address == Folder + name) is not { } file)
                return Results.NotFound();
            response.Headers.CacheControl = "public, max-age=31536000, immutable";
            return Results.Bytes(file.Bytes, file.Type);
        }).AllowAnonymous();

    private static ScreenFile Script(string name) => Named(name, "text/javascript; charset=utf-8", EmbeddedAssets.Bytes(name));

    private static ScreenFile Named(string name, string type, byte[] bytes)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 6));
        return new ScreenFile(name, bytes, type, $"{Folder}{Path.GetFileNameWithoutExtension(name)}.{hash}{Path.GetExtension(name)}");
    }

    private sealed record ScreenFile(string Name, byte[] Bytes, string Type, string Address);
}
