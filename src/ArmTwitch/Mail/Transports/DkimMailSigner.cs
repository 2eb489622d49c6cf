using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Cryptography;

namespace ArmTwitch.Mail.Transports;

/// <summary>Signs mails (DKIM, RFC 6376), so that receivers can check which domain is responsible for them.</summary>
public sealed class DkimMailSigner
{
    /// <summary>The signed headers. RFC 8058 requires the two about unsubscribing.</summary>
    private static readonly HeaderId[] Covered =
    [
        HeaderId.From, HeaderId.To, HeaderId.Subject, HeaderId.Date, HeaderId.MessageId, HeaderId.MimeVersion, HeaderId.ContentType,
        HeaderId.ListId, HeaderId.ListUnsubscribe, HeaderId.ListUnsubscribePost,
    ];

    private readonly DkimSigner? signer;

    public DkimMailSigner(IOptions<DkimOptions> options)
    {
        if (options.Value is { IsWanted: true } dkim)
        {
            signer = new DkimSigner(dkim.KeyFile, dkim.Domain, dkim.Selector)
            {
                HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
                BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
            };
        }
    }

    /// <summary>Does nothing when no key is configured.</summary>
    public void Sign(MimeMessage message)
    {
        if (signer is null)
            return;
        message.Prepare(EncodingConstraint.SevenBit);
        signer.Sign(
            message, [.. Covered.Where(header => message.Headers.Contains(header) || message.Body?.Headers.Contains(header) is true)]);
    }
}
