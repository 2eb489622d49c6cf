namespace ArmTwitch.Articles;

/// <summary>Who wrote an article.</summary>
/// <param name="Role">As the author gives it.</param>
/// <param name="Interests">Interests declared, such as money from a maker of medicines.</param>
public sealed record ArticleAuthor(Slug Slug, string Name, string Role, string Interests, string Markdown)
{
    public string Address => $"/authors/{Slug}";
}
