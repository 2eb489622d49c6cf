using ArmTwitch.Mail;
using ArmTwitch.Newsletter.Subscribing;

namespace ArmTwitch.Tests.Newsletter.Subscribing;

public sealed class MailDomainSuggestionTests
{
    [Theory]
    [InlineData("ada@gmial.com", "gmail.com")]
    [InlineData("ada@gmail.con", "gmail.com")]
    [InlineData("ada@hotmial.co.uk", "hotmail.co.uk")]
    [InlineData("ada@yaho.com", "yahoo.com")]
    [InlineData("ada@outlok.com", "outlook.com")]
    [InlineData("ada@gmail.com", null)]
    [InlineData("ada@mail.com", null)]
    [InlineData("ada@example.org", null)]
    public void A_slip_in_a_well_known_domain_is_suggested(string typed, string? likely)
    {
        Assert.True(EmailAddress.TryParse(typed, out var address));
        Assert.Equal(likely, MailDomainSuggestion.For(address));
    }
}
