using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ArmTwitch.Pages.Forms;

/// <summary>The fields of a form that a reader sent, and whether it may be taken. A field that comes twice counts once.</summary>
/// <param name="Status">200 when it may be taken; else the status of the refusal: 400, 403, 413 or 415.</param>
public sealed record PostedForm(int Status, IReadOnlyDictionary<string, StringValues> Fields)
{
    /// <summary>The longest body that is taken, in bytes.</summary>
    public const int MaxLength = 64 * 1024;

    /// <summary>Of a longer body this much is read, so that its words can be given back.</summary>
    private const int MostRead = 256 * 1024;

    private const int MaxFields = 64;

    public bool IsTaken => Status is StatusCodes.Status200OK;

    /// <summary>Whether there is nothing to give back: the status is the whole answer.</summary>
    public bool IsUnreadable => !IsTaken && Fields.Count is 0;

    public string this[string field] => Fields.GetValueOrDefault(field) is { Count: > 0 } values ? values[0] ?? "" : "";

    /// <summary>What to tell the reader when the form may not be taken.</summary>
    /// <param name="typed">What the form still holds, such as <c>Your text</c>.</param>
    /// <param name="limit">What to shorten, such as <c>the note to 500 characters</c>; null when no field takes long texts.</param>
    public string Explain(string typed, string? limit = null) => Status switch
    {
        StatusCodes.Status403Forbidden =>
            $"The form did not come from this page, or the page was open for a long time. {typed} is still here: please send it again.",
        StatusCodes.Status413PayloadTooLarge when limit is not null => $"That is too long to take. Shorten {limit} and send it again.",
        _ => "The form could not be read. Please send it again.",
    };

    /// <summary>Reads the form for a parameter of an endpoint; see <see cref="FormEndpoint.AsForm"/>.</summary>
    public static async ValueTask<PostedForm> BindAsync(HttpContext http) =>
        await ReadAsync(http, http.RequestServices.GetRequiredService<CrossSiteGuard>());

    /// <summary>Reads the body of a request, whoever sent it.</summary>
    public static async Task<PostedForm> ReadAsync(HttpContext http, CrossSiteGuard guard)
    {
        var request = http.Request;
        if (!IsForm(request.ContentType))
            return Rejected(StatusCodes.Status415UnsupportedMediaType);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MostRead;

        try
        {
            var (bytes, isWhole) = await ReadBytesAsync(request.Body, http.RequestAborted);
            if (!isWhole)
                return Rejected(StatusCodes.Status413PayloadTooLarge);
            using var reader = new FormReader(Encoding.UTF8.GetString(bytes)) { ValueCountLimit = MaxFields, ValueLengthLimit = MostRead };
            var fields = WithoutNull(await reader.ReadFormAsync(http.RequestAborted));
            return new PostedForm(
                bytes.Length > MaxLength ? StatusCodes.Status413PayloadTooLarge
                    : guard.IsCrossSite(request) ? StatusCodes.Status403Forbidden
                    : StatusCodes.Status200OK, fields);
        }
        catch (Exception malformed) when (IsMalformed(malformed))
        {
            return Rejected(StatusOf(malformed));
        }
    }

    /// <summary>
    /// Whether the client sent a body that cannot be read: a chunk size that is no number, a part in an unknown encoding. The framework's
    /// form reader does not always throw <see cref="BadHttpRequestException"/> then.
    /// </summary>
    public static bool IsMalformed(Exception failed) =>
        failed is InvalidDataException or IOException or NotSupportedException or FormatException;

    /// <summary>The status for a body that <see cref="IsMalformed"/>.</summary>
    public static int StatusOf(Exception malformed) => malformed switch
    {
        BadHttpRequestException refused => refused.StatusCode,
        NotSupportedException => StatusCodes.Status415UnsupportedMediaType,
        _ => StatusCodes.Status400BadRequest,
    };

    /// <summary>Browsers send forms in UTF-8 without a charset; any other encoding could only be guessed.</summary>
    private static bool IsForm(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
        && type.Charset.ToString().Trim('"').ToLowerInvariant() is "" or "utf-8" or "us-ascii";

    /// <summary>Removes U+0000, which PostgreSQL refuses in text.</summary>
    private static Dictionary<string, StringValues> WithoutNull(Dictionary<string, StringValues> fields) => fields.ToDictionary(
        field => field.Key, field => new StringValues([.. field.Value.Select(value => value?.Replace("\0", "", StringComparison.Ordinal))]),
        fields.Comparer);

    private static PostedForm Rejected(int status) => new(status, new Dictionary<string, StringValues>());

    private static async Task<(byte[] Bytes, bool IsWhole)> ReadBytesAsync(Stream body, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var piece = new byte[8 * 1024];
        int read;
        while ((read = await body.ReadAsync(piece, cancellationToken)) > 0)
        {
            bytes.Write(piece, 0, read);
            if (bytes.Length > MostRead)
                return ([], false);
        }

        return (bytes.ToArray(), true);
    }
}
