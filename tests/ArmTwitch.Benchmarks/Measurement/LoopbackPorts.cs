using System.Net;
using System.Net.Sockets;

namespace ArmTwitch.Benchmarks.Measurement;

/// <summary>The only network that is used here.</summary>
internal static class LoopbackPorts
{
    /// <summary>Ports that nobody listens on, all different.</summary>
    public static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }

    public static Uri Http(int port) => new($"http://127.0.0.1:{port}");

    public static Uri Https(int port) => new($"https://127.0.0.1:{port}");

    /// <summary>A client that takes every answer as it comes, and trusts this one certificate.</summary>
    /// <param name="cookies">Keeps what the answers set; null for a client without cookies.</param>
    public static HttpClient NewClient(SelfSignedCertificate? certificate = null, CookieContainer? cookies = null)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = cookies is not null };
        if (cookies is not null)
            handler.CookieContainer = cookies;
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => certificate?.Is(shown) is true;
        return new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(30) };
    }

    /// <summary>Whether somebody listens: much cheaper than a refused request, which would take CPU from the program that starts.</summary>
    public static async Task<bool> IsListeningAsync(int port, CancellationToken cancellationToken)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
