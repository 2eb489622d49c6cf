using System.Net;

namespace ArmTwitch.Benchmarks.Measurement;

/// <summary>One answer of a server, as it came over the wire.</summary>
/// <param name="Coding">The content coding; empty when the body is not encoded.</param>
/// <param name="Headers">What the page itself says, without what differs from server to server.</param>
internal sealed record RecordedResponse(
    HttpStatusCode Status, string Coding, string ContentType, string Tag, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>What every server writes in its own way.</summary>
    private static readonly string[] ServersOwn = ["Connection", "Date", "ETag", "Server", "Transfer-Encoding", "Vary"];

    public static async Task<RecordedResponse> ToAsync(
        RequestVariant asked, Uri server, HttpClient client, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, server)
        {
            Version = asked.Version,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact
        };
        foreach (var (name, value) in asked.Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await client.SendAsync(request, cancellationToken);

        var (headers, content) = (answer.Headers.NonValidated, answer.Content.Headers.NonValidated);
        string ContentHeader(string name) => content.TryGetValues(name, out var values) ? values.ToString() : "";
        return new RecordedResponse(
            answer.StatusCode,
            ContentHeader("Content-Encoding"),
            ContentHeader("Content-Type"),
            headers.TryGetValues("ETag", out var tag) ? tag.ToString() : "",
            headers.Where(header => !ServersOwn.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
                .ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await answer.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    /// <summary>Whether a reader could not tell the two apart.</summary>
    public bool Equals(RecordedResponse? other) =>
        other is not null && (Status, Coding, ContentType) == (other.Status, other.Coding, other.ContentType)
        && Headers.Count == other.Headers.Count && Headers.All(header => other.Headers.GetValueOrDefault(header.Key) == header.Value)
        && Body.AsSpan().SequenceEqual(other.Body);

    public override int GetHashCode() => HashCode.Combine(Status, Coding, Body.Length);

    public override string ToString() => $"{(int)Status}, {Coding}, {ContentType}, {Body.Length} bytes, {string.Join("; ", Headers)}";
}

/// <summary>How a page is asked for.</summary>
internal sealed record RequestVariant(Version Version, params IReadOnlyCollection<(string Name, string Value)> Headers)
{
    public static RequestVariant In(string coding, bool http2 = false) => new(VersionOf(http2), ("Accept-Encoding", coding));

    /// <param name="tag">The entity tag of the page that the reader has.</param>
    public static RequestVariant Again(string tag, bool http2 = false) =>
        new(VersionOf(http2), ("Accept-Encoding", "br"), ("If-None-Match", tag));

    private static Version VersionOf(bool http2) => http2 ? HttpVersion.Version20 : HttpVersion.Version11;
}
