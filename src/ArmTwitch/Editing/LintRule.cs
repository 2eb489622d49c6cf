using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;

namespace ArmTwitch.Editing;

/// <summary>A rule of writing.</summary>
/// <param name="Id">As it stands in the output and in the table of <c>docs/writing-articles.md</c>.</param>
internal record LintRule(string Id, Func<ArticleLintDocument, IEnumerable<LintFinding>> Check);

/// <summary>A rule that also holds for pages that are no articles, such as /about.</summary>
internal sealed record SharedLintRule(string Id, Func<LintDocument, IEnumerable<LintFinding>> CheckAny) : LintRule(Id, CheckAny);

/// <summary>A rule for what articles share.</summary>
/// <param name="File">The file in which its findings stand.</param>
internal sealed record TableLintRule(string Id, string File, Func<SharedContent, IEnumerable<LintFinding>> Check);

/// <summary>What articles share, and the articles that use it.</summary>
/// <param name="Sources">Where each source stands in its file.</param>
internal sealed record SharedContent(
    ContentTables Tables, IReadOnlyCollection<Article> Articles, IReadOnlyDictionary<string, TextPosition> Sources);
