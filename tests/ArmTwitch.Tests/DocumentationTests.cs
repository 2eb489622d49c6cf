using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ArmTwitch.Tests;

/// <summary>What the documents of the repository say about themselves.</summary>
public sealed partial class DocumentationTests
{
    public static TheoryData<string> Documents =>
    [
        .. Directory.EnumerateFiles(RepositoryPaths.Root, "*.md"),
        .. Directory.EnumerateFiles(Path.Combine(RepositoryPaths.Root, "docs"), "*.md", SearchOption.AllDirectories),
    ];

    [Fact]
    public void Decisions_are_numbered_without_holes_and_named_by_their_number()
    {
        var files = Directory.EnumerateFiles(Path.Combine(RepositoryPaths.Root, "docs", "decisions"), "*.md")
            .Order(StringComparer.Ordinal).ToList();

        Assert.Equal(
            Enumerable.Range(1, files.Count), files.Select(file => int.Parse(Path.GetFileName(file)[..4], CultureInfo.InvariantCulture)));
        Assert.All(files, file =>
            Assert.StartsWith($"# {Path.GetFileName(file)[..4].TrimStart('0')}. ", File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_of_a_document_leads_to_a_file_that_is_there(string document) =>
        Assert.All(Link().Matches(File.ReadAllText(document)).Select(link => link.Groups["path"].Value), path =>
            Assert.True(Path.Exists(Path.Combine(Path.GetDirectoryName(document)!, path)), path));

    [Fact]
    public void The_changelog_begins_with_the_version_that_is_built() => Assert.Equal(
        XDocument.Load(Path.Combine(RepositoryPaths.Root, "Directory.Build.props")).Descendants("Version").Single().Value,
        File.ReadLines(Path.Combine(RepositoryPaths.Root, "docs", "changelog.md"))
            .First(line => line.StartsWith("## ", StringComparison.Ordinal)).Split(' ')[1]);

    [GeneratedRegex(@"\]\((?!https?:|mailto:|/)(?<path>[^)#\s]+)(#[^)]*)?\)")]
    private static partial Regex Link();
}
