using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Mail;

/// <summary>How mails are signed (DKIM, RFC 6376). With nothing set they are not signed.</summary>
public sealed class DkimOptions
{
    /// <summary>In bits.</summary>
    private const int ShortestKey = 1024;

    private const string MustBeAKey =
        "be a file with a private RSA key in PEM of at least 1024 bits, such as 'openssl genrsa -out dkim.pem 2048' makes";

    /// <summary>The signing domain (the tag <c>d=</c>).</summary>
    [MailHost]
    public string Domain { get; init; } = "";

    /// <summary>The label before <c>._domainkey</c> where the domain publishes the public key (the tag <c>s=</c>).</summary>
    public string Selector { get; init; } = "";

    /// <summary>The path of a private RSA key in PEM.</summary>
    public string KeyFile { get; init; } = "";

    internal bool IsWanted => Domain.Length > 0 && Selector.Length > 0 && KeyFile.Length > 0;

    internal bool IsWholeOrNothing => IsWanted || Domain.Length + Selector.Length + KeyFile.Length is 0;

    /// <summary>Why mails cannot be signed with the key file; null when they can.</summary>
    internal string? KeyFault
    {
        get
        {
            try
            {
                using var key = RSA.Create();
                key.ImportFromPem(File.ReadAllText(KeyFile));
                return key.KeySize >= ShortestKey && key.ExportRSAPrivateKey().Length > 0 ? null : Fault(MustBeAKey);
            }
            catch (Exception failed)
                when (failed is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
            {
                return FaultOf(failed);
            }
        }
    }

    /// <param name="failed">From reading the file or the key in it.</param>
    internal string FaultOf(Exception failed) => failed switch
    {
        FileNotFoundException or DirectoryNotFoundException => $"{Fault(MustBeAKey)}; {Path.GetFullPath(KeyFile)} is missing",
        // Reading a folder is refused in the same words.
        UnauthorizedAccessException when !Directory.Exists(KeyFile) =>
            $"{Fault(MustBeAKey)}; {Path.GetFullPath(KeyFile)} cannot be read by the user {Environment.UserName}",
        _ => Fault(MustBeAKey),
    };

    private string Fault(string allowed) => SettingsValidation.Fault("Mail:Dkim:KeyFile", KeyFile, allowed);
}

/// <summary>Reads the key at the start: a mail that is not signed is not noticed until receivers refuse it.</summary>
internal sealed class DkimKeyValidator : IValidateOptions<DkimOptions>
{
    public ValidateOptionsResult Validate(string? name, DkimOptions options) =>
        options is { IsWanted: true, KeyFault: { } fault } ? ValidateOptionsResult.Fail(fault) : ValidateOptionsResult.Success;
}
