using System.Security.Cryptography;
using System.Text;
using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;

namespace ArmTwitch.Feeds;

/// <summary>
/// The ids of articles in feeds: version 5 UUIDs (RFC 9562, 5.5) of the slug under which an article was first published, so that no feed
/// reader shows an article twice when its address or the site's host changes.
/// </summary>
internal static class FeedEntryIds
{
    /// <summary>A random UUID. With another one every entry would look new to feed readers.</summary>
    private static readonly Guid Namespace = new("6f0c2b1e-7d0a-4b62-9a57-2f1f6f6f4c11");

    public static string ForArticle(Article article, ContentSnapshot content) => For($"article/{content.FirstSlug(article)}");

    public static string ForFeed { get; } = For("feed");

    private static string For(string name)
    {
#pragma warning disable CA5350 // RFC 9562 requires SHA-1; no secret depends on it.
        var hash = SHA1.HashData([.. Namespace.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)]);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0f) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return $"urn:uuid:{new Guid(hash.AsSpan(0, 16), bigEndian: true)}";
    }
}
