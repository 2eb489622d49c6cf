using ArmTwitch.Articles.Content;

namespace ArmTwitch.Articles.Corrections;

/// <summary>A change of what readers are told to do.</summary>
public sealed record Correction(Article Article, DateOnly On, string What)
{
    /// <summary>Every change of advice and every withdrawn article, newest first.</summary>
    public static IReadOnlyList<Correction> AllOf(ContentSnapshot content) =>
    [
        .. content.All.SelectMany(
            article => article.Changes.Where(change => change.Advice).Select(change => new Correction(article, change.On, change.What)))
            .Concat(content.All.Where(article => article.WithdrawnOn is not null)
                .Select(article => new Correction(article, article.WithdrawnOn!.Value, "The article was taken back.")))
            .OrderByDescending(correction => correction.On).ThenBy(correction => correction.Article.Title, StringComparer.Ordinal),
    ];
}
