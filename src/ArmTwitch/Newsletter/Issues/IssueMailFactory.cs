using System.Text;
using System.Text.Encodings.Web;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Messages;
using ArmTwitch.Pages;
using Microsoft.Extensions.Options;
using MimeKit;

namespace ArmTwitch.Newsletter.Issues;

/// <summary>Makes the mail of an issue.</summary>
public sealed class IssueMailFactory(
    Site site, IOptions<NewsletterOptions> options, IOptions<MailOptions> mail, IHostEnvironment environment)
{
    private const string Why = "You get this because you asked for it and confirmed it.";

    private const string Limits = "This is general information. It cannot examine you and does not replace a doctor.";

    /// <summary>The setting that is missing before an issue can be sent, in words for the operator; null when none is.</summary>
    public string? Missing =>
        mail.Value.From.Length is 0 && !environment.IsDevelopment()
        ? "Set Mail:From first: whom the newsletter comes from, such as ArmTwitch <hello@armtwitch.example>."
        : PostalAddress.Length is 0
            ? "Set Newsletter:PostalAddress first: the sender's postal address, "
                + "which the law of many countries wants at the foot of every issue."
        : null;

    /// <summary>In Development a placeholder, so that sending can be tried.</summary>
    private string PostalAddress => options.Value.PostalAddress.Trim() is { Length: > 0 } address ? address
        : environment.IsDevelopment() ? "[No postal address yet: set Newsletter:PostalAddress]" : "";

    /// <summary>The name of the sender, as the inbox of a recipient shows it.</summary>
    public string Sender =>
        MailboxAddress.TryParse(mail.Value.From, out var from)
            ? string.IsNullOrWhiteSpace(from.Name) ? from.Address : from.Name
            : site.Name;

    public IssueMail Create(IssueContent content)
    {
        var web = site.Absolute(Issue.AddressOf(content.File.Slug));
        return new IssueMail(content.File.Subject, Html(content, web), Text(content, web));
    }

    private string Html(IssueContent content, string web)
    {
        var issueFile = content.File;
        var html = new StringBuilder($"<h1>{Encode(issueFile.Subject)}</h1>\n").Append(issueFile.Html(web, site.Origin));
        foreach (var (heading, articles) in IssueContent.Sections(content.Articles))
        {
            html.Append("<h2>").Append(Encode(heading)).Append("</h2>\n");
            foreach (var (_, article, note) in articles)
            {
                html.Append("<table role=\"presentation\" class=\"article\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\">")
                    .Append("<tr><td class=\"article-cell\"><p><a href=\"")
                    .Append(Encode(site.Absolute(article.Address))).Append("\">").Append(Encode(article.Title))
                    .Append("</a></p>").Append(note.Length > 0 ? $"<p>{Encode(note)}</p>" : "")
                    .Append("<p>").Append(Encode(article.Summary)).Append("</p></td></tr></table>\n");
            }
        }

        var foot = $"""
            <p>{Encode(Why)} <a href="{Mailing.UnsubscribePlaceholder}">Leave the newsletter</a>, or <a href="{Encode(site.Absolute("/newsletter/manage"))}">see what we keep about you</a>.</p>
            <p><a href="{Encode(web)}">Read this issue on the web</a></p>
            <p>{Encode(Limits)}</p>
            <p>{string.Join("<br>", Lines(PostalAddress).Select(Encode))}</p>
            """;
        return MailHtmlLayout.Wrap(issueFile.Subject, issueFile.Preheader, site.Name, site.Origin, html.ToString(), foot);
    }

    private string Text(IssueContent content, string web)
    {
        var issueFile = content.File;
        var text = new StringBuilder(issueFile.Subject).Append('\n')
            .Append('=', Math.Min(issueFile.Subject.Length, PlainTextWrapper.Width)).Append("\n\n")
            .Append(new IssuePlainText(web, site.Origin).Render(issueFile.Source)).Append('\n');
        foreach (var (heading, articles) in IssueContent.Sections(content.Articles))
        {
            text.Append('\n').Append(heading).Append('\n').Append('-', heading.Length).Append("\n\n");
            foreach (var (_, article, note) in articles)
                text.Append(PlainTextWrapper.Wrap(article.Title)).Append('\n')
                    .Append(note.Length > 0 ? $"{PlainTextWrapper.Wrap(note)}\n" : "").Append(PlainTextWrapper.Wrap(article.Summary)).Append('\n')
                    .Append(site.Absolute(article.Address)).Append("\n\n");
        }

        return text.Append("-- \n").Append(PlainTextWrapper.Wrap(Why))
            .Append("\nLeave the newsletter:\n").Append(Mailing.UnsubscribePlaceholder)
            .Append("\nSee what we keep about you:\n").Append(site.Absolute("/newsletter/manage"))
            .Append("\nRead this issue on the web:\n").Append(web).Append("\n\n").Append(PlainTextWrapper.Wrap(Limits)).Append("\n\n")
            .AppendJoin('\n', Lines(PostalAddress)).Append('\n').ToString();
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
