using System.Net;
using System.Net.WebSockets;
using System.Text.RegularExpressions;
using ArmTwitch.Benchmarks.Measurement;
using OtpNet;

namespace ArmTwitch.Benchmarks.Replicas;

/// <summary>
/// A moderator who has joined with a password and an app, and keeps a screen open as a browser does: the page, and the WebSocket of its
/// circuit, both through the proxy. When the line breaks, both are opened again with the same cookie; nobody signs in anew.
/// </summary>
internal sealed partial class SignedInModerator(string name, Uri site, SelfSignedCertificate certificate, ReplicaTimeline timeline)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250), Patience = TimeSpan.FromSeconds(10),
        Limit = TimeSpan.FromMinutes(1);

    private readonly CookieContainer cookies = new();
    private readonly Uri queue = new(site, "/moderation/queue");
    private string lastFault = "none";

    /// <exception cref="BenchmarkException">The invitation was not taken.</exception>
    public async Task JoinAsync(string invitation, CancellationToken cancellationToken)
    {
        using var client = LoopbackPorts.NewClient(certificate, cookies);
        var address = new Uri(site, invitation);
        var page = await client.GetStringAsync(address, cancellationToken);
        var fields = HiddenField().Matches(page)
            .ToDictionary(field => field.Groups["name"].Value, field => WebUtility.HtmlDecode(field.Groups["value"].Value));
        var key = AppKey().Match(page).Groups["key"].Value.Replace(" ", "", StringComparison.Ordinal);
        (fields["name"], fields["password"]) = (name, "correct horse battery");
        fields["code"] = new Totp(Base32Encoding.ToBytes(key)).ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime);
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await client.PostAsync(address, form, cancellationToken);
        var said = await answer.Content.ReadAsStringAsync(cancellationToken);
        if (!said.Contains("Your account is ready", StringComparison.Ordinal))
            throw new BenchmarkException($"{name} could not join ({(int)answer.StatusCode}): {said}");
    }

    /// <exception cref="BenchmarkException">They were signed out, or got no screen for too long.</exception>
    public async Task WatchAsync(CancellationToken stop)
    {
        using var client = LoopbackPorts.NewClient(certificate, cookies);
        for (var seen = timeline.Now; !stop.IsCancellationRequested; await Task.Delay(Pause, CancellationToken.None))
        {
            try
            {
                if (!await HasPageAsync(client))
                    continue;
                using var circuit = await ConnectAsync();
                var end = AwaitEndAsync(circuit);
                for (; !end.IsCompleted && !stop.IsCancellationRequested; await Task.Delay(Pause, CancellationToken.None))
                {
                    await circuit.SendAsync(Ping, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
                    if (!await HasPageAsync(client) || end.IsCompleted)
                        continue;
                    seen = timeline.Now;
                    timeline.Screen(name);
                }

                circuit.Abort();
                await end;
            }
            catch (Exception gone) when (gone is HttpRequestException or WebSocketException or OperationCanceledException or IOException)
            {
                lastFault = gone.GetBaseException().Message;
            }

            if (timeline.Now - seen > Limit)
                throw new BenchmarkException($"{name} had no screen for {Limit.TotalSeconds} s; the last fault was: {lastFault}");
        }
    }

    /// <summary>A ping of SignalR as MessagePack behind its length.</summary>
    private static byte[] Ping => [2, 0x91, 6];

    /// <summary>Whether the page comes, for somebody who is signed in.</summary>
    private async Task<bool> HasPageAsync(HttpClient client)
    {
        using var answer = await client.GetAsync(queue, CancellationToken.None);
        if (answer.StatusCode is HttpStatusCode.OK)
            return true;
        lastFault = $"{(int)answer.StatusCode} {answer.Headers.Location}";
        return answer.Headers.Location is null
            ? false
            : throw new BenchmarkException($"{name} was signed out: {lastFault}");
    }

    /// <summary>The connection of a circuit, after the handshake of SignalR.</summary>
    private async Task<ClientWebSocket> ConnectAsync()
    {
        var socket = new ClientWebSocket();
        try
        {
            (socket.Options.Cookies, socket.Options.Proxy) = (cookies, null);
            socket.Options.RemoteCertificateValidationCallback = (_, shown, _, _) => certificate.Is(shown);
            using var patience = new CancellationTokenSource(Patience);
            await socket.ConnectAsync(new UriBuilder(site) { Scheme = "wss", Path = "/_blazor" }.Uri, patience.Token);
            await socket.SendAsync(
                "{\"protocol\":\"blazorpack\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, patience.Token);
            await socket.ReceiveAsync(new byte[100], patience.Token);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task AwaitEndAsync(ClientWebSocket circuit)
    {
        try
        {
            while ((await circuit.ReceiveAsync(new byte[4096], CancellationToken.None)).MessageType is not WebSocketMessageType.Close)
            {
            }
        }
        catch (WebSocketException)
        {
            // The line broke.
        }
    }

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)""")]
    private static partial Regex HiddenField();

    [GeneratedRegex("""<code class="key">(?<key>[^<]+)</code>""")]
    private static partial Regex AppKey();
}
