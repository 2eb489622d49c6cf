using ArmTwitch.Mail;
using ArmTwitch.Newsletter.Subscribing;

namespace ArmTwitch.Tests.Newsletter.Subscribing;

public sealed class MailboxKeyTests
{
    [Theory]
    [InlineData("Ada.Lovelace+News@Gmail.com", "adalovelace@gmail.com")]
    [InlineData("ada.lovelace@googlemail.com", "adalovelace@gmail.com")]
    [InlineData("ada-love_lace@pm.me", "adalovelace@proton.me")]
    [InlineData("Ada.Lovelace+a+b@Example.org", "ada.lovelace@example.org")]
    [InlineData("+ada@example.org", "+ada@example.org")]
    [InlineData("ada@müller.example", "ada@xn--mller-kva.example")]
    public void Spellings_of_one_mailbox_have_one_key(string typed, string key)
    {
        Assert.True(EmailAddress.TryParse(typed, out var address));
        Assert.Equal(key, MailboxKey.KeyOf(address));
    }
}
