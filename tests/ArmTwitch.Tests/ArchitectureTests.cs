using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Extensions;
using ArchUnitNET.Loader;

namespace ArmTwitch.Tests;

/// <summary>Who may know whom. A folder of <c>src/ArmTwitch</c> is a room; an arrow that is not drawn here is a mistake.</summary>
public sealed class ArchitectureTests
{
    private const int MostFilesInFolder = 15;
    private const int MostLinesInFile = 300;

    private static readonly string Source = Path.Combine(RepositoryPaths.Root, "src", "ArmTwitch");

    private static readonly Architecture House = new ArchLoader().LoadAssemblies(typeof(Program).Assembly).Build();

    private static readonly Dictionary<string, string[]> MayKnow = new()
    {
        ["Pages"] = [],
        ["Articles"] = ["Pages", "Phrases"],
        ["Editing"] = ["Articles", "Data", "Moderators", "Pages"],
        ["Phrases"] = [],
        ["Search"] = ["Articles", "Data", "Limits", "Pages", "Phrases"],
        ["Guides"] = ["Articles", "Pages"],
        ["Feedback"] = ["Articles", "Comments", "Data", "Limits", "Moderators", "Pages"],
        ["Feeds"] = ["Articles", "Data", "Pages"],
        ["Data"] = ["Articles"],
        ["Limits"] = ["Data"],
        ["Mail"] = ["Data", "Pages"],
        ["Comments"] = ["Articles", "Data", "Limits", "Mail", "Pages", "Phrases"],
        ["Newsletter"] = ["Articles", "Data", "Limits", "Mail", "Moderators", "Pages"],
        ["Moderators"] = ["Data", "Limits", "Mail", "Pages"],
        ["Moderation"] = ["Articles", "Comments", "Data", "Mail", "Moderators", "Pages"],
        ["Operations"] = ["Data"],
        ["Hosting"] = ["Articles", "Data", "Operations", "Pages"],
        ["Commands"] =
            ["Articles", "Comments", "Data", "Editing", "Mail", "Moderators", "Moderation", "Newsletter", "Operations", "Pages", "Samples"],
        ["Samples"] = ["Articles", "Comments", "Data", "Mail", "Newsletter"],
    };

    public static TheoryData<string> Rooms => [.. MayKnow.Keys];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_knows_only_the_rooms_it_may(string room)
    {
        var arrows = House.Types.Where(type => RoomOf(type) == room)
            .SelectMany(type => type.GetTypeDependencies().Select(other => (From: type, To: other)))
            .Where(arrow => RoomOf(arrow.To) is { } other && other != room && !MayKnow[room].Contains(other))
            .Select(arrow => $"{arrow.From.FullName} knows {arrow.To.FullName}")
            .Distinct();

        Assert.Empty(arrows);
    }

    [Fact]
    public void Every_room_is_on_the_plan() =>
        Assert.Empty(House.Types.Select(RoomOf).OfType<string>().Distinct().Except(MayKnow.Keys));

    [Fact]
    public void A_folder_is_its_namespace() => Assert.All(SourceFiles("*.cs"), file =>
    {
        if (Path.GetDirectoryName(file) is { Length: > 0 } folder)
            Assert.Matches($@"namespace ArmTwitch\.{Regex.Escape(folder.Replace(Path.DirectorySeparatorChar, '.'))};", Read(file));
    });

    [Fact]
    public void A_folder_fits_in_one_look() =>
        Assert.All(
            SourceFiles("*.cs").Concat(SourceFiles("*.razor")).GroupBy(file => Path.GetDirectoryName(file)!),
            folder => Assert.InRange(folder.Count(), 1, MostFilesInFolder));

    [Fact]
    public void A_file_can_be_read_at_one_go() =>
        Assert.All(
            SourceFiles("*.cs").Concat(SourceFiles("*.razor")),
            file => Assert.InRange(File.ReadLines(Path.Combine(Source, file)).Count(), 1, MostLinesInFile));

    /// <summary>Nobody forgets the lock of SQLite who cannot begin a transaction without it.</summary>
    [Fact]
    public void Only_the_write_transaction_begins_a_write() => Assert.All(
        SourceFiles("*.cs").Where(file => !file.StartsWith("Data", StringComparison.Ordinal)),
        file => Assert.DoesNotMatch(@"Database\.BeginTransaction|riteLock\.Acquire", Read(file)));

    [Fact]
    public void A_file_is_named_after_a_type_in_it() => Assert.All(
        SourceFiles("*.cs").Where(file => file is not "Program.cs"),
        file => Assert.Matches(
            $@"\b(class|record|struct|interface|enum|delegate \S+) {Regex.Escape(Path.GetFileNameWithoutExtension(file))}\b", Read(file)));

    /// <summary>
    /// That the second click of a double click does nothing is a rule of <c>ModerationScreen</c>. In the queue, queue.js holds it;
    /// the layout only offers to try again.
    /// </summary>
    [Fact]
    public void What_acts_on_a_click_in_the_back_office_is_a_moderation_screen() => Assert.All(
        SourceFiles("*.razor").Where(
            file => file.Split(Path.DirectorySeparatorChar)[0] is not "Moderation" && Path.GetFileName(file) is not "ModerationLayout.razor"
                && ActsOnClick(Read(file))),
        file => Assert.Matches(@"@inherits (Moderation|Content)Screen\b", Read(file)));

    /// <summary>Whether a component handles a click itself. One that passes it on leaves the rule to its parent.</summary>
    private static bool ActsOnClick(string component) =>
        Regex.Matches(component, """@onclick=["'](?<act>[^"']*)""").Any(click => !Regex.IsMatch(
            component, $@"EventCallback(<[^>]*>)? {Regex.Escape(click.Groups["act"].Value)}\b"));

    /// <summary>The source files by their paths in <c>src/ArmTwitch</c>, without what a tool has written.</summary>
    private static IEnumerable<string> SourceFiles(string pattern) =>
        Directory.EnumerateFiles(Source, pattern, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Source, file))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "Migrations"));

    private static string Read(string file) => File.ReadAllText(Path.Combine(Source, file));

    private static string? RoomOf(IType type) => type.Namespace?.FullName.Split('.') is ["ArmTwitch", var room, ..] ? room : null;
}
