using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Extensions;
using ArchUnitNET.Loader;

namespace ArmTwitch.Tests;

/// <summary>Who may know whom. A folder of <c>src/ArmTwitch</c> is a room; an arrow that is not drawn here is a mistake.</summary>
public sealed class ArchitectureTests
{
    private static readonly Architecture House = new ArchLoader().LoadAssemblies(typeof(Program).Assembly).Build();

    private static readonly Dictionary<string, string[]> MayKnow = new()
    {
        ["Pages"] = [],
        ["Articles"] = ["Pages"],
        ["Editing"] = ["Articles", "Data", "Pages"],
        ["Search"] = ["Articles", "Data", "Limits", "Pages"],
        ["Guides"] = ["Articles", "Pages"],
        ["Feedback"] = ["Articles", "Comments", "Data", "Limits", "Moderators", "Pages"],
        ["Feeds"] = ["Articles", "Data", "Pages"],
        ["Data"] = ["Articles"],
        ["Limits"] = ["Data"],
        ["Mail"] = ["Data", "Pages"],
        ["Comments"] = ["Articles", "Data", "Limits", "Mail", "Pages"],
        ["Newsletter"] = ["Articles", "Data", "Limits", "Mail", "Moderators", "Pages"],
        ["Moderators"] = ["Data", "Limits", "Mail", "Pages"],
        ["Moderation"] = ["Articles", "Comments", "Data", "Mail", "Moderators", "Pages"],
        ["Operations"] = ["Data"],
        ["Hosting"] = ["Articles", "Data", "Operations", "Pages"],
        ["Commands"] =
            ["Articles", "Comments", "Data", "Editing", "Mail", "Moderators", "Moderation", "Newsletter", "Operations", "Samples"],
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
    public void Folders_and_namespaces_agree()
    {
        var folders = Directory.EnumerateFiles(Path.Combine(RepositoryPaths.Root, "src", "ArmTwitch"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

        Assert.All(folders, file =>
        {
            var folder = Path.GetRelativePath(RepositoryPaths.Root, Path.GetDirectoryName(file)!)["src/".Length..]
                .Replace(Path.DirectorySeparatorChar, '.');
            if (folder is not "ArmTwitch")
                Assert.Matches($@"namespace {Regex.Escape(folder)}\b", File.ReadAllText(file));
        });
    }

    private static string? RoomOf(IType type) => type.Namespace?.FullName.Split('.') is ["ArmTwitch", var room, ..] ? room : null;
}
