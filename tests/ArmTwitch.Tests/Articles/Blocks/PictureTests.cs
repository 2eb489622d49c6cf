using System.IO.Compression;
using System.Text;
using AngleSharp.Dom;
using ArmTwitch.Articles.Blocks;
using ArmTwitch.Articles.Emergency;
using Bunit;

namespace ArmTwitch.Tests.Articles.Blocks;

/// <summary>Pictures are small, have words for those who do not see them, and lead to the articles of what they show.</summary>
public sealed class PictureTests : IDisposable
{
    private const int MostPackedBytes = 4096;

    private readonly BunitContext bunit = new();

    public static TheoryData<string> Names => [.. KebabCase.All<PictureName>()];

    public void Dispose() => bunit.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_picture_has_a_title_and_a_description(string name)
    {
        var drawing = Show(name).Find("svg");

        Assert.NotEmpty(Words(drawing, "aria-labelledby", "title"));
        Assert.NotEmpty(Words(drawing, "aria-describedby", "desc"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_picture_is_at_most_4_KB_packed(string name) =>
        Assert.InRange(PackedBytes(Show(name).Find("svg").OuterHtml), 1, MostPackedBytes);

    [Theory]
    [MemberData(nameof(Names))]
    public void Colours_come_from_the_stylesheet_alone(string name) =>
        Assert.Empty(Show(name).FindAll("svg [fill]:not([fill^=url]), svg [stroke], svg [style]"));

    [Fact]
    public void Each_part_of_the_arm_leads_to_the_article_on_it()
    {
        var links = Show("arm").FindAll("a").Select(link => (Name(link), link.GetAttribute("href")));

        Assert.Equal(
            [
                ("Shoulder deltoid", "/articles/twitching-in-the-shoulder"),
                ("Biceps biceps brachii", "/articles/twitching-in-the-biceps"),
                ("Triceps triceps brachii", "/articles/twitching-in-the-triceps"),
                ("Forearm flexors, extensors", "/articles/twitching-in-the-forearm"),
                ("Hand and thumb", "/articles/twitching-in-the-hand-and-thumb"),
            ],
            links);
    }

    [Fact]
    public void Each_part_of_the_arm_is_drawn_where_it_is_seen_and_has_room_around_its_label()
    {
        var views = Show("arm").FindAll("a").Select(link => (link.QuerySelectorAll(".part").Length, link.QuerySelectorAll(".label").Length));

        Assert.Equal([(2, 1), (1, 1), (1, 1), (2, 1), (2, 1)], views);
    }

    private static string Words(IElement drawing, string reference, string element)
    {
        var words = drawing.Children.Single(child => child.LocalName == element);
        Assert.Equal(words.Id, drawing.GetAttribute(reference));
        return words.TextContent.Trim();
    }

    private static string Name(IElement link) => string.Join(' ', link.QuerySelectorAll("text").Select(words => words.TextContent));

    private static int PackedBytes(string html)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(html));
        return (int)packed.Length;
    }

    private IRenderedComponent<NamedBlockView> Show(string name) =>
        bunit.Render<NamedBlockView>(parameters => parameters
            .Add(view => view.Block, new NamedBlock(BlockName.Picture, name, "<p>A caption.</p>"))
            .Add(view => view.Numbers, new EmergencyNumbersChoice([], [])));
}
