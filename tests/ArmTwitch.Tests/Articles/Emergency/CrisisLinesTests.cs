using AngleSharp.Dom;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Emergency;
using Bunit;

namespace ArmTwitch.Tests.Articles.Emergency;

/// <summary>Whom somebody is shown who may harm themselves: the same on every page, in every country.</summary>
public sealed class CrisisLinesTests : IDisposable
{
    private static readonly ContentSnapshot Content = new ContentLoader(RepositoryPaths.Content).Load()!;

    private readonly BunitContext bunit = new();

    public static TheoryData<string> Countries { get; } = new(Content.Numbers.Select(place => place.Code));

    public void Dispose() => bunit.Dispose();

    [Fact]
    public void Those_who_listen_come_before_the_emergency_number_and_one_button_stands_out()
    {
        Assert.Equal(["tel:116123", "tel:999"], AddressesOf(Render("GB", isPlanned: false)));
        Assert.Equal(["button primary"], ButtonsOf(Render("GB", isPlanned: false)));
    }

    [Fact]
    public void Whoever_tells_of_a_plan_sees_the_emergency_number_first()
    {
        Assert.Equal(["tel:999", "tel:999", "tel:116123"], AddressesOf(Render("GB", isPlanned: true)));
        Assert.Equal(["button emergency", "button"], ButtonsOf(Render("GB", isPlanned: true)));
    }

    [Fact]
    public void Numbers_of_several_countries_are_a_choice_and_none_stands_out()
    {
        Assert.Equal(["button", "button", "button"], ButtonsOf(Render(null, isPlanned: false)));
        Assert.DoesNotContain("button emergency", ButtonsOf(Render(null, isPlanned: true)));
    }

    [Theory]
    [MemberData(nameof(Countries))]
    public void Every_country_has_a_button_and_a_missing_line_is_admitted(string country)
    {
        var place = Content.Numbers.Single(place => place.Code == country);
        foreach (var isPlanned in new[] { true, false })
        {
            var lines = Render(country, isPlanned);
            Assert.NotEmpty(ButtonsOf(lines));
            Assert.Equal(
                place.Listening is null,
                lines.Markup.Contains($"We know no listening line for {place.NameInText}.", StringComparison.Ordinal));
            if (place.Listening is null)
                Assert.Equal(PhoneCall.AddressOf(place.Emergency), lines.Find(".calls a").GetAttribute("href"));
        }
    }

    private static IEnumerable<string?> AddressesOf(IRenderedComponent<CrisisLines> lines) =>
        lines.FindAll("a[href^='tel:']").Where(link => !link.Ancestors<IElement>().Any(box => box.LocalName is "details"))
            .Select(link => link.GetAttribute("href"));

    private static IEnumerable<string?> ButtonsOf(IRenderedComponent<CrisisLines> lines) =>
        lines.FindAll(".calls a").Select(button => button.ClassName);

    private IRenderedComponent<CrisisLines> Render(string? country, bool isPlanned) => bunit.Render<CrisisLines>(parameters => parameters
        .Add(lines => lines.Numbers, EmergencyNumbersChoice.Of(Content, country)).Add(lines => lines.IsPlanned, isPlanned));
}
