namespace ArmTwitch.Editing;

/// <summary>One rule of how we write.</summary>
/// <param name="Id">As it stands in the output and in the table of <c>docs/writing-articles.md</c>.</param>
internal record LintRule(string Id, Func<ArticleLintDocument, IEnumerable<LintFinding>> Check);

/// <summary>A rule that holds for pages such as /about too, which cite nothing and may speak of percentages.</summary>
internal sealed record SharedLintRule(string Id, Func<LintDocument, IEnumerable<LintFinding>> CheckAny) : LintRule(Id, CheckAny);
