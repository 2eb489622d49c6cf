using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;

namespace ArmTwitch.Editing;

/// <summary>What the rules have to know of the site and of the time, beside the text.</summary>
/// <param name="Today">The day that decides whether a review is overdue.</param>
/// <param name="GetHelp">The article that has every sign, in groups (<see cref="ContentOptions.GetHelp"/>).</param>
public sealed record LintContext(DateOnly Today, Slug GetHelp)
{
    public static LintContext Of(ContentOptions options, TimeProvider clock) =>
        new(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), Slug.Parse(options.GetHelp));
}
