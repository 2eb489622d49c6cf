using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace ArmTwitch.Data.Hashing;

/// <summary>The secret of a link: 256 random bits in base64url (RFC 4648, 5). Only its hash is stored.</summary>
public static class SecretToken
{
    private const int Bytes = 32, Letters = 43;

    /// <summary>What programs that find links in plain text take for their last letters; no token holds them.</summary>
    private static readonly char[] Added = [' ', '\t', '\r', '\n', '.', ',', ';', ':', '!', '?', ')', ']', '>', '"', '\'', '='];

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>
    /// Whether the text has the form of a token. A link that was cut off in a mail has not; one to which a mail program added a bracket, a
    /// full stop or a space has.
    /// </summary>
    public static bool IsComplete([NotNullWhen(true)] string? token) => Read(token) is not null;

    /// <summary>SHA-256 of the purpose and the token, so that a token is valid for one purpose only.</summary>
    /// <returns>Null when the text cannot be a token.</returns>
    public static byte[]? Hash(string purpose, string? token) =>
        Read(token) is { } read ? SHA256.HashData(Encoding.UTF8.GetBytes($"{purpose}\n{read}")) : null;

    /// <returns>The token alone; null when the text holds none.</returns>
    private static string? Read(string? text)
    {
        var token = text?.TrimEnd(Added);
        return token is { Length: Letters } && Base64Url.IsValid(token) ? token : null;
    }
}
