using ArmTwitch.Articles.Emergency;

namespace ArmTwitch.Articles.Blocks;

/// <summary>The pictures that <c>:::picture</c> may name.</summary>
public enum PictureName
{
    Arm,
    BaseRate,
    Nerve,
    NeckRoots,
}

/// <summary>A part of an article's text, as the page shows it.</summary>
/// <param name="Html">Safe HTML: Markdig wrote it with raw HTML turned off, and every link has been checked.</param>
public abstract record ArticleBlock(string Html);

/// <summary>Headings, paragraphs, lists and tables.</summary>
/// <param name="Section">The heading of level 2 that it begins with; null when it goes on with what stands before it.</param>
public sealed record TextBlock(string Html, Heading? Section) : ArticleBlock(Html);

/// <summary>A block with a name of its own.</summary>
/// <param name="Argument">What stood behind the name, such as the claim of a myth; empty when nothing did.</param>
public sealed record NamedBlock(BlockName Name, string Argument, string Html) : ArticleBlock(Html)
{
    /// <summary>The urgency of a card; null for every other block.</summary>
    public Urgency? Urgency => Name.CardUrgency();
}
