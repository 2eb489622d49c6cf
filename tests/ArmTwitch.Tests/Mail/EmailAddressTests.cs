using ArmTwitch.Mail;

namespace ArmTwitch.Tests.Mail;

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

    [Theory]
    [InlineData("ada@\uFF45\uFF58\uFF41\uFF4D\uFF50\uFF4C\uFF45.org", "ada@example.org", "ada@example.org")]
    [InlineData("ada\uFF20example\u3002org", "ada@example.org", "ada@example.org")]
    [InlineData("\uFF41\uFF44\uFF41\uFF20example.org", "ada@example.org", "ada@example.org")]
    [InlineData("ada@mu\u0308ller.example", "ada@müller.example", "ada@xn--mller-kva.example")]
    [InlineData("ada@MÜLLER.example", "ada@müller.example", "ada@xn--mller-kva.example")]
    [InlineData("ada@MU\u0308LLER.example", "ada@müller.example", "ada@xn--mller-kva.example")]
    [InlineData("ada@mül\u00ADler.example", "ada@müller.example", "ada@xn--mller-kva.example")]
    [InlineData("jo\u0308rg@example.org", "jörg@example.org", "jörg@example.org")]
    [InlineData("\u200Fbob@example.org\u202C", "bob@example.org", "bob@example.org")]
    [InlineData("\uFEFF\u200B bob@example.org\u00A0\u2060\u00AD", "bob@example.org", "bob@example.org")]
    public void An_address_is_the_same_from_every_keyboard_and_page(string typed, string text, string key)
    {
        Assert.True(EmailAddress.TryParse(typed, out var address));
        Assert.Equal((text, key), (address.Text, address.Key));
        Assert.Equal(key, MimeKit.MailboxAddress.EncodeAddrspec(address.Text));
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
    [InlineData("ada\u202E@example.org")]
    [InlineData("ada@exam\u202Eple.org")]
    [InlineData("ada@\u2460.example")]
    [InlineData("ada@\U0001D41E.example")]
    public void What_is_more_or_less_than_one_address_is_refused(string typed) => Assert.False(EmailAddress.TryParse(typed, out _));

    [Fact]
    public void An_address_that_no_mail_server_can_accept_is_refused()
    {
        Assert.False(EmailAddress.TryParse(new string('a', 65) + "@example.org", out _));
        Assert.False(EmailAddress.TryParse("a@" + new string('b', 64) + ".org", out _));
        Assert.False(EmailAddress.TryParse("a@" + string.Join('.', Enumerable.Repeat(new string('b', 60), 5)) + ".org", out _));
    }
}
