using ArmTwitch.Pages.HttpPolicies;

namespace ArmTwitch.Tests.Pages.HttpPolicies;

public sealed class RetryAfterHeaderTests
{
    [Theory]
    [InlineData(0.2, "a second")]
    [InlineData(1.1, "2 seconds")]
    [InlineData(89.5, "90 seconds")]
    [InlineData(91, "2 minutes")]
    [InlineData(60 * 89.5, "90 minutes")]
    [InlineData(60 * 91, "2 hours")]
    [InlineData(3600 * 23.1, "24 hours")]
    public void A_wait_is_told_in_words_and_never_too_short(double seconds, string words) =>
        Assert.Equal(words, RetryAfterHeader.InWords(TimeSpan.FromSeconds(seconds)));
}
