using ArmTwitch.Pages.HttpPolicies;

namespace ArmTwitch.Tests.Pages.HttpPolicies;

/// <summary>A choice in the address goes along to every page of ours, and nowhere else.</summary>
public sealed class OwnLinksTests
{
    [Theory]
    [InlineData("""<a href="/topics">x</a>""", """<a href="/topics?country=AU">x</a>""")]
    [InlineData("""<a class="b" href="/check?a=y">x</a>""", """<a class="b" href="/check?a=y&amp;country=AU">x</a>""")]
    [InlineData("""<a href="/articles/one#two" rel="next">x</a>""", """<a href="/articles/one?country=AU#two" rel="next">x</a>""")]
    [InlineData("""<a href="/">x</a>""", """<a href="/?country=AU">x</a>""")]
    [InlineData("""<a href="/?country=GB">x</a>""", """<a href="/?country=GB">x</a>""")]
    [InlineData("""<a href="#main">x</a>""", """<a href="#main">x</a>""")]
    [InlineData("""<a href="tel:000">x</a>""", """<a href="tel:000">x</a>""")]
    [InlineData("""<a href="https://example.org/a">x</a>""", """<a href="https://example.org/a">x</a>""")]
    [InlineData("""<a href="//example.org/a">x</a>""", """<a href="//example.org/a">x</a>""")]
    [InlineData("""<a href="/feed.xml">x</a>""", """<a href="/feed.xml">x</a>""")]
    [InlineData("""<a href="/moderation/queue">x</a>""", """<a href="/moderation/queue">x</a>""")]
    [InlineData("""<form method="post" action="/articles/one/comments#form">""", """<form method="post" action="/articles/one/comments?country=AU#form">""")]
    [InlineData("""<link rel="icon" href="/favicon.ico" />""", """<link rel="icon" href="/favicon.ico" />""")]
    [InlineData("""<abbr title="a">x</abbr> href="/a" """, """<abbr title="a">x</abbr> href="/a" """)]
    public void A_link_to_a_page_of_ours_carries_the_choice(string html, string carried) =>
        Assert.Equal(carried, OwnLinks.CarryOn(html, "country=AU"));

    [Theory]
    [InlineData("""<form action="/search" method="get">""", true)]
    [InlineData("""<form action="/check#emergency">""", true)]
    [InlineData("""<form action="/check"><select name="country"></select>""", false)]
    public void A_form_that_asks_for_a_page_keeps_the_choice(string form, bool keeps)
    {
        var html = form + "</form><p>after</p>";

        var carried = OwnLinks.CarryOn(html, "country=GB-NIR");

        Assert.Equal(
            keeps ? html.Replace(form, form + """<input type="hidden" name="country" value="GB-NIR" />""", StringComparison.Ordinal) : html,
            carried);
    }

    [Theory]
    [InlineData("/articles", "country=AU", "/articles?country=AU")]
    [InlineData("/articles?page=2", "country=AU", "/articles?page=2&country=AU")]
    [InlineData("/articles/one#comments", "country=AU", "/articles/one?country=AU#comments")]
    [InlineData("/articles", null, "/articles")]
    public void An_address_carries_the_choice(string address, string? choice, string carried) =>
        Assert.Equal(carried, OwnLinks.Carry(address, choice));
}
