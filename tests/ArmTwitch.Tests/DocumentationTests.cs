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

    /// <summary>systemd leaves out a line of an environment file with another name, and a shell stops at it.</summary>
    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_setting_of_a_document_has_a_name_that_an_environment_file_may_hold(string document) =>
        Assert.All(Assignment().Matches(File.ReadAllText(document)).Select(one => one.Groups["name"].Value), name =>
            Assert.Matches("^[A-Za-z_][A-Za-z0-9_]*$", name));

    [Fact]
    public void Every_setting_of_the_package_s_example_is_in_the_table_of_settings()
    {
        var table = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "docs", "operating.md"));
        var names = Assignment().Matches(File.ReadAllText(Path.Combine(RepositoryPaths.Root, "packaging", "armtwitch.env")))
            .Select(one => one.Groups["name"].Value).ToList();

        Assert.Contains("Site__BaseUrl", names);
        Assert.All(names, name => Assert.Contains($"`{name.Replace("__", ":", StringComparison.Ordinal)}`", table, StringComparison.Ordinal));
    }

    /// <summary>A setting with a section, such as <c>Mail__Host=localhost</c>.</summary>
    [GeneratedRegex(@"(?<name>\b[A-Z]\w*__[^\s=`]+)=")]
    private static partial Regex Assignment();

    [GeneratedRegex(@"\]\((?!https?:|mailto:|/)(?<path>[^)#\s]+)(#[^)]*)?\)")]
    private static partial Regex Link();
}
