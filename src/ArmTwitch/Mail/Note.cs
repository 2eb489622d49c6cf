using System.Text;
using System.Text.Encodings.Web;
using ArmTwitch.Pages;

namespace ArmTwitch.Mail;

/// <summary>A short mail: words, buttons, links, a code. Both parts are made from the same list, so that they say the same.</summary>
/// <param name="Preview">What a mail program shows behind the subject.</param>
internal sealed record Note(string Subject, string Preview)
{
    private readonly List<(NotePart Part, string Words, string Address)> parts = [];

    private enum NotePart
    {
        Words,
        Button,
        Link,
        Code,
    }

    public Note Say(string words) => With(NotePart.Words, words);

    /// <summary>A button that leads somewhere.</summary>
    public Note Lead(string words, string address) => With(NotePart.Button, words, address);

    /// <summary>Words that lead somewhere, where there are several, or a button would say too much.</summary>
    public Note Point(string words, string address) => With(NotePart.Link, words, address);

    /// <summary>Something to be typed elsewhere.</summary>
    public Note Show(string code) => With(NotePart.Code, code);

    /// <summary>What <see cref="Outbox.Queue"/> takes.</summary>
    public MailDraft Draft(string cause, string to, Site site) => new(cause, to, Subject, Text(site.Name, site.Origin), Html(site.Name, site.Origin));

    public string Text(string siteName, string origin)
    {
        var text = new StringBuilder();
        foreach (var (part, words, address) in parts)
        {
            text.Append(part switch
            {
                NotePart.Button => $"{words}:\n{address}",
                NotePart.Link => $"{MailText.Wrap(words)}\n{address}",
                NotePart.Code => $"    {Spaced(words)}",
                _ => MailText.Wrap(words),
            }).Append("\n\n");
        }

        return text.Append("-- \n").Append(siteName).Append('\n').Append(origin).Append('\n').ToString();
    }

    public string Html(string siteName, string origin)
    {
        var html = new StringBuilder();
        foreach (var (part, words, address) in parts)
        {
            html.Append(part switch
            {
                NotePart.Button => MailFrame.Button(words, address),
                NotePart.Link => $"<p><a href=\"{Encode(address)}\">{Encode(words)}</a></p>\n",
                NotePart.Code => $"<p class=\"code\">{Spaced(Encode(words))}</p>\n",
                _ => $"<p>{Encode(words)}</p>\n",
            });
        }

        return MailFrame.Wrap(Subject, Preview, siteName, origin, html.ToString(), $"<p>{Encode(siteName)}<br><a href=\"{Encode(origin)}\">{Encode(origin)}</a></p>");
    }

    private Note With(NotePart part, string words, string address = "")
    {
        parts.Add((part, words, address));
        return this;
    }

    /// <summary>Two groups of four are read and typed with fewer slips; the form takes them with or without the space.</summary>
    private static string Spaced(string code) => code.Length is 8 ? $"{code[..4]} {code[4..]}" : code;

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
