namespace ArmTwitch.Articles.Content;

/// <summary>Something wrong in a file of <c>content/</c>, reported as a compiler does.</summary>
/// <param name="File">The path below the content folder, with forward slashes.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Column">Counted from 1.</param>
/// <param name="Rule">The short name of the rule, in kebab-case.</param>
/// <param name="What">What is wrong, in one sentence.</param>
/// <param name="Right">What would be right, in one sentence.</param>
/// <param name="Blocks">
/// Whether the file is left out, or its last good version kept, until this is mended. A dead link, for example, does not hide a page
/// that carries advice.
/// </param>
public sealed record ContentDiagnostic(
    string File, int Line, int Column, string Rule, string What, string Right, bool Blocks = true,
    DiagnosticSeverity Level = DiagnosticSeverity.Error)
{
    public override string ToString() => $"{File}:{Line}:{Column}: {KebabCase.Of(Level)} {Rule}: {What} {Right}";
}

/// <summary>Whether a fault must be mended, or had better be.</summary>
public enum DiagnosticSeverity
{
    Error,
    Warning,
}
