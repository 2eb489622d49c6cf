using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ArmTwitch.Tests.Search;

/// <summary>What the search page shows to somebody in despair.</summary>
public sealed class SearchDespairTests(SharedSite shared) : SearchTestBase(shared)
{
    [Theory]
    [InlineData("want to kill myself")]
    [InlineData("suicidal")]
    [InlineData("sucidal")]
    [InlineData("Ich will nicht mehr leben")]
    [InlineData("kil myself")]
    [InlineData("killmyself")]
    [InlineData("hurting myself")]
    [InlineData("no reason to live")]
    [InlineData("dont wanna live")]
    [InlineData("I want to disappear")]
    [InlineData("k!ll myself")]
    [InlineData("kill me")]
    [InlineData("cut myself")]
    [InlineData("hurt myself")]
    [InlineData("end my live")]
    [InlineData("k1ll myself")]
    [InlineData("k i l l myself")]
    [InlineData("su1cidal")]
    [InlineData("slit my wrists")]
    [InlineData("k*ll myself")]
    [InlineData("ki11 myself")]
    [InlineData("kll myself")]
    [InlineData("sui cide")]
    [InlineData("lethal dose")]
    [InlineData("want it to be over")]
    [InlineData("never wake up")]
    [InlineData("voglio uccidermi")]
    [InlineData("zelfmoord")]
    [InlineData("samobójstwo")]
    [InlineData("самоубийство")]
    [InlineData("自殺")]
    [InlineData("intihar")]
    [InlineData("أريد أن أموت")]
    [InlineData("आत्महत्या")]
    [InlineData("ki\u200Bll myself")]
    [InlineData("k\u0301ill myself")]
    [InlineData("k\u0338ill myself")]
    [InlineData("k\u00ADill myself")]
    [InlineData("\U0001D5F8\U0001D5F6\U0001D5F9\U0001D5F9 myself")]
    [InlineData("k\u0456ll myself")]
    [InlineData("how to end it all")]
    [InlineData("how to end it painlessly")]
    [InlineData("i wish i wasnt here anymore")]
    [InlineData("nobody would miss me if i was gone")]
    [InlineData("the gym makes me want to hurt myself")]
    public async Task Words_of_despair_put_the_lines_of_people_who_listen_first(string query)
    {
        var html = await PageAsync(query);

        Assert.Contains("<title>Please talk to someone now", html, StringComparison.Ordinal);
        var card = html.IndexOf(">Please talk to someone now</h1>", StringComparison.Ordinal);
        var form = html.IndexOf("role=\"search\"", StringComparison.Ordinal);
        Assert.InRange(card, 0, form);
        Assert.Contains("href=\"tel:116123\"", html[card..form], StringComparison.Ordinal);
        Assert.Contains("href=\"tel:988\"", html[card..form], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_of_despair_show_the_line_of_the_chosen_country_before_all_others()
    {
        var html = await PageAsync("suicidal", "&country=US");

        Assert.InRange(
            html.IndexOf("href=\"tel:988\"", StringComparison.Ordinal), 0, html.IndexOf("href=\"tel:116123\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_typed_in_despair_is_not_logged()
    {
        using var log = new CapturedLog();
        using var site = new TestSite(settings: ("Logging:LogLevel:Default", "Trace"))
            .With(services => services.AddSingleton<ILoggerProvider>(log));
        using var visitor = site.Visit();

        await visitor.GetStringAsync(new Uri("/search?q=want+to+kill+myself", UriKind.Relative), Stop);

        Assert.DoesNotContain(log.Lines, line => line.Contains("kill", StringComparison.OrdinalIgnoreCase));
    }
}
