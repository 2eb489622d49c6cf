using System.Text;
using System.Text.Encodings.Web;
using ArmTwitch.Articles;
using ArmTwitch.Articles.Blocks;
using ArmTwitch.Articles.Emergency;
using ArmTwitch.Pages;

namespace ArmTwitch.Feeds;

/// <summary>An article as HTML that needs no stylesheet, with absolute links.</summary>
internal sealed class FeedHtml(Site site)
{
    public string Render(Article article)
    {
        var html = new StringBuilder();
        if (article.ReviewedBy is null)
            html.Append("<p><strong>No clinician has checked this article yet.</strong> Every fact in it names its source.</p>");
        foreach (var block in article.Read(linkBase: site.Absolute(article.Address), siteBase: site.Origin))
        {
            if (HeadingOf(block, article) is { } heading)
                html.Append("<h2>").Append(HtmlEncoder.Default.Encode(heading)).Append("</h2>");
            html.Append(block.Html);
        }

        return html.ToString();
    }

    private static string? HeadingOf(ArticleBlock block, Article article) => block switch
    {
        NamedBlock { Urgency: { } urgency } => $"{urgency.Prefix()} {CallText.Plain(urgency.Heading(article.Numbers))}",
        NamedBlock { Name: BlockName.StopReading } => "You can stop reading here",
        NamedBlock { Name: BlockName.KeyFacts } => "Key facts",
        NamedBlock { Name: BlockName.Myth } myth => $"Myth: “{myth.Argument}”",
        NamedBlock { Name: BlockName.Do } => "Do",
        NamedBlock { Name: BlockName.Dont } => "Don’t",
        _ => null,
    };
}
