using System.Security.Cryptography;
using ArmTwitch.Pages;

namespace ArmTwitch.Moderators;

/// <summary>The stylesheet and the small scripts of the moderation screens, at addresses that change with what is in them.</summary>
internal static class ScreenFiles
{
    private const string Root = "/moderation/files", Folder = $"{Root}/";

    private static readonly Dictionary<string, (byte[] Bytes, string Type, string Address)> Files = new (string Name, string Type)[]
    {
        ("moderation.css", "text/css; charset=utf-8"),
        ("passkey.js", "text/javascript; charset=utf-8"),
        ("session.js", "text/javascript; charset=utf-8"),
        ("reconnect.js", "text/javascript; charset=utf-8"),
        ("drafts.js", "text/javascript; charset=utf-8"),
        ("queue.js", "text/javascript; charset=utf-8"),
    }.ToDictionary(file => file.Name, file => (Assets.Bytes(file.Name), file.Type, AddressOf(file.Name)));

    private static readonly Dictionary<string, string> Names = Files.ToDictionary(file => file.Value.Address[Folder.Length..], file => file.Key);

    public static string Address(string name) => Files[name].Address;

    public static bool Are(PathString asked) => asked.StartsWithSegments(Root);

    public static IEndpointConventionBuilder Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods(Folder + "{name}", [HttpMethods.Get, HttpMethods.Head], (string name, HttpResponse response) =>
        {
            if (!Names.TryGetValue(name, out var file))
                return Results.NotFound();
            response.Headers.CacheControl = "public, max-age=31536000, immutable";
            return Results.Bytes(Files[file].Bytes, Files[file].Type);
        }).AllowAnonymous();

    private static string AddressOf(string name) =>
        $"{Folder}{Path.GetFileNameWithoutExtension(name)}.{Convert.ToHexStringLower(SHA256.HashData(Assets.Bytes(name)).AsSpan(0, 6))}{Path.GetExtension(name)}";
}
