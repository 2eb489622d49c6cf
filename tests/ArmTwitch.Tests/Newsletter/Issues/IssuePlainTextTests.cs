using ArmTwitch.Newsletter.Issues;

namespace ArmTwitch.Tests.Newsletter.Issues;

/// <summary>The text part of an issue says line by line what the other part shows.</summary>
public sealed class IssuePlainTextTests
{
    [Theory]
    [InlineData("One line\nof two.", "One line of two.\n")]
    [InlineData("Ada,\\\nWater Lane 1,  \nLeeds", "Ada,\nWater Lane 1,\nLeeds\n")]
    [InlineData("- Ada\\\n  Water Lane 1\n- Bob", "- Ada\n  Water Lane 1\n- Bob\n")]
    [InlineData("> Ada\\\n> Water Lane 1", "> Ada\n> Water Lane 1\n")]
    public void A_line_that_is_broken_on_purpose_stays_broken(string markdown, string text) =>
        Assert.Equal(text, new IssuePlainText("https://armtwitch.test/newsletter/one", "https://armtwitch.test").Render(markdown));
}
