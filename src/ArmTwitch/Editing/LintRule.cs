namespace ArmTwitch.Editing;

/// <summary>A rule of writing.</summary>
/// <param name="Id">As it stands in the output and in the table of <c>docs/writing-articles.md</c>.</param>
internal record LintRule(string Id, Func<ArticleLintDocument, IEnumerable<LintFinding>> Check);

/// <summary>A rule that also holds for pages that are no articles, such as /about.</summary>
internal sealed record SharedLintRule(string Id, Func<LintDocument, IEnumerable<LintFinding>> CheckAny) : LintRule(Id, CheckAny);
