using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ArmTwitch.Tests.Mail.Crash;

/// <summary>A fast mail server that accepts everything, and counts by Message-ID.</summary>
/// <remarks>A mail counts even if the sender was killed before it read the answer.</remarks>
public sealed class CountingSmtpServer : IDisposable
{
    private const int BufferSize = 64 * 1024;

    private static readonly byte[] EndOfMail = "\r\n.\r\n"u8.ToArray(), EndOfLine = "\r\n"u8.ToArray();

    private readonly ConcurrentDictionary<string, int> taken = new();
    private readonly ConcurrentDictionary<Socket, bool> open = new();
    private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TcpListener listener = new(IPAddress.Loopback, 0);
    private volatile bool isStopped;
    private long count, bytes;

    public CountingSmtpServer()
    {
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _ = AcceptAsync(listener);
    }

    public int Port { get; }

    /// <summary>How many mails it accepted.</summary>
    public long Count => Interlocked.Read(ref count);

    /// <summary>Their length together.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>How many it accepted more than once.</summary>
    public int Doubles => taken.Count(mail => mail.Value > 1);

    /// <summary>Completes when the first mail has arrived; that one is accepted at once.</summary>
    public Task Begun => begun.Task;

    /// <summary>Until it completes, only the first mail is accepted. To be set before that one arrives.</summary>
    public Task MayTake { get; set; } = Task.CompletedTask;

    public bool Has(string messageId) => taken.ContainsKey(messageId);

    public void Forget()
    {
        taken.Clear();
        Interlocked.Exchange(ref count, 0);
        Interlocked.Exchange(ref bytes, 0);
    }

    /// <summary>Breaks every connection at once, and refuses new ones.</summary>
    public void Stop()
    {
        isStopped = true;
        listener.Stop();
        foreach (var socket in open.Keys)
            socket.Dispose();
    }

    /// <summary>Listens again on the same port.</summary>
    public void Start()
    {
        isStopped = false;
        listener = new TcpListener(IPAddress.Loopback, Port);
        listener.Start();
        _ = AcceptAsync(listener);
    }

    public void Dispose() => listener.Dispose();

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
                _ = ServeAsync(await listener.AcceptSocketAsync());
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // It was stopped.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            using (socket)
            {
                open[socket] = true;
                if (isStopped)
                    return;
                socket.NoDelay = true;
                await TalkAsync(socket);
            }
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // The sender was killed, or this was stopped.
        }
        finally
        {
            open.TryRemove(socket, out _);
        }
    }

    private async Task TalkAsync(Socket socket)
    {
        var (buffer, filled, answers, isText) = (new byte[BufferSize], 0, new StringBuilder("220 sink\r\n"), false);
        while (true)
        {
            if (answers.Length > 0)
                await socket.SendAsync(Encoding.ASCII.GetBytes(answers.ToString()));
            answers.Clear();
            if (filled == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
            var read = await socket.ReceiveAsync(buffer.AsMemory(filled));
            if (read is 0)
                return;
            filled += read;
            while (buffer.AsSpan(0, filled).IndexOf(isText ? EndOfMail : EndOfLine) is var end and >= 0)
            {
                var length = end + (isText ? EndOfMail.Length : EndOfLine.Length);
                if (isText)
                {
                    if (!begun.TrySetResult())
                        await MayTake;
                    answers.Append("250 2.0.0 taken as ").Append(Take(buffer.AsSpan(0, length))).Append(EndOf);
                }
                else if (Answer(buffer.AsSpan(0, end)) is { } words)
                    answers.Append(words).Append(EndOf);
                isText = !isText && buffer.AsSpan(0, end).StartsWith("DATA"u8);
                buffer.AsSpan(length, filled - length).CopyTo(buffer);
                filled -= length;
            }
        }
    }

    private const string EndOf = "\r\n";

    private static string? Answer(ReadOnlySpan<byte> command) => command switch
    {
        _ when command.StartsWith("EHLO"u8) => "250-sink\r\n250-PIPELINING\r\n250-SIZE 50000000\r\n250-ENHANCEDSTATUSCODES\r\n250 8BITMIME",
        _ when command.StartsWith("DATA"u8) => "354 go on",
        _ when command.StartsWith("QUIT"u8) => "221 2.0.0 bye",
        _ => "250 2.1.0 ok",
    };

    /// <returns>A queue id, as mail servers return for each mail.</returns>
    private long Take(ReadOnlySpan<byte> mail)
    {
        var id = mail[(mail.IndexOf("\r\nMessage-Id: <"u8) + 15)..];
        taken.AddOrUpdate(Encoding.ASCII.GetString(id[..id.IndexOf((byte)'>')]), 1, (_, before) => before + 1);
        Interlocked.Add(ref bytes, mail.Length);
        return Interlocked.Increment(ref count);
    }
}
