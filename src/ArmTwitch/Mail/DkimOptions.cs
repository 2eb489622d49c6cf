using System.Security.Cryptography;

namespace ArmTwitch.Mail;

/// <summary>How mails are signed (DKIM, RFC 6376). With nothing set they are not.</summary>
public sealed class DkimOptions
{
    private const int ShortestKey = 1024;

    /// <summary>The domain that answers for the mails.</summary>
    [MailHost]
    public string Domain { get; init; } = "";

    /// <summary>Under which name the domain publishes the public key, before <c>._domainkey</c>.</summary>
    public string Selector { get; init; } = "";

    /// <summary>A private RSA key in PEM.</summary>
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
