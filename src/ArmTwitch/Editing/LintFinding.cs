using ArmTwitch.Articles.Content;

namespace ArmTwitch.Editing;

/// <summary>What a rule finds at one place of a file.</summary>
/// <param name="What">What is wrong, in one sentence.</param>
/// <param name="Right">What to do, in one sentence.</param>
internal sealed record LintFinding(TextPosition At, DiagnosticSeverity Level, string What, string Right)
{
    public static LintFinding Error(TextPosition at, string what, string right) => new(at, DiagnosticSeverity.Error, what, right);

    public static LintFinding Warning(TextPosition at, string what, string right) => new(at, DiagnosticSeverity.Warning, what, right);
}
