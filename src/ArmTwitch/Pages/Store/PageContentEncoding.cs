namespace ArmTwitch.Pages.Store;

/// <summary>The content codings of a stored page (RFC 9110, 8.4.1).</summary>
public enum PageContentEncoding
{
    Identity,
    Gzip,
    Brotli,
}
