using System.Security.Cryptography;

namespace ArmTwitch.Mail;

/// <summary>How mails are signed (DKIM, RFC 6376). With nothing set they are not signed.</summary>
public sealed class DkimOptions
{
    /// <summary>In bits.</summary>
    private const int ShortestKey = 1024;

    /// <summary>The signing domain (the tag <c>d=</c>).</summary>
    [MailHost]
    public string Domain { get; init; } = "";

    /// <summary>The label before <c>._domainkey</c> where the domain publishes the public key (the tag <c>s=</c>).</summary>
    public string Selector { get; init; } = "";

    /// <summary>The path of a private RSA key in PEM.</summary>
    public string KeyFile { get; init; } = "";

    internal bool IsWanted => Domain.Length > 0 && Selector.Length > 0 && KeyFile.Length > 0;

    internal bool IsWholeOrNothing => IsWanted || Domain.Length + Selector.Length + KeyFile.Length is 0;

    internal bool HasKey
    {
        get
        {
            try
            {
                using var key = RSA.Create();
                key.ImportFromPem(File.ReadAllText(KeyFile));
                return key.KeySize >= ShortestKey && key.ExportRSAPrivateKey().Length > 0;
            }
            catch (Exception failed)
                when (failed is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
            {
                return false;
            }
        }
    }
}
