using ArmTwitch.Articles.Emergency;
using Bunit;

namespace ArmTwitch.Tests.Articles.Emergency;

/// <summary>A reader who cannot see the colour hears how urgent a card is.</summary>
public sealed class UrgencyCardTests : IDisposable
{
    private static readonly EmergencyNumbers Britain = new(
        "GB", "United Kingdom", "999", "112", "111", null, null, null, new DateOnly(2026, 11, 22));
    private static readonly EmergencyNumbers Australia = new(
        "AU", "Australia", "000", null, null, null, null, null, new DateOnly(2026, 11, 22));

    private readonly BunitContext bunit = new();

    public void Dispose() => bunit.Dispose();

    [Theory]
    [InlineData(Urgency.Emergency, "Emergency advice: Call 999 now if:", "Now")]
    [InlineData(Urgency.Hospital, "Hospital advice: Go to a hospital today if:", "Hospital")]
    [InlineData(Urgency.Urgent, "Urgent advice: Call 111 or your GP today if:", "Today")]
    [InlineData(Urgency.Routine, "Advice that can wait for a visit: Book a visit with your GP if:", "Soon")]
    [InlineData(Urgency.SelfCare, "Self-care advice: You can look after it at home if all of these fit:", "At home")]
    public void Each_card_says_its_urgency_first(Urgency urgency, string accessibleName, string badge)
    {
        var card = Render(urgency, Britain).Find("section");

        var heading = card.QuerySelector($"#{card.GetAttribute("aria-labelledby")}");
        Assert.Equal(accessibleName, heading?.TextContent);
        Assert.Equal(badge, card.QuerySelector(".badge")?.TextContent);
        Assert.Equal("true", card.QuerySelector(".badge")?.GetAttribute("aria-hidden"));
    }

    [Fact]
    public void The_numbers_come_from_the_table_and_keep_their_zeros()
    {
        Assert.Equal("Emergency advice: Call 000 now if:", Render(Urgency.Emergency, Australia).Find("h2").TextContent);
        Assert.Equal("Urgent advice: Call a doctor today if:", Render(Urgency.Urgent, Australia).Find("h2").TextContent);
    }

    [Fact]
    public void Only_the_emergency_card_leads_to_other_countries_numbers()
    {
        Assert.Equal("#emergency-numbers", Render(Urgency.Emergency, Britain).Find("a").GetAttribute("href"));
        Assert.Empty(Render(Urgency.Urgent, Britain).FindAll("a"));
    }

    [Fact]
    public void Every_urgency_has_its_own_words_and_look()
    {
        var all = Enum.GetValues<Urgency>();

        Assert.Equal(all.Length, all.Select(UrgencyLabels.Prefix).Distinct().Count());
        Assert.Equal(all.Length, all.Select(UrgencyLabels.Badge).Distinct().Count());
        Assert.Equal(all.Length, all.Select(urgency => urgency.Heading(Britain)).Distinct().Count());
    }

    private IRenderedComponent<UrgencyCard> Render(Urgency urgency, EmergencyNumbers numbers) =>
        bunit.Render<UrgencyCard>(parameters => parameters
            .Add(card => card.Urgency, urgency)
            .Add(card => card.Numbers, numbers)
            .Add(card => card.ElsewhereAddress, "#emergency-numbers")
            .AddChildContent("<ul><li>a sign</li></ul>"));
}
