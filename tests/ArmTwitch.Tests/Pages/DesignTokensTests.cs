using System.Text.RegularExpressions;
using ArmTwitch.Mail.Messages;
using ArmTwitch.Moderators.Layout;
using ArmTwitch.Pages;
using SkiaSharp;

namespace ArmTwitch.Tests.Pages;

public sealed partial class DesignTokensTests
{
    /// <summary>Colours that do not follow the site's: ink on paper, the code for a camera, the kinds of decisions in a chart.</summary>
    private static readonly Dictionary<string, string[]> OwnColours = new()
    {
        ["guides.css"] = ["#000", "#888"],
        ["print.css"] = ["#fff", "#000", "#333", "#888"],
        ["paper.css"] = ["#fff", "#000", "#333", "#888"],
        ["screens.css"] = ["#000", "#fff"],
        ["records.css"] = ["#2f7d5b", "#4a90c2", "#c77700", "#8b6bb1", "#b5353a"],
        ["newsletter.css"] = ["#fff"],
    };

    [Fact]
    public void No_other_file_names_a_colour()
    {
        var source = Path.Combine(RepositoryPaths.Root, "src", "ArmTwitch");
        var named = from folder in Directory.EnumerateDirectories(source)
                    where Path.GetFileName(folder) is not ("bin" or "obj")
                    from file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                    where Path.GetExtension(file) is ".cs" or ".razor" or ".css" or ".js" && Path.GetFileName(file) is not "tokens.css"
                    from Match colour in Colour().Matches(WithoutComments(File.ReadAllText(file)))
                    where !OwnColours.GetValueOrDefault(Path.GetFileName(file), []).Contains(colour.Value)
                    select $"{Path.GetFileName(file)}: {colour.Value}";

        Assert.Empty(named);
    }

    public static TheoryData<string> Stylesheets => [.. Stylesheet.Files, .. ModerationAssets.Stylesheets, "mail.css"];

    [Theory]
    [MemberData(nameof(Stylesheets))]
    public void Every_variable_that_a_stylesheet_uses_is_a_token_or_its_own(string name)
    {
        var css = EmbeddedAssets.Text(name);
        var frame = ModerationAssets.Stylesheets.Contains(name) ? EmbeddedAssets.Text("screens.css") : "";
        var declared = Declared().Matches(EmbeddedAssets.Text("tokens.css") + frame + css).Select(found => found.Groups[1].Value);

        Assert.Empty(Used().Matches(css).Select(found => found.Groups[1].Value).Except(declared));
    }

    /// <summary>Such as “Import” while a question above it is open.</summary>
    [Fact]
    public void A_button_that_does_nothing_now_looks_so_on_every_moderation_screen_in_one_way()
    {
        var rules = ModerationAssets.Stylesheets.Where(
            name => EmbeddedAssets.Text(name).Contains("[aria-disabled=true]", StringComparison.Ordinal));

        Assert.Equal("screens.css", Assert.Single(rules));
    }

    [Fact]
    public void Mails_have_the_values_written_in_those_of_the_dark_in_their_media_query()
    {
        var html = MailHtmlLayout.Wrap("Title", "Preview", "ArmTwitch", "https://armtwitch.example", "<p>Words</p>", "<p>Foot</p>");

        Assert.DoesNotContain("var(", html, StringComparison.Ordinal);
        Assert.Contains($"background-color: {DesignTokens.Light("brand")}", html, StringComparison.Ordinal);
        Assert.Contains("background-color: #19242a !important", html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_favicon_holds_the_icon_in_three_sizes_in_the_brand_colour()
    {
        using var stream = new MemoryStream(SiteIcon.ToFavicon());
        using var codec = SKCodec.Create(stream);
        using var picture = SKBitmap.Decode(SiteIcon.ToFavicon());

        Assert.Equal(SKEncodedImageFormat.Ico, codec.EncodedFormat);
        Assert.Equal(new SKSizeI(48, 48), new SKSizeI(picture.Width, picture.Height));
        Assert.Equal(SKColor.Parse(DesignTokens.Light("brand")), picture.GetPixel(24, 6));
        Assert.Equal(0, picture.GetPixel(0, 0).Alpha);
    }

    private static string WithoutComments(string text) => Comment().Replace(text, "");

    [GeneratedRegex(@"(?<![&\w])#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")]
    private static partial Regex Colour();

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"--([\w-]+):")]
    private static partial Regex Declared();

    [GeneratedRegex(@"var\(--([\w-]+)")]
    private static partial Regex Used();
}
