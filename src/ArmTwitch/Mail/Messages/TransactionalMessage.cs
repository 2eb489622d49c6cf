using System.Text;
using System.Text.Encodings.Web;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Pages;

namespace ArmTwitch.Mail.Messages;

/// <summary>A short mail: words, buttons, links, a code. Both parts are made from the same list, so that they say the same.</summary>
/// <param name="Preview">What a mail program shows behind the subject.</param>
internal sealed record TransactionalMessage(string Subject, string Preview)
{
    private readonly List<(MessagePartKind Part, string Words, string Address)> parts = [];

    private enum MessagePartKind
    {
        Words,
        Button,
        Link,
        Code,
    }

    public TransactionalMessage Paragraph(string words) => Add(MessagePartKind.Words, words);

    /// <summary>A button that leads somewhere.</summary>
    public TransactionalMessage Button(string words, string address) => Add(MessagePartKind.Button, words, address);

    /// <summary>Words that lead somewhere, where there are several, or a button would say too much.</summary>
    public TransactionalMessage Link(string words, string address) => Add(MessagePartKind.Link, words, address);

    /// <summary>Something to be typed elsewhere.</summary>
    public TransactionalMessage Code(string code) => Add(MessagePartKind.Code, code);

    /// <summary>What <see cref="Outbox.Queue"/> takes.</summary>
    public MailDraft ToDraft(string cause, string to, Site site) =>
        new(cause, to, Subject, Text(site.Name, site.Origin), Html(site.Name, site.Origin));

    public string Text(string siteName, string origin)
    {
        var text = new StringBuilder();
        foreach (var (part, words, address) in parts)
        {
            text.Append(part switch
            {
                MessagePartKind.Button => $"{words}:\n{address}",
                MessagePartKind.Link => $"{PlainTextWrapper.Wrap(words)}\n{address}",
                MessagePartKind.Code => $"    {Spaced(words)}",
                _ => PlainTextWrapper.Wrap(words),
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
                MessagePartKind.Button => MailHtmlLayout.Button(words, address),
                MessagePartKind.Link => $"<p><a href=\"{Encode(address)}\">{Encode(words)}</a></p>\n",
                MessagePartKind.Code => $"<p class=\"code\">{Spaced(Encode(words))}</p>\n",
                _ => $"<p>{Encode(words)}</p>\n",
            });
        }

        return MailHtmlLayout.Wrap(
            Subject, Preview, siteName, origin, html.ToString(),
            $"<p>{Encode(siteName)}<br><a href=\"{Encode(origin)}\">{Encode(origin)}</a></p>");
    }

    private TransactionalMessage Add(MessagePartKind part, string words, string address = "")
    {
        parts.Add((part, words, address));
        return this;
    }

    /// <summary>Two groups of four are read and typed with fewer slips; the form takes them with or without the space.</summary>
    private static string Spaced(string code) => code.Length is 8 ? $"{code[..4]} {code[4..]}" : code;

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
