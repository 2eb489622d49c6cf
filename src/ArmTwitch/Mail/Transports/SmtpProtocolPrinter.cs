using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailKit;

namespace ArmTwitch.Mail.Transports;

/// <summary>
/// Prints the conversation with a mail server line by line, without the password and without the text of the mail.
/// </summary>
internal sealed class SmtpProtocolPrinter(TextWriter output) : IProtocolLogger
{
    private long textBytes = -1;

    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    private bool IsText => textBytes >= 0;

    public void Connected(Socket socket)
    {
        if (socket.RemoteEndPoint is IPEndPoint { Address: var address, Port: var port })
            output.WriteLine($"Connected to {new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, port)}");
    }

    /// <param name="fault">What is wrong with the certificate; null when it is trusted.</param>
    public void TlsBegins(X509Certificate? certificate, string? fault)
    {
        var end = (certificate as X509Certificate2)?.NotAfter.ToUniversalTime();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"TLS: certificate of {certificate?.Subject}, issued by {certificate?.Issuer}, valid until {end:yyyy-MM-dd HH:mm} UTC: "
                + $"{fault ?? "trusted"}"));
    }

    public void LogConnect(Uri uri)
    {
        // Connected has printed it.
    }

    public void LogClient(byte[] buffer, int offset, int count)
    {
        if (IsText)
        {
            textBytes += count;
            return;
        }

        var shown = buffer.AsSpan(offset, count).ToArray();
        foreach (var secret in AuthenticationSecretDetector?.DetectSecrets(buffer, offset, count) ?? [])
            shown.AsSpan(secret.StartIndex - offset, secret.Length).Fill((byte)'*');
        Print("> ", shown);
    }

    public void LogServer(byte[] buffer, int offset, int count)
    {
        if (IsText)
            output.WriteLine($"> (the mail, {textBytes} bytes)");
        textBytes = buffer.AsSpan(offset, count).StartsWith("354"u8) ? 0 : -1;
        Print("< ", buffer.AsSpan(offset, count));
    }

    public void Dispose()
    {
        // The output belongs to the caller.
    }

    private void Print(string side, ReadOnlySpan<byte> text)
    {
        foreach (var line in Encoding.UTF8.GetString(text).TrimEnd().Split('\n'))
            output.WriteLine($"{side}{new string([.. line.TrimEnd().Select(letter => char.IsControl(letter) ? '?' : letter)])}");
    }
}
