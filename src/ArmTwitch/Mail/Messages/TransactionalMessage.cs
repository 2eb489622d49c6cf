using System.Text;
using System.Text.Encodings.Web;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Pages;

namespace ArmTwitch.Mail.Messages;

/// <summary>A short mail of paragraphs, buttons, links and codes. Its text and its HTML are made from the same list.</summary>
/// <param name="Preview">The preview text that mail programs show after the subject.</param>
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

    public TransactionalMessage Button(string words, string address) => Add(MessagePartKind.Button, words, address);

    /// <summary>For several links in one mail, or one that is less important than a button.</summary>
    public TransactionalMessage Link(string words, string address) => Add(MessagePartKind.Link, words, address);

    /// <summary>A code to type elsewhere.</summary>
    public TransactionalMessage Code(string code) => Add(MessagePartKind.Code, code);

    /// <summary>The draft for <see cref="Outbox.Queue"/>.</summary>
    public MailDraft ToDraft(string cause, string to, Site site) =>
        new(cause, to, Subject, Text(site), Html(site));

    private string Text(Site site)
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

        return text.Append("-- \n").Append(site.Name).Append('\n').Append(site.Origin).Append('\n').ToString();
    }

    private string Html(Site site)
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
            Subject, Preview, site.Name, site.Origin, html.ToString(),
            $"<p>{Encode(site.Name)}<br><a href=\"{Encode(site.Origin)}\">{Encode(site.Origin)}</a></p>");
    }

    private TransactionalMessage Add(MessagePartKind part, string words, string address = "")
    {
        parts.Add((part, words, address));
        return this;
    }

    /// <summary>Two groups of four are easier to read and type. The form accepts them with or without the space.</summary>
    private static string Spaced(string code) => code.Length is 8 ? $"{code[..4]} {code[4..]}" : code;

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
