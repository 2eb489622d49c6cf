namespace ArmTwitch.Articles;

/// <summary>A group of articles that readers know by one name.</summary>
public sealed record Topic(Slug Slug, string Title, string Summary)
{
    public string Address => $"/topics/{Slug}";
}
