using System.ComponentModel.DataAnnotations;
using System.Net;
using ArmTwitch.Pages;
using MimeKit;

namespace ArmTwitch.Mail;

/// <summary>How mails are sent. Without <see cref="Host"/> they become files in the data folder.</summary>
public sealed class MailOptions
{
    /// <summary>In seconds.</summary>
    private const double Day = 86_400, Tick = 0.01;

    private const int PlainPort = 25, StartTlsPort = 587, TlsPort = 465;

    /// <summary>The mail server; empty for files in <c>data/mail</c>.</summary>
    [MailHost]
    public string Host { get; init; } = "";

    /// <summary>Whether mails may stay files in <c>data/mail</c> outside Development, for another program to pick up.</summary>
    public bool Pickup { get; init; }

    /// <summary>By default the usual port for <see cref="Security"/>.</summary>
    [Range(1, 65535)]
    public int? Port { get; init; }

    /// <summary>By default StartTls, and None for a server on this machine.</summary>
    public MailSecurity? Security { get; init; }

    public string User { get; init; } = "";

    public string Password { get; init; } = "";

    /// <summary>The sender: an address, or a name and an address. In Development the default is no-reply at the site's host.</summary>
    [Mailbox]
    public string From { get; init; } = "";

    /// <summary>The envelope sender, to which bounces go; empty for <see cref="From"/>.</summary>
    [Mailbox]
    public string ReturnPath { get; init; } = "";

    /// <summary>A mailbox to which a subscriber can write to unsubscribe; empty for none. A person or a tool has to read it.</summary>
    [MailtoAddress]
    public string UnsubscribeMailto { get; init; } = "";

    /// <summary>How many mails are sent at the same time, each over its own connection.</summary>
    [Range(1, 100)]
    public int Connections { get; init; } = 4;

    /// <summary>The most mails a second over all connections of this program; 0 for no limit.</summary>
    [Range(0.0, 10_000.0)]
    public double PerSecond { get; init; }

    /// <summary>How often the program looks for due mails.</summary>
    [Range(Tick, 3600.0)]
    public double PollSeconds { get; init; } = 5;

    /// <summary>The wait after each try that failed for now; after the last one the mail is refused.</summary>
    /// <remarks>Empty, because configuration adds to a default list and does not replace it.</remarks>
    [MinutesList]
    public IReadOnlyList<double> RetryMinutes { get; init; } = [];

    /// <summary>How long connecting, or sending one mail, may take.</summary>
    [Range(Tick, Day)]
    public double TimeoutSeconds { get; init; } = 60;

    /// <summary>How long a claimed mail belongs to one program; after that another one may recover it.</summary>
    [Range(Tick, Day)]
    public double LeaseSeconds { get; init; } = 120;

    /// <summary>When mails are due and none leaves for so long, <c>/health/ready</c> is degraded and the log says so.</summary>
    [Range(Tick, 1440.0)]
    public double StalledMinutes { get; init; } = 5;

    internal MailSecurity SecurityInUse => Security ?? (IsOnThisMachine ? MailSecurity.None : MailSecurity.StartTls);

    internal int PortInUse => Port ?? SecurityInUse switch
    {
        MailSecurity.None => PlainPort,
        MailSecurity.StartTls => StartTlsPort,
        _ => TlsPort,
    };

    internal bool IsOnThisMachine => Host is "localhost" || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>The mail server as the log names it.</summary>
    internal string Server => $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{PortInUse}";

    /// <summary>The envelope sender of a mail.</summary>
    internal MailboxAddress Sender(MailboxAddress from) => MailboxAddress.TryParse(ReturnPath, out var path) ? path : from;

    internal TimeSpan StalledAfter => TimeSpan.FromMinutes(StalledMinutes);

    internal TimeSpan Lease => TimeSpan.FromSeconds(LeaseSeconds);

    /// <summary>Shorter than the lease: another program could otherwise recover a mail that is still being sent.</summary>
    internal TimeSpan Timeout => TimeSpan.FromSeconds(Math.Min(TimeoutSeconds, LeaseSeconds * 0.8));
}

/// <summary>How the connection to the mail server is encrypted.</summary>
public enum MailSecurity
{
    None,

    /// <summary>STARTTLS (RFC 3207). A server that does not offer it is not used.</summary>
    StartTls,

    /// <summary>Implicit TLS (RFC 8314).</summary>
    Tls,
}

/// <summary>The name or IP address of a machine, or empty.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MailHostAttribute()
    : ValidationAttribute("be the name or the IP address of a mail server, with no port, such as smtp.example.org")
{
    public override bool IsValid(object? value) =>
        value is "" || (value is string host && Uri.CheckHostName(host) is not UriHostNameType.Unknown);
}

/// <summary>A mailbox (RFC 5322, 3.4), or empty.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MailboxAttribute()
    : ValidationAttribute("be an address such as hello@armtwitch.example, or ArmTwitch <hello@armtwitch.example>")
{
    public override bool IsValid(object? value) =>
        value is "" || (value is string text && !text.Any(char.IsControl)
            && MailboxAddress.TryParse(text, out var mailbox) && mailbox.Domain.Length > 0);
}

/// <summary>A list of waits in minutes, each at most a day.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MinutesListAttribute() : ValidationAttribute("hold numbers between 0 and 1440")
{
    private const double Day = 1440;

    public override bool IsValid(object? value) => value is IEnumerable<double> all && all.All(minutes => minutes is >= 0 and <= Day);
}
