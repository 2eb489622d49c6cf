using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MimeKit;

namespace ArmTwitch.Tests.Mail;

/// <summary>A step of the conversation at which the server can misbehave.</summary>
public enum SmtpStage
{
    Greeting,
    Hello,
    Login,
    From,
    To,
    Data,

    /// <summary>The first part of the text.</summary>
    Text,

    /// <summary>The final dot.</summary>
    Dot,
}

/// <summary>A mail server that keeps its mails, and misbehaves as <see cref="Answer"/> says.</summary>
public sealed class FakeSmtpServer : IDisposable
{
    /// <summary>As an answer: close the connection.</summary>
    public const string Drop = "drop";

    /// <summary>As an answer: never answer.</summary>
    public const string Silence = "silence";

    /// <summary>As an answer: send single bytes, and never the end of the line.</summary>
    public const string Drip = "drip";

    private const int LengthOfCode = 4;

    private static readonly TimeSpan BetweenDrops = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentQueue<byte[]> mails = [];
    private readonly Lock change = new();
    private TcpListener listener = new(IPAddress.Loopback, 0);
    private CancellationTokenSource end = new();
    private int links;

    public FakeSmtpServer()
    {
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _ = AcceptAsync(listener, end.Token);
    }

    public int Port { get; }

    /// <summary>The answer at a step to a line of the client; null for the usual one.</summary>
    public Func<SmtpStage, string, string?> Answer { get; set; } = (_, _) => null;

    /// <summary>With a certificate the server offers STARTTLS, or implicit TLS.</summary>
    public X509Certificate2? Certificate { get; init; }

    public bool IsTlsFromTheStart { get; init; }

    /// <summary>The accepted mails.</summary>
    public IReadOnlyList<MimeMessage> Mails => [.. mails.Select(mail => MimeMessage.Load(new MemoryStream(mail)))];

    /// <summary>How many connections were opened.</summary>
    public int Links => links;

    public (string Key, string Value)[] Settings(params (string Key, string Value)[] more) =>
        [("Mail:Host", "127.0.0.1"), ("Mail:Port", $"{Port}"), ("Mail:From", "ArmTwitch <hello@armtwitch.test>"), .. more];

    /// <summary>Closes every connection and refuses new ones.</summary>
    public void Stop()
    {
        lock (change)
        {
            end.Cancel();
            listener.Stop();
        }
    }

    /// <summary>Listens again on the same port.</summary>
    public void Start()
    {
        Stop();
        lock (change)
        {
            end.Dispose();
            (listener, end) = (new TcpListener(IPAddress.Loopback, Port), new CancellationTokenSource());
            listener.Start();
            _ = AcceptAsync(listener, end.Token);
        }
    }

    public void Dispose()
    {
        end.Cancel();
        listener.Dispose();
        end.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener, CancellationToken stop)
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await listener.AcceptTcpClientAsync(stop);
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                return;
            }

            _ = ServeAsync(client, stop);
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken stop)
    {
        Interlocked.Increment(ref links);
        using (client)
        {
            client.NoDelay = true;
            try
            {
                await using Stream plain = client.GetStream();
                await using var stream = IsTlsFromTheStart ? await BeginTlsAsync(plain, stop) : plain;
                await TalkAsync(stream, IsTlsFromTheStart, stop);
            }
            catch (Exception)
            {
                // The client disconnected, or was disconnected.
            }
        }
    }

    private async Task<Stream> BeginTlsAsync(Stream plain, CancellationToken stop)
    {
        var stream = new SslStream(plain);
        await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Certificate }, stop);
        return stream;
    }

    private async Task TalkAsync(Stream stream, bool isTls, CancellationToken stop, bool isGreeting = true)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
        if (isGreeting)
            await SayAsync(SmtpStage.Greeting, "", "220 sink");
        while (await reader.ReadLineAsync(stop) is { } line)
        {
            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "EHLO":
                    await SayAsync(SmtpStage.Hello, line, $"250-sink\r\n250-SIZE "
                        + $"50000000\r\n{(Certificate is null || isTls ? "" : "250-STARTTLS\r\n")}250-AUTH PLAIN\r\n250 8BITMIME");
                    break;
                case "STARTTLS" when Certificate is not null && !isTls:
                    await WriteAsync("220 go on");
                    await using (var secret = await BeginTlsAsync(stream, stop))
                        await TalkAsync(secret, isTls: true, stop, isGreeting: false);
                    return;
                case "AUTH":
                    await SayAsync(SmtpStage.Login, line, "235 welcome");
                    break;
                case "MAIL":
                    await SayAsync(SmtpStage.From, line, "250 ok");
                    break;
                case "RCPT":
                    await SayAsync(SmtpStage.To, line, "250 ok");
                    break;
                case "DATA" when await SayAsync(SmtpStage.Data, line, "354 go on"):
                    await ReadTextAsync();
                    break;
                case "DATA":
                    break;
                case "QUIT":
                    await WriteAsync("221 bye");
                    return;
                default:
                    await WriteAsync("250 ok");
                    break;
            }
        }

        async Task ReadTextAsync()
        {
            var text = new StringBuilder();
            var isNew = true;
            while (await reader.ReadLineAsync(stop) is { } part && part is not ".")
            {
                text.Append(part.StartsWith('.') ? part[1..] : part).Append("\r\n");
                if (isNew && Answer(SmtpStage.Text, part) is Drop)
                    throw new IOException("Dropped");
                isNew = false;
            }

            if (await SayAsync(SmtpStage.Dot, "", "250 taken"))
                mails.Enqueue(Encoding.Latin1.GetBytes(text.ToString()));
        }

        async Task<bool> SayAsync(SmtpStage moment, string said, string usual)
        {
            var answer = Answer(moment, said);
            if (answer is Drop)
                throw new IOException("Dropped");
            if (answer is Silence)
                await Task.Delay(Timeout.Infinite, stop);
            for (var drop = 0; answer is Drip; drop++)
            {
                await stream.WriteAsync(new[] { drop < LengthOfCode ? (byte)usual[drop] : (byte)'.' }, stop);
                await Task.Delay(BetweenDrops, stop);
            }

            await WriteAsync(answer ?? usual);
            return answer is null;
        }

        async Task WriteAsync(string words)
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes($"{words}\r\n"), stop);
            if (words.StartsWith("421", StringComparison.Ordinal))
                throw new IOException("Closed");
        }
    }
}
