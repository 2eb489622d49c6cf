using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ArmTwitch.Benchmarks.Processes;

namespace ArmTwitch.Benchmarks.Measurement;

/// <summary>A self-made certificate for this machine, in the files that both servers read.</summary>
internal sealed class SelfSignedCertificate
{
    private readonly string hash;

    private SelfSignedCertificate(string certificateFile, string keyFile, string hash) =>
        (CertificateFile, KeyFile, this.hash) = (certificateFile, keyFile, hash);

    public string CertificateFile { get; }

    public string KeyFile { get; }

    public static SelfSignedCertificate Make(TemporaryFolder folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256) { CertificateExtensions = { names.Build() } };
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));

        var (certificateFile, keyFile) = (folder.PathOf("certificate.pem"), folder.PathOf("key.pem"));
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return new SelfSignedCertificate(certificateFile, keyFile, certificate.GetCertHashString(HashAlgorithmName.SHA256));
    }

    public bool Is(X509Certificate? other) => other?.GetCertHashString(HashAlgorithmName.SHA256) == hash;
}
