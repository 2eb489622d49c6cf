using ArmTwitch.Articles;
using ArmTwitch.Articles.Emergency;
using ArmTwitch.Articles.RedFlags;
using ArmTwitch.Guides;
using Bunit;

namespace ArmTwitch.Tests.Guides;

/// <summary>What one outcome of the red-flag questions says, and whom it calls.</summary>
public sealed class RedFlagCheckPageTests : IDisposable
{
    private static readonly DateOnly Checked = new(2026, 11, 22);

    private static readonly EmergencyNumbers Britain = new(
        "GB", "United Kingdom", "999", "112", "111", "116 123", "Samaritans", null, Checked)
    {
        ShortName = "UK"
    };

    private static readonly EmergencyNumbers America = new(
        "US", "United States", "911", null, null, "988", null, null, Checked)
    {
        ShortName = "US",
        ListeningTakesTexts = true
    };

    private static readonly EmergencyNumbers Canada = America with { Code = "CA", Name = "Canada", ShortName = "Canada" };

    private readonly BunitContext bunit = new();

    public void Dispose() => bunit.Dispose();

    [Theory]
    [InlineData(Urgency.Emergency, false, "Call 999 for an ambulance")]
    [InlineData(Urgency.Emergency, true, "Call 999 for an ambulance", "Call 116 123 Samaritans")]
    [InlineData(Urgency.Urgent, false, "Call 111 for medical advice")]
    [InlineData(Urgency.Urgent, true, "Call 116 123 Samaritans", "Call 111 for medical advice")]
    [InlineData(Urgency.Hospital, false)]
    [InlineData(Urgency.Routine, false)]
    public void An_outcome_has_a_button_for_each_call(Urgency urgency, bool listening, params string[] buttons) =>
        Assert.Equal(buttons, ButtonsOf(urgency, listening, Britain));

    [Fact]
    public void Without_a_country_each_button_says_where_its_number_works()
    {
        Assert.Equal(
            ["Call 999 UK", "Call 911 US, Canada", "Call 116 123 Samaritans, UK", "Call 988 crisis line, US, Canada"],
            ButtonsOf(Urgency.Emergency, true, Britain, America, Canada));
        Assert.Equal(["Call 111 medical advice, UK"], ButtonsOf(Urgency.Urgent, false, Britain, America, Canada));
        Assert.Empty(ButtonsOf(Urgency.Urgent, false, America, Canada));
    }

    [Fact]
    public void A_heading_without_its_list_is_a_sentence()
    {
        IReadOnlyList<EmergencyNumbers> here = [Britain];

        Assert.Equal("Call 999 now.", CallText.Plain(CallText.WithoutCondition(Urgency.Emergency.Heading(here))));
        Assert.Equal("Call 111 or your GP today.", CallText.Plain(CallText.WithoutCondition(Urgency.Urgent.Heading(here))));
        Assert.Empty(CallText.WithoutCondition(Urgency.SelfCare.Heading(here)));
    }

    private IEnumerable<string> ButtonsOf(Urgency urgency, bool listening, params EmergencyNumbers[] shown)
    {
        var outcome = new CheckOutcome("end", urgency, "The end", Slug.Parse("one"), [], []) { OffersListening = listening };
        var check = new RedFlagCheck(
            new CheckQuestion("ask", "Is it so?", [], "end", "end"), new Dictionary<string, CheckStep> { ["end"] = outcome });
        var model = new RedFlagCheckPageModel(check.Walk("y")!, new EmergencyNumbersChoice(shown, shown), null);
        return bunit.Render<CallButtons>(parameters => parameters.Add(buttons => buttons.Calls, model.Calls))
            .FindAll("a[href^='tel:']").Select(link => link.TextContent);
    }
}
