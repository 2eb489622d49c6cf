using ArmTwitch.Data.Hashing;
using ArmTwitch.Mail;
using ArmTwitch.Pages.Forms;

namespace ArmTwitch.Newsletter.Subscribing;

/// <summary>What a reader typed into a form of the newsletter, to the letter, and what is wrong with it.</summary>
public sealed record SignUpDraft
{
    private const string Home = "/newsletter";

    /// <summary>Shown where an address is refused.</summary>
    internal const string BadAddress = "Enter an e-mail address like name@example.com.";

    public string Email { get; init; } = "";

    /// <summary>The page that the form stands on.</summary>
    public string Page { get; init; } = Home;

    /// <summary>The page that the form stands on, or the newsletter's own when that is no page of this site.</summary>
    public string KnownPage => IsPage(Page) ? Page : Home;

    /// <summary>The trap: people do not see this field, programs fill it in.</summary>
    public string Honeypot { get; init; } = "";

    public FormErrors Errors { get; init; } = FormErrors.None;

    public static SignUpDraft Read(PostedForm form) => new() { Email = form["email"], Page = form["page"], Honeypot = form["website"] };

    public SignUpDraft With(string message, string field = "") => this with { Errors = Errors.With(field, message) };

    /// <summary>The same with everything that is wrong with it.</summary>
    /// <param name="address">Null when the address is wrong.</param>
    public SignUpDraft Check(out EmailAddress? address) =>
        EmailAddress.TryParse(Email, out address) ? this
        : With(Email.Trim().Length is 0 ? "Enter your e-mail address." : BadAddress, "email");

    /// <summary>The form as it is stored. A page that is no address on this site is not stored.</summary>
    internal SubscriptionRequest ToForm(SubscriptionRequestKind kind, EmailAddress address, ClientNetwork network, DateTimeOffset now) => new()
    {
        Kind = kind,
        Email = address.Text,
        Page = KnownPage,
        Wording = ConsentWording.Version,
        Network = network.Widest.Today,
        At = now,
    };

    private static bool IsPage(string page) =>
        page is ['/', not '/', ..] or "/" && page.Length <= ConsentRecord.MaxPageLength
        && page.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '-');
}
