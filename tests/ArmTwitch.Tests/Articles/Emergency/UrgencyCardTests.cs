using AngleSharp.Dom;
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

    private static readonly EmergencyNumbers[] Anywhere =
    [
        Britain with { ShortName = "UK" },
        new("US", "United States", "911", null, null, null, null, null, new DateOnly(2026, 11, 22)) { ShortName = "US" },
        new("CA", "Canada", "911", null, null, null, null, null, new DateOnly(2026, 11, 22)),
        Australia,
    ];

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

        var heading = card.QuerySelector("h2");
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
    public void A_number_can_be_tapped_and_says_whom_it_calls()
    {
        var (emergency, advice) = (Render(Urgency.Emergency, Britain).Find("h2 a"), Render(Urgency.Urgent, Britain).Find("h2 a"));

        Assert.Equal(("tel:999", "999 for an ambulance"), (emergency.GetAttribute("href"), emergency.GetAttribute("aria-label")));
        Assert.Equal(("tel:111", "111 for medical advice"), (advice.GetAttribute("href"), advice.GetAttribute("aria-label")));
    }

    [Fact]
    public void Without_a_country_the_heading_names_the_place_of_each_number()
    {
        var heading = Render(Urgency.Emergency, Anywhere).Find("h2");

        Assert.Equal("Emergency advice: Call 999 (UK), 911 (US, Canada) or 000 (Australia) now if:", heading.TextContent);
        Assert.Equal(["tel:999", "tel:911", "tel:000"], heading.QuerySelectorAll("a").Select(link => link.GetAttribute("href")));
        Assert.All(heading.QuerySelectorAll("a"), link => Assert.Null(link.GetAttribute("aria-label")));
    }

    [Fact]
    public void An_advice_line_of_one_country_is_not_shown_as_everybodys()
    {
        Assert.Equal(
            "Urgent advice: Call a doctor or advice line (111 in the UK) today if:", Render(Urgency.Urgent, Anywhere).Find("h2").TextContent);
        Assert.Equal(
            "Urgent advice: Call a doctor or your advice line today if:", Render(Urgency.Urgent, Anywhere[1..]).Find("h2").TextContent);
    }

    [Fact]
    public void A_service_with_no_number_of_its_own_is_named()
    {
        var north = Britain with { Advice = null, AdviceName = "the GP out-of-hours service" };

        Assert.Equal(
            "Urgent advice: Call your GP or the GP out-of-hours service today if:", Render(Urgency.Urgent, north).Find("h2").TextContent);
    }

    [Fact]
    public void Without_any_number_the_card_says_what_to_look_for() =>
        Assert.Equal("Emergency advice: Call your emergency number now if:", Render(Urgency.Emergency).Find("h2").TextContent);

    [Theory]
    [InlineData("0800 611 116", "tel:0800611116")]
    [InlineData("1-800-222-1222", "tel:18002221222")]
    [InlineData("#7119", "tel:%237119")]
    public void A_phone_gets_the_digits_of_a_number(string number, string address) =>
        Assert.Equal(
            address,
            bunit.Render<PhoneNumber>(parameters => parameters.Add(phone => phone.Number, number).Add(phone => phone.Reaches, "for advice"))
                .Find("a").GetAttribute("href"));

    [Fact]
    public void Only_the_emergency_card_leads_to_other_countries_numbers()
    {
        Assert.Equal("#emergency-numbers", Render(Urgency.Emergency, Britain).Find(".elsewhere a").GetAttribute("href"));
        Assert.Empty(Render(Urgency.Urgent, Britain).FindAll(".elsewhere"));
    }

    [Fact]
    public void A_card_for_dark_thoughts_names_those_who_listen_or_says_that_none_is_known()
    {
        var heard = Britain with { ShortName = "UK", Listening = "116 123", ListeningName = "Samaritans" };
        var (here, anywhere, nowhere) = (Lines(heard), Lines(heard, Anywhere[1] with { Listening = "988" }, Australia), Lines(Australia));

        Assert.Equal("Someone to talk to: 116 123 (Samaritans).", here.TextContent);
        Assert.Equal("Someone to talk to: 116 123 (Samaritans, UK), 988 (US).", anywhere.TextContent);
        Assert.Equal(["tel:116123", "tel:988"], anywhere.QuerySelectorAll("a").Select(link => link.GetAttribute("href")));
        Assert.Equal("We know no listening line for Australia.", nowhere.TextContent);

        IElement Lines(params EmergencyNumbers[] places) => bunit.Render<UrgencyCard>(parameters => parameters
            .Add(card => card.Urgency, Urgency.Urgent).Add(card => card.Numbers, places).Add(card => card.OffersListening, true)
            .AddChildContent("<ul><li>a sign</li></ul>")).Find(".listening");
    }

    [Fact]
    public void Every_urgency_has_its_own_words_and_look()
    {
        var all = Enum.GetValues<Urgency>();

        Assert.Equal(all.Length, all.Select(UrgencyLabels.Prefix).Distinct().Count());
        Assert.Equal(all.Length, all.Select(UrgencyLabels.Badge).Distinct().Count());
        Assert.Equal(all.Length, all.Select(urgency => CallText.Plain(urgency.Heading([Britain]))).Distinct().Count());
    }

    private IRenderedComponent<UrgencyCard> Render(Urgency urgency, params EmergencyNumbers[] numbers) =>
        bunit.Render<UrgencyCard>(parameters => parameters
            .Add(card => card.Urgency, urgency)
            .Add(card => card.Numbers, numbers)
            .Add(card => card.ElsewhereAddress, "#emergency-numbers")
            .AddChildContent("<ul><li>a sign</li></ul>"));
}
