using System.Security.Cryptography;
using System.Text;
using ArmTwitch.Pages;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ArmTwitch.Moderators.Layout;

/// <summary>The stylesheet and scripts of the moderation pages. Their addresses contain a hash, so browsers may cache them.</summary>
internal static class ModerationAssets
{
    private const string Root = "/moderation/files", Folder = $"{Root}/";

    /// <summary>The files of the one stylesheet of the screens: the frame first, then each room's own, and what is printed of all.</summary>
    public static readonly IReadOnlyList<string> Stylesheets =
        ["screens.css", "queue.css", "records.css", "newsletter.css", "articles.css", "paper.css"];

    private static readonly AssetValue<IReadOnlyList<ScreenFile>> Files = new(() =>
    [
        Named("moderation.css", "text/css; charset=utf-8", Encoding.UTF8.GetBytes(DesignTokens.Stylesheet(Stylesheets))),
        Script("passkey.js"),
        Script("copy.js"),
        Script("session.js"),
        Script("resume.js"),
        Script("reconnect.js"),
        Script("progress.js"),
        Script("drafts.js"),
        Script("queue.js"),
        Script("issues.js"),
        Script("clock.js"),
    ]);

    public static string Address(string name) => Files.Value.Single(file => file.Name == name).Address;

    public static bool IsAsset(PathString path) => path.StartsWithSegments(Root);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods(Folder + "{name}", [HttpMethods.Get, HttpMethods.Head], Find).AllowAnonymous();

    private static Results<FileContentHttpResult, NotFound> Find(string name, HttpResponse response)
    {
        if (Files.Value.FirstOrDefault(file => file.Address == Folder + name) is not { } file)
            return TypedResults.NotFound();
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return TypedResults.Bytes(file.Bytes, file.Type);
    }

    private static ScreenFile Script(string name) => Named(name, "text/javascript; charset=utf-8", EmbeddedAssets.Bytes(name));

    private static ScreenFile Named(string name, string type, byte[] bytes)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 6));
        return new ScreenFile(name, bytes, type, $"{Folder}{Path.GetFileNameWithoutExtension(name)}.{hash}{Path.GetExtension(name)}");
    }

    private sealed record ScreenFile(string Name, byte[] Bytes, string Type, string Address);
}
