using System.Security.Cryptography;
using System.Text;
using ArmTwitch.Mail;

namespace ArmTwitch.Newsletter.Issues;

/// <summary>
/// Both parts of the mail of an issue. Every link is built from the site's own address; there are no tracking pixels.
/// </summary>
/// <param name="Html">With the placeholder of <see cref="Mailing.UnsubscribePlaceholder"/>.</param>
/// <param name="Text">The same.</param>
public sealed record IssueMail(string Subject, string Html, string Text)
{
    /// <summary>The size of both parts, without headers.</summary>
    public int Bytes { get; } = Encoding.UTF8.GetByteCount(Html) + Encoding.UTF8.GetByteCount(Text);

    /// <summary>What a mail program shows behind the subject when there is no preview text: the beginning of the mail.</summary>
    public string FirstWords { get; } = FirstWordsOf(Text);

    public bool IsTooBig { get; } = Encoding.UTF8.GetByteCount(Html) > MostHtml;

    /// <summary>Changes with everything that recipients see.</summary>
    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Subject}\0{Text}\0{Html}")));

    /// <summary>Gmail shows about 102 kB of a mail and hides the rest, the link to leave included.</summary>
    public const int MostHtml = 100_000;

    private static string FirstWordsOf(string text)
    {
        const int most = 150;
        var words = text.Split("\n-- \n")[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return Beginning.Of(string.Join(' ', words.Where(word => word.Any(char.IsLetterOrDigit))), most);
    }
}
