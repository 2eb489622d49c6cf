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

    private static readonly EmergencyNumbers Ireland = new("IE", "Ireland", "112", "999", null, null, null, null, Checked);

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

    [Theory]
    [InlineData(Urgency.Emergency, true, "Call 112 for an ambulance")]
    [InlineData(Urgency.Urgent, true, "Call 112 for an ambulance")]
    [InlineData(Urgency.Hospital, true, "Call 112 for an ambulance")]
    public void Without_a_listening_line_the_emergency_number_is_a_button_and_the_page_says_so(
        Urgency urgency, bool listening, string button)
    {
        var model = ModelOf(urgency, listening, Ireland);

        Assert.Equal([button], model.Calls.Concat(model.LaterCalls).Select(call => $"Call {call.Number} {call.Whom}"));
        Assert.StartsWith("We know no listening line for Ireland.", model.Missing, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Urgency.Hospital, false, "999")]
    [InlineData(Urgency.Hospital, true, "999")]
    [InlineData(Urgency.Urgent, true, "999")]
    [InlineData(Urgency.Urgent, false, "999")]
    [InlineData(Urgency.Emergency, true)]
    [InlineData(Urgency.Routine, false)]
    public void Advice_to_call_if_it_gets_worse_comes_with_the_number(Urgency urgency, bool listening, params string[] numbers) =>
        Assert.Equal(numbers, ModelOf(urgency, listening, Britain).LaterCalls.Select(call => call.Number));

    [Fact]
    public void An_advice_line_of_one_country_says_what_to_do_in_another()
    {
        Assert.Equal(
            "Outside the UK: choose your country below, or call your doctor.", ModelOf(Urgency.Urgent, false, Britain, America).Elsewhere);
        Assert.Null(ModelOf(Urgency.Urgent, false, Britain).Elsewhere);
        Assert.Null(ModelOf(Urgency.Urgent, false, America, Canada).Elsewhere);
        Assert.Null(ModelOf(Urgency.Emergency, false, Britain, America).Elsewhere);
    }

    [Fact]
    public void A_heading_without_its_list_is_a_sentence()
    {
        IReadOnlyList<EmergencyNumbers> here = [Britain];

        Assert.Equal("Call 999 now.", CallText.Plain(CallText.WithoutCondition(Urgency.Emergency.Heading(here))));
        Assert.Equal("Call 111 or your GP today.", CallText.Plain(CallText.WithoutCondition(Urgency.Urgent.Heading(here))));
        Assert.Empty(CallText.WithoutCondition(Urgency.SelfCare.Heading(here)));
    }

    private IEnumerable<string> ButtonsOf(Urgency urgency, bool listening, params EmergencyNumbers[] shown) =>
        bunit.Render<CallButtons>(parameters => parameters.Add(buttons => buttons.Calls, ModelOf(urgency, listening, shown).Calls))
            .FindAll("a[href^='tel:']").Select(link => link.TextContent);

    private static RedFlagCheckPageModel ModelOf(Urgency urgency, bool listening, params EmergencyNumbers[] shown)
    {
        var outcome = new CheckOutcome("end", urgency, "The end", Slug.Parse("one"), [], []) { OffersListening = listening };
        var check = new RedFlagCheck(
            new CheckQuestion("ask", "Is it so?", [], "end", "end"), new Dictionary<string, CheckStep> { ["end"] = outcome });
        return new RedFlagCheckPageModel(
            check.Walk("y")!, new EmergencyNumbersChoice(shown, shown, shown.Length is 1 ? shown[0] : null), null);
    }
}
