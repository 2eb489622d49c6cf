using System.Security.Cryptography;
using System.Text;
using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;

namespace ArmTwitch.Feeds;

/// <summary>
/// The names of articles in feeds: version 5 UUIDs (RFC 9562, 5.5) of the address an article was first published at, so that
/// neither a new host nor a new address makes a reader's program show it twice.
/// </summary>
internal static class FeedEntryIds
{
    /// <summary>Made once, at random, for this purpose. Never change it.</summary>
    private static readonly Guid Namespace = new("6f0c2b1e-7d0a-4b62-9a57-2f1f6f6f4c11");

    /// <param name="content">Says which of its old addresses are the article's alone.</param>
    public static string ForArticle(Article article, ContentSnapshot content) => ForArticle($"article/{content.FirstSlug(article)}");

    public static string ForFeed { get; } = ForArticle("feed");

    private static string ForArticle(string name)
    {
#pragma warning disable CA5350 // RFC 9562 asks for SHA-1; nothing is kept secret by it.
        var hash = SHA1.HashData([.. Namespace.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)]);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0f) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return $"urn:uuid:{new Guid(hash.AsSpan(0, 16), bigEndian: true)}";
    }
}
