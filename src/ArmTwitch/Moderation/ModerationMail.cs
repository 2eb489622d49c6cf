using System.Net;
using System.Text;
using ArmTwitch.Mail;
using ArmTwitch.Pages;

namespace ArmTwitch.Moderation;

/// <summary>A mail of a few paragraphs, each with a link below it or none.</summary>
internal sealed class ModerationMail(Site site)
{
    private readonly List<(string Words, string? Address)> paragraphs = [];

    public ModerationMail Say(string words, string? address = null)
    {
        paragraphs.Add((words, address));
        return this;
    }

    public OutgoingMail To(string recipient, string subject, string cause, DateTimeOffset now, TimeSpan wait, string? unsubscribeAddress = null) => new()
    {
        Cause = cause,
        To = recipient,
        Subject = subject,
        Text = Text(),
        Html = Html(),
        UnsubscribeAddress = unsubscribeAddress,
        MessageId = $"{Guid.CreateVersion7():N}@{new Uri(site.Origin).Host}",
        QueuedAt = now,
        DueAt = now + wait,
    };

    private string Text()
    {
        var text = new StringBuilder();
        foreach (var (words, address) in paragraphs)
            text.Append(words).Append('\n').Append(address is null ? "" : $"{address}\n").Append('\n');
        return text.ToString().TrimEnd() + '\n';
    }

    private string Html()
    {
        var html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><body>\n");
        foreach (var (words, address) in paragraphs)
        {
            html.Append("<p>").Append(WebUtility.HtmlEncode(words));
            if (WebUtility.HtmlEncode(address) is { } link)
                html.Append("<br><a href=\"").Append(link).Append("\">").Append(link).Append("</a>");
            html.Append("</p>\n");
        }

        return html.Append("</body></html>\n").ToString();
    }
}
