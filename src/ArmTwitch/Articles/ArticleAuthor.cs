namespace ArmTwitch.Articles;

/// <summary>Who wrote an article.</summary>
/// <param name="Role">As the author gives it.</param>
/// <param name="Interests">Interests declared, such as money from a maker of medicines.</param>
public sealed record ArticleAuthor(Slug Slug, string Name, string Role, string Interests, string Markdown)
{
    /// <summary>The medical qualification, as the author gives it; null for none.</summary>
    public string? Qualification { get; init; }

    /// <summary>What a by-line says behind the name, so that no name reads as a qualification.</summary>
    public string Standing => Qualification ?? "who claims no medical qualification";

    public string Address => $"/authors/{Slug}";
}
