using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using ArmTwitch.Data;
using Microsoft.AspNetCore.Routing;

namespace ArmTwitch.Tests.Pages;

/// <summary>
/// Every route that the program has, whoever adds it, is sent what no browser sends, over a real socket, and is asked while the database
/// is away. It may refuse in any way but one: a 500 says that nobody has thought of it.
/// </summary>
public sealed partial class HostileRequestTests
{
    private const string Form = "application/x-www-form-urlencoded",
        Guid = "0198a000-0000-7000-8000-000000000000",
        Token = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    /// <summary>As a person would fill in any of the forms, so that a request gets as far as the database.</summary>
    private const string Filled =
        $"name=Ada&email=ada%40example.org&body=It+twitches.&website=&reason=Rude.&useful=yes&note=&token={Token}&code=12345678&action=edit&revision=1&parent={Guid}&page=%2F&password=correct";

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "NONSENSE"];

    /// <summary>Put in the place of whatever an address has to be filled in with.</summary>
    private static readonly string[] Places =
    [
        "%00", "a%00b", "%2e%2e", "..%2f..%2fetc%2fpasswd", "%ff%fe", "%c0%ae", "%ed%a0%80", "%f0%9f%92%aa", "a%0d%0aSet-Cookie:%20x=1",
        "%25%30%30", "%", "'%22--", "CON", new('a', 3000), $"{new string('/', 200)}x", "{slug}", Guid, Token,
    ];

    private static readonly string[] Queries =
    [
        "q=%00&page=%00&token=%00", "q=%ff%fe&token=%ff", "page=99999999999999999999&after=x", "page=-1", "view=&country=", "q&page&token",
        "token=%0d%0a", $"q={new string('a', 4000)}", $"token={new string('%', 50)}", "country=GB&country=US&page=1&page=2&token=a&token=b",
        "format=csv&format=xml", "name=..%2f..%2fx",
    ];

    private static readonly (string Type, string Body)[] Bodies =
    [
        (Form, Filled), (Form, ""), (Form, "%"), (Form, "a=%00&body=%00&email=%00&name=%00&token=%00&code=%00"), (Form, "%00=%00"),
        (Form, "body=%ff%fe&name=%ff&email=%ff"), (Form, "body=%ed%a0%80&name=%ed%a0%80"),
        (Form, "name=a&name=b&body=a&body=b&email=a&email=b&token=a&token=b&action=edit&action=erase"),
        (Form, string.Concat(Enumerable.Repeat("a=b&", 2000))), (Form, $"{new string('k', 3000)}=v"),
        (Form, $"body={new string('x', 70_000)}"),
        (Form, $"parent={new string('9', 400)}&revision=99999999999999999999&code={new string('9', 400)}"),
        ($"{Form}; charset=utf-7", Filled), ($"{Form}; charset=nonsense", Filled), ($"{Form}; charset=utf-16", Filled),
        ($"{Form}; charset=\"\"", Filled), ($"{Form};;;=", Filled),
        ("multipart/form-data", "--x\r\n"), ("multipart/form-data; boundary=x", "--x\r\nno header at all"),
        ("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\nno end"),
        (
            "multipart/form-data; boundary=x",
            "--x\r\nContent-Disposition: form-data; name=\"token\"\r\nContent-Type: text/plain; charset=utf-7\r\n\r\na\r\n--x--\r\n"),
        ($"multipart/form-data; boundary={new string('b', 200)}", "x"), ("multipart/form-data; boundary=x; charset=utf-7", "--x--\r\n"),
        ("application/json", "{"), ("application/json; charset=utf-7", "{}"), ("text/plain", Filled), ("nonsense", "x"), ("", "x"),
        ("\u00e4/\u00f6", "x"),
    ];

    private static readonly string[] Headers =
    [
        "X-Forwarded-For: nonsense, %00, 999.1.1.1", "X-Forwarded-Proto: javascript", "X-Forwarded-Proto: https\r\nX-Forwarded-Proto: http",
        "X-Forwarded-Host: evil.example", "Accept-Encoding: ;;;q=x, br;q=9", "If-None-Match: \"\\\", W/, *",
        "Cookie: =; ;;a=%00; .AspNetCore.Antiforgery=x; Identity.Application=CfDJ8AAAA",
        "Range: bytes=9-1", "Origin: \u00e4", "Referer: ://", "Sec-Fetch-Site: \"", $"X-Long: {new string('a', 20_000)}",
        "Accept: */*;q=nonsense", "If-Modified-Since: yesterday", "Upgrade: websocket\r\nConnection: Upgrade", "Expect: 100-continue",
        "traceparent: 00-x-y-z", "Authorization: Basic ====",
    ];

    /// <summary>What is wrong before there is a route.</summary>
    private static readonly string[] Raw =
    [
        "POST {0} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nFFFFFFFFFFFFFFFFF\r\n",
        "POST {0} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n-1\r\nx\r\n0\r\n\r\n",
        "POST {0} HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n7FFFFFFFFFFFFFFF\r\nx\r\n",
        "POST {0} HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\nConnection: close\r\n\r\n",
        "POST {0} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n",
        "GET {0} HTTP/1.1\r\nHost: evil.example:99999\r\nConnection: close\r\n\r\n",
        "GET {0} HTTP/1.1\r\nHost: \r\nConnection: close\r\n\r\n",
        "GET {0} HTTP/1.1\r\nConnection: close\r\n\r\n",
        "GET {0} HTTP/1.0\r\n\r\n",
        "GET http://evil.example{0} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
        "GET {0}\r\n\r\n",
    ];

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseKind.Sqlite, "Development")]
    [InlineData(DatabaseKind.Postgres, "Development")]
    [InlineData(DatabaseKind.Sqlite, "Production")]
    public async Task No_route_answers_anything_hostile_with_500(DatabaseKind database, string environment)
    {
        using var site = new TestSite(environment: environment, database: database, settings: [("Limits:Enabled", "false")]);
        using var visitor = site.VisitOverNetwork();
        var wrong = new ConcurrentBag<string>();

        await Parallel.ForEachAsync(
            Requests(await AddressesAsync(site, visitor)).Distinct(),
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Stop }, async (request, _) =>
            {
                // In Production, moderation is behind a proxy that speaks https.
                var sent = environment is "Production"
                    ? request.Replace("Host: localhost\r\n", "Host: localhost\r\nX-Forwarded-Proto: https\r\n", StringComparison.Ordinal)
                    : request;
                var (status, _) = await SendAsync(visitor.BaseAddress!.Port, sent);
                // 505 is the server's own answer to HTTP/0.9 (RFC 9110, 15.6.6).
                if (status is >= 500 and not 503 and not 505)
                    wrong.Add($"{status}: {Short(request)}");
            });

        Assert.True(wrong.IsEmpty, string.Join('\n', wrong.Take(40)));
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task Without_its_database_no_route_answers_with_500_and_503_says_when_to_come_back(DatabaseKind database)
    {
        var gone = new UnreachableDatabase();
        using var site = gone.Of(new TestSite(database: database, settings: [("Limits:Enabled", "false")]));
        using var visitor = site.VisitOverNetwork();
        var addresses = await AddressesAsync(site, visitor);
        gone.IsGone = true;
        var (wrong, refused) = (new ConcurrentBag<string>(), new ConcurrentBag<string>());

        await Parallel.ForEachAsync(
            addresses, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Stop }, async (address, _) =>
            {
                foreach (var request in new[]
                {
                    Request("GET", address),
                    Request("GET", $"{address}?token={Token}"),
                    Request("HEAD", address),
                    Request("POST", address, type: Form, body: Filled)
                })
                {
                    var (status, head) = await SendAsync(visitor.BaseAddress!.Port, request);
                    if (status is 503)
                        refused.Add(address);
                    if (status is >= 500 and not 503
                        || (status is 503 && !head.Contains("Retry-After: ", StringComparison.OrdinalIgnoreCase)))
                        wrong.Add($"{head.Split("\r\n")[0]}: {Short(request)}");
                }
            });

        foreach (var address in new[] { "/newsletter/subscribe", "/newsletter/manage", "/newsletter/confirm" })
        {
            using var form = new FormUrlEncodedContent(
                [KeyValuePair.Create("email", "ada@example.org"), KeyValuePair.Create("code", "12345678")]);
            using var answer = await visitor.PostAsync(new Uri(address, UriKind.Relative), form, Stop);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, 30), (answer.StatusCode, answer.Headers.RetryAfter?.Delta?.TotalSeconds));
            Assert.Contains("value=\"ada@example.org\"", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        }

        gone.IsGone = false;
        Assert.True(wrong.IsEmpty, string.Join('\n', wrong.Take(40)));
        // It does without the list of issues.
        Assert.DoesNotContain("/newsletter", refused);
        Assert.Contains("/newsletter/subscribe", refused);
        Assert.Contains($"/comments/{Token}", refused);
        Assert.Contains("/moderation/join", refused);
    }

    /// <summary>All addresses, those of moderators too, each with something likely in every place.</summary>
    private static async Task<IReadOnlyList<string>> AddressesAsync(TestSite site, HttpClient visitor)
    {
        // The routes of moderators are made when the first one comes.
        using var first = await visitor.GetAsync(new Uri("/moderation/sign-in", UriKind.Relative), Stop);
        var patterns = site.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.Trim('/')).Distinct().ToList();
        Assert.Contains("/newsletter/subscribe", patterns);
        Assert.Contains("/moderation/sign-in", patterns);
        return [.. patterns.Select(pattern => Place().Replace(pattern, place => place.Value switch
        {
            var id when id.Contains("guid", StringComparison.Ordinal) => Guid,
            "{slug}" => "arm-muscle-twitching",
            _ => Token,
        })).Distinct()];
    }

    private static IEnumerable<string> Requests(IReadOnlyList<string> addresses)
    {
        foreach (var address in addresses)
        {
            foreach (var method in Methods)
                yield return Request(method, address);
            foreach (var query in Queries)
                yield return Request("GET", $"{address}?{query}");
            foreach (var (type, body) in Bodies)
                yield return Request("POST", address, type: type, body: body);
            foreach (var header in Headers)
                yield return Request("POST", address, header, Form, Filled);
            foreach (var raw in Raw)
                yield return string.Format(CultureInfo.InvariantCulture, raw, address);
            var place = address.LastIndexOf('/');
            foreach (var hostile in Places)
            {
                yield return Request("GET", $"{address[..place]}/{hostile}");
                yield return Request("POST", $"{address[..place]}/{hostile}", type: Form, body: Filled);
            }
        }
    }

    private static string Request(string method, string address, string? header = null, string? type = null, string? body = null) =>
        $"{method} {address} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        + (header is null ? "" : $"{header}\r\n")
        + (body is null
            ? "\r\n"
            : $"{(type is "" ? "" : $"Content-Type: {type}\r\n")}Content-Length: {Encoding.Latin1.GetByteCount(body)}\r\n\r\n{body}");

    /// <returns>The status and the head of the answer; 0 when the server only closed.</returns>
    private static async Task<(int Status, string Head)> SendAsync(int port, string request)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, port, Stop);
        var stream = client.GetStream();
        var answer = new StringBuilder();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request), Stop);
            var buffer = new byte[4096];
            int read;
            while (!answer.ToString().Contains("\r\n\r\n", StringComparison.Ordinal) && (read = await stream.ReadAsync(buffer, Stop)) > 0)
                answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }
        catch (IOException)
        {
            // It has answered without reading all of it.
        }

        var head = answer.ToString().Split("\r\n\r\n")[0];
        return (
            Status().Match(head) is { Success: true } status ? int.Parse(status.Groups[1].Value, CultureInfo.InvariantCulture) : 0, head);
    }

    private static string Short(string request) => request.Length > 300 ? request[..300] : request;

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"^HTTP/1\.1 (\d{3})")]
    private static partial Regex Status();
}
