using System.Text.RegularExpressions;

namespace ArmTwitch.Tests;

/// <summary>docs/security.md claims nothing that no test shows.</summary>
public sealed partial class SecurityDocumentationTests
{
    /// <summary>The requirements of OWASP ASVS 5.0, level 1 and 2.</summary>
    private const int Requirements = 253;

    private static readonly List<Match> Rows =
        [.. Row().Matches(File.ReadAllText(Path.Combine(RepositoryPaths.Root, "docs", "security.md"))).Cast<Match>()];

    private static readonly HashSet<string> Tests =
    [
        .. Directory.EnumerateFiles(Path.Combine(RepositoryPaths.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .SelectMany(file => TestMethod().Matches(File.ReadAllText(file))
                .Select(method => $"{Path.GetFileNameWithoutExtension(file)}.{method.Groups["name"].Value}")),
    ];

    [Fact]
    public void Every_requirement_of_the_standard_has_one_line() =>
        Assert.Equal(Requirements, Rows.Select(row => row.Groups["number"].Value).Distinct().Count());

    [Fact]
    public void Every_line_names_a_test_or_a_document_or_says_why_not() => Assert.All(Rows, row =>
    {
        var proof = row.Groups["proof"].Value;
        Assert.True(
            TestName().IsMatch(proof) || proof.StartsWith('[') || proof.StartsWith("Not applicable: ", StringComparison.Ordinal)
            || proof.StartsWith("Open: ", StringComparison.Ordinal),
            row.Value);
    });

    [Fact]
    public void Every_test_that_is_named_exists() => Assert.All(
        Rows.SelectMany(row => TestName().Matches(row.Groups["proof"].Value)).Select(name => name.Groups["name"].Value),
        name => Assert.Contains(name, Tests));

    [GeneratedRegex(@"^\| (?<number>\d+\.\d+\.\d+) \| [^|]+ \| (?<proof>.+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"`(?<name>\w+Tests\.\w+)`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"public (?:static )?(?:async )?(?:Task|void) (?<name>\w+)\(")]
    private static partial Regex TestMethod();
}
