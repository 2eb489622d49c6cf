using ArmTwitch.Articles.Blocks;
using ArmTwitch.Articles.MarkdownDialect;

namespace ArmTwitch.Articles;

/// <summary>A page such as /about, which is neither reviewed nor listed.</summary>
public sealed record InformationPage(Slug Slug, string Title, string Summary, DateOnly LastReviewedOn, string Source)
{
    public string Address => $"/{Slug}";

    /// <summary>The path below the content folder.</summary>
    public string File => $"pages/{Slug}.md";

    public IReadOnlyList<ArticleBlock> Read() => ArticleMarkdownRenderer.Render(Source);
}
