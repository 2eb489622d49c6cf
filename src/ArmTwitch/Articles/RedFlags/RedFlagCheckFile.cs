using ArmTwitch.Articles.Content;

namespace ArmTwitch.Articles.RedFlags;

/// <summary>What <c>check.yml</c> says.</summary>
/// <param name="Articles">The articles that outcomes name, to be looked up when all articles are read.</param>
/// <param name="Signs">The ids of the signs that are asked about.</param>
internal sealed record RedFlagCheckFile(
    RedFlagCheck Check, IReadOnlyList<(Slug Article, TextPosition At)> Articles, IReadOnlySet<string> Signs)
{
    public const string File = "check.yml";
}
