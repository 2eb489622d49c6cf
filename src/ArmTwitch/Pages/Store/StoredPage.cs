using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ArmTwitch.Pages.Store;

/// <summary>A rendered page: its bytes in every coding and its headers, ready to be sent.</summary>
public sealed class StoredPage
{
    /// <summary>The endings of entity tags by coding; the identity coding has none.</summary>
    private const string GzipEnd = "-gzip", FirstBrotliEnd = "-br5", TightBrotliEnd = "-br";

    private readonly StringValues contentType;
    private readonly StringValues cacheControl;
    private readonly StringValues contentSecurityPolicy;
    private readonly string contentTag;
    private readonly EncodedVariant? kept;
    private readonly EncodedVariant gzip;
    private volatile EncodedVariant brotli;

    /// <param name="bytes">The page in the identity coding.</param>
    /// <param name="only">The one coding to compress to, for a page that is sent once; null for all.</param>
    public StoredPage(byte[] bytes, PageKind kind, PageContentEncoding? only = null)
    {
        contentType = kind.ContentType;
        cacheControl = kind.CacheControl;
        contentSecurityPolicy = kind.Policy;
        contentTag = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8));
        var identity = new EncodedVariant(bytes, IdentityTag, null);
        gzip = kind.Compresses && (only is null or PageContentEncoding.Gzip)
            ? new EncodedVariant(Gzip(bytes), $"\"{contentTag}{GzipEnd}\"", "gzip")
            : identity;
        brotli = kind.Compresses && (only is null or PageContentEncoding.Brotli)
            ? new EncodedVariant(Brotli(bytes, quality: 5), $"\"{contentTag}{FirstBrotliEnd}\"", "br")
            : identity;

        // Nearly everybody takes a coding, in which a page is a quarter as long.
        kept = gzip == identity || brotli == identity ? identity : null;
    }

    /// <summary>The pattern of the route that made it, for metrics; null until a request has got it from there.</summary>
    public string? Route { get; set; }

    /// <summary>The size in all codings that are kept, in bytes.</summary>
    public long Size => new[] { kept, gzip, brotli }.OfType<EncodedVariant>().Distinct().Sum(variant => (long)variant.Bytes.Length);

    private string IdentityTag => $"\"{contentTag}\"";

    /// <summary>The identity coding: kept, or unpacked.</summary>
    private EncodedVariant Identity => kept ?? new EncodedVariant(Unzip(gzip.Bytes), IdentityTag, null);

    /// <summary>Compresses with the best Brotli quality, which is too slow while a reader waits.</summary>
    /// <remarks>Other bytes need another entity tag; the old tag still matches.</remarks>
    public void CompressSmaller()
    {
        if (brotli.Coding is not null)
            brotli = new EncodedVariant(Brotli(Identity.Bytes, quality: 11), $"\"{contentTag}{TightBrotliEnd}\"", "br");
    }

    /// <summary>Whether If-None-Match has a tag of this page in any coding (weak comparison: RFC 9110, 13.1.2).</summary>
    public bool MatchesETag(HttpRequest request)
    {
        var tags = request.Headers.IfNoneMatch;
        if (tags.Count is 0)
            return false;
        return (tags.Count is 1 && IsTag(tags[0]))
            || (EntityTagHeaderValue.TryParseList(tags, out var list)
                && list.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || IsTag(tag.Tag)));
    }

    /// <summary>
    /// Answers 304 with the headers that belong to it (RFC 9110, 15.4.5).
    /// </summary>
    public Task WriteNotModified(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status304NotModified;
        Describe(response.Headers, Choose(response.HttpContext.Request));
        return Task.CompletedTask;
    }

    /// <summary>Answers GET or HEAD with the page, or with 304 when the client has it.</summary>
    public Task WriteAsync(HttpContext http)
    {
        var (request, response) = (http.Request, http.Response);
        if (MatchesETag(request))
            return WriteNotModified(response);

        var variant = Choose(request);
        var headers = response.Headers;
        Describe(headers, variant);
        headers.ContentType = contentType;
        headers.ContentSecurityPolicy = contentSecurityPolicy;
        if (variant.Coding is not null)
            headers.ContentEncoding = variant.Coding;
        headers.ContentLength = variant.Bytes.Length;
        return HttpMethods.IsHead(request.Method) ? Task.CompletedTask : WriteBodyAsync(http, variant);
    }

    /// <summary>Answers with the page and the status that is set, uncached; never with 304.</summary>
    public Task WriteErrorAsync(HttpContext http)
    {
        http.Response.Headers.ContentType = contentType;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentSecurityPolicy = contentSecurityPolicy;
        var bytes = Identity.Bytes;
        http.Response.Headers.ContentLength = bytes.Length;
        return HttpMethods.IsHead(http.Request.Method)
            ? Task.CompletedTask
            : http.Response.BodyWriter.WriteAsync(bytes, http.RequestAborted).AsTask();
    }

    /// <summary>Whether the tag, weak or strong, is this page's in any coding.</summary>
    private bool IsTag(ReadOnlySpan<char> tag)
    {
        if (tag.StartsWith("W/", StringComparison.Ordinal))
            tag = tag[2..];
        return tag is ['"', .. var name, '"'] && name.StartsWith(contentTag, StringComparison.Ordinal)
            && name[contentTag.Length..] is "" or GzipEnd or FirstBrotliEnd or TightBrotliEnd;
    }

    private EncodedVariant Choose(HttpRequest request) => AcceptEncoding.Choose(request.Headers.AcceptEncoding) switch
    {
        PageContentEncoding.Brotli => brotli,
        PageContentEncoding.Gzip => gzip,
        _ => Identity,
    };

    private void Describe(IHeaderDictionary headers, EncodedVariant variant)
    {
        headers.ETag = variant.Tag;
        headers.CacheControl = cacheControl;
        headers.Vary = HeaderNames.AcceptEncoding;
    }

    /// <summary>
    /// Writes the whole body into one buffer; <c>WriteAsync</c> would cut it into 4 KiB blocks. Kestrel sends headers and body together when
    /// the request ends. On HTTP/1.1 <c>StartAsync</c> puts the headers into the buffer first. On HTTP/2 headers are a frame of their own,
    /// and starting early would wake the connection twice. Only HTTP/2 borrows the page's bytes: it releases a stream's buffer with the
    /// stream, while HTTP/1.1 keeps the buffer of an aborted connection for what follows.
    /// </summary>
    private static async Task WriteBodyAsync(HttpContext http, EncodedVariant variant)
    {
        var writer = http.Response.BodyWriter;
        if (HttpProtocol.IsHttp2(http.Request.Protocol))
        {
            LargeBlockMemoryPool.Write(writer, variant.Borrowed);
            return;
        }

        await http.Response.StartAsync();
        variant.Bytes.CopyTo(writer.GetSpan(variant.Bytes.Length));
        writer.Advance(variant.Bytes.Length);
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    private static byte[] Unzip(byte[] packed)
    {
        // The last four bytes are the length (RFC 1952, 2.3.1).
        var bytes = new byte[BinaryPrimitives.ReadInt32LittleEndian(packed.AsSpan(packed.Length - sizeof(int)))];
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        gzip.ReadExactly(bytes);
        return bytes;
    }

    private static byte[] Brotli(byte[] bytes, int quality)
    {
        const int window = 22;
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(bytes.Length)];
        return BrotliEncoder.TryCompress(bytes, packed, out var length, quality, window)
            ? packed[..length]
            : throw new InvalidOperationException($"Brotli could not pack {bytes.Length} bytes");
    }

    private sealed record EncodedVariant(byte[] Bytes, StringValues Tag, string? Coding)
    {
        public LargeBlockMemoryPool.BorrowedBlock Borrowed { get; } = new(Bytes);
    }
}
