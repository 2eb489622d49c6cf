using ArmTwitch.Newsletter;

namespace ArmTwitch.Tests.Newsletter;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("ada@example.org", "ada@example.org")]
    [InlineData("  Ada.Lovelace+news@Example.ORG ", "ada.lovelace+news@example.org")]
    [InlineData("o'hara@example.co.uk", "o'hara@example.co.uk")]
    [InlineData("ada@bücher.example", "ada@xn--bcher-kva.example")]
    [InlineData("jürgen@example.org", "jürgen@example.org")]
    public void An_address_is_known_by_one_spelling(string typed, string key)
    {
        Assert.True(EmailAddress.TryParse(typed, out var address));
        Assert.Equal((typed.Trim(), key), (address.Text, address.Key));
    }

    [Fact]
    public void A_domain_that_was_typed_as_DNS_has_it_is_written_in_its_own_letters()
    {
        Assert.True(EmailAddress.TryParse("ada@xn--bcher-kva.example", out var address));
        Assert.Equal(("ada@bücher.example", "ada@xn--bcher-kva.example"), (address.Text, address.Key));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("ada@")]
    [InlineData("@example.org")]
    [InlineData("ada@example")]
    [InlineData("ada@example.")]
    [InlineData("ada@.example.org")]
    [InlineData("ada@exa mple.org")]
    [InlineData("ada..l@example.org")]
    [InlineData(".ada@example.org")]
    [InlineData("ada@-example.org")]
    [InlineData("ada@example.123")]
    [InlineData("ada@[127.0.0.1]")]
    [InlineData("Ada <ada@example.org>")]
    [InlineData("\"Ada\" <ada@example.org>")]
    [InlineData("\"a b\"@example.org")]
    [InlineData("ada(comment)@example.org")]
    [InlineData("ada@example.org, eve@example.org")]
    [InlineData("ada@example.org;eve@example.org")]
    [InlineData("ada@example.org\r\nBcc: eve@example.org")]
    [InlineData("ada@example.org\nSubject: hello")]
    [InlineData("ada\u0000@example.org")]
    [InlineData("group:ada@example.org;")]
    [InlineData("<ada@example.org>")]
    [InlineData("ada@example.org\u202E")]
    public void What_is_more_or_less_than_one_address_is_refused(string typed) => Assert.False(EmailAddress.TryParse(typed, out _));

    [Fact]
    public void An_address_that_no_mail_server_could_take_is_refused()
    {
        Assert.False(EmailAddress.TryParse(new string('a', 65) + "@example.org", out _));
        Assert.False(EmailAddress.TryParse("a@" + new string('b', 64) + ".org", out _));
        Assert.False(EmailAddress.TryParse("a@" + string.Join('.', Enumerable.Repeat(new string('b', 60), 5)) + ".org", out _));
    }

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
        Assert.Equal(likely, address.LikelyDomain);
    }
}
