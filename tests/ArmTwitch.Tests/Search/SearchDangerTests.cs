using System.Net;
using ArmTwitch.Search;

namespace ArmTwitch.Tests.Search;

/// <summary>What the search page shows to somebody in danger.</summary>
public sealed class SearchDangerTests(SharedSite shared) : SearchTestBase(shared)
{
    [Theory]
    [InlineData("chest pain and left arm", "your chest hurts")]
    [InlineData("not a stroke", "your face droops")]
    [InlineData("I had a seizure last week", "seizure")]
    public async Task Words_of_danger_put_the_card_with_its_numbers_before_everything_that_was_found(string query, string sign)
    {
        var html = await PageAsync(query);

        var card = html.IndexOf("class=\"card emergency\"", StringComparison.Ordinal);
        Assert.InRange(card, 0, html.IndexOf("role=\"search\"", StringComparison.Ordinal));
        Assert.Contains("href=\"tel:999\"", html[card..], StringComparison.Ordinal);
        Assert.Contains("href=\"tel:911\"", html[card..], StringComparison.Ordinal);
        Assert.Contains(sign, html[card..], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("crise d'e\u0301pilepsie")]
    [InlineData("j'e\u0301touffe")]
    public async Task Accents_that_were_typed_as_characters_of_their_own_hide_no_danger(string query) =>
        Assert.Contains("class=\"card emergency\"", await PageAsync(query), StringComparison.Ordinal);

    [Theory]
    [InlineData("choking", "weak-and-hard-to-breathe")]
    [InlineData("food sticking", "weak-and-hard-to-breathe")]
    [InlineData("lockjaw", "weak-and-hard-to-breathe")]
    [InlineData("blue lips", "short-of-breath")]
    [InlineData("both legs weak", "both-sides-weaker")]
    [InlineData("one side of face", "stroke-signs")]
    [InlineData("hallucinating", "after-heavy-drinking-fit")]
    [InlineData("halucinating", "sedative-stopped")]
    [InlineData("head injury", "neck-injury")]
    [InlineData("fell on neck", "neck-injury")]
    [InlineData("wee myself", "neck-injury")]
    [InlineData("child fitting", "first-fit")]
    [InlineData("started fitting", "first-fit")]
    [InlineData("hypo", "low-sugar")]
    [InlineData("feel shaky and sweaty", "low-sugar-shaky")]
    [InlineData("feel shaky and sweaty", "low-sugar")]
    [InlineData("high fever twitching", "fever-after-medicine")]
    [InlineData("dead arm", "numb-or-sore")]
    [InlineData("tongue swelling", "throat-tightens")]
    [InlineData("lips swelling", "throat-tightens")]
    [InlineData("allergic reaction", "throat-tightens")]
    [InlineData("wont wake up", "heart-pounds")]
    [InlineData("my child won't wake up", "child-hard-to-wake")]
    [InlineData("swallowed batteries", "overdose-or-poison")]
    [InlineData("left arm heavy", "chest-pain")]
    [InlineData("left arm heavy", "stroke-signs")]
    [InlineData("left arm pain", "chest-pain")]
    [InlineData("legs weak after a cold", "tingling-after-infection")]
    [InlineData("vomiting and cramps", "losing-water")]
    [InlineData("no wee", "bladder-loss")]
    [InlineData("heavy left arm", "stroke-signs")]
    [InlineData("whiplash numb fingers after exercises", "neck-injury")]
    [InlineData("stoke", "stroke-signs")]
    [InlineData("suddenly dead arm in the morning", "stroke-signs")]
    [InlineData("neck injury years ago now numb hands", "neck-injury")]
    [InlineData("no chest pain but slurred speech", "stroke-signs")]
    [InlineData("poison ivy and chest pain", "chest-pain")]
    [InlineData("low blood sugar", "low-sugar")]
    [InlineData("lost bladder control", "neck-injury")]
    [InlineData("rhythmic twitching of one hand", "steady-beat-jerking")]
    [InlineData("twitching and suddenly sleepy", "jerks-and-drowsy")]
    [InlineData("\U0001D5F0\U0001D5F5\U0001D5F2\U0001D600\U0001D601 \U0001D5FD\U0001D5EE\U0001D5F6\U0001D5FB", "chest-pain")]
    public async Task Short_words_of_danger_show_their_sign(string query, string sign) =>
        Assert.Contains(sign, (await FindAsync(query)).Danger.Signs.Select(shown => shown.Id));

    [Theory]
    [InlineData("dead arm")]
    [InlineData("cut out caffeine")]
    [InlineData("can twitching kill me")]
    [InlineData("hurt my arm lifting")]
    [InlineData("blue inhaler twitching")]
    [InlineData("lips twitching")]
    [InlineData("both arms twitching")]
    [InlineData("twitch on one side")]
    [InlineData("head jerks when falling asleep")]
    [InlineData("fell asleep on my arm")]
    [InlineData("does high temperature make it worse")]
    [InlineData("need to wee a lot")]
    [InlineData("living with twitching")]
    [InlineData("the best food for it")]
    [InlineData("vitamin b 12")]
    [InlineData("cut out caffeine myself")]
    [InlineData("hurt my arm lifting by myself")]
    [InlineData("tight fitting sleeve twitch")]
    [InlineData("I want this twitch to disappear")]
    [InlineData("twitching for no reason all my life")]
    [InlineData("tired all my life")]
    [InlineData("hurt myself lifting weights")]
    [InlineData("twitching after i hurt myself at the gym")]
    [InlineData("fell and hurt myself")]
    [InlineData("how to end it")]
    [InlineData("twitching how to end it")]
    [InlineData("twitching for two days going to end it with magnesium")]
    [InlineData("give up everything sweet")]
    [InlineData("suicide squad")]
    [InlineData("twitching when sleepy")]
    [InlineData("sleepy twitching")]
    [InlineData("steady twitching")]
    [InlineData("twitch rhythm")]
    [InlineData("no chest pain")]
    [InlineData("no chest pain or shortness of breath")]
    [InlineData("how to end it naturally")]
    [InlineData("no bladder problems")]
    [InlineData("low sugar diet")]
    [InlineData("low sugar drinks")]
    [InlineData("poison ivy")]
    [InlineData("fitting a splint")]
    [InlineData("swimming stroke")]
    [InlineData("neck injury exercises")]
    [InlineData("neck accident years ago")]
    [InlineData("out of breath after running")]
    [InlineData("my arm feels weak but is not")]
    [InlineData("dead arm in the morning")]
    [InlineData("arm goes dead at night")]
    public async Task Words_that_are_close_to_danger_show_no_red_card(string query) =>
        Assert.Equal((false, false), (await FindAsync(query)).Danger is var danger ? (danger.IsEmergency, danger.IsCrisis) : default);

    [Fact]
    public async Task A_chosen_country_has_its_number_alone_on_the_card()
    {
        var html = await PageAsync("chest pain", "&country=AU");

        Assert.Contains("href=\"tel:000\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"tel:911\"", html, StringComparison.Ordinal);
        Assert.Contains("<input type=\"hidden\" name=\"q\" value=\"chest pain\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_orange_card_stands_above_an_arm_that_was_slept_on()
    {
        foreach (var query in new[] { "dead arm in the morning", "arm goes dead at night" })
            Assert.Empty((await FindAsync(query)).Danger.Signs);
    }

    [Theory]
    [InlineData("and now I want to kill myself", ">Please talk to someone now</h1>")]
    [InlineData("now my chest hurts", "class=\"card emergency\"")]
    public async Task Danger_at_the_end_of_a_long_text_shows_the_card_and_the_reader_is_told_how_much_was_searched(
        string danger, string card)
    {
        var query = string.Concat(Enumerable.Repeat("My arm has twitched since Monday and I do not know why. ", 30)) + danger;

        var html = await PageAsync(query);

        Assert.Contains(card, html, StringComparison.Ordinal);
        Assert.Contains("its first 200 characters", html, StringComparison.Ordinal);
        Assert.Contains($"{danger}\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_that_stand_far_apart_in_a_long_text_are_no_danger()
    {
        var query = $"one side, {string.Concat(Enumerable.Repeat("my arm twitches in the evening ", 20))}, and my thumb is numb";

        Assert.Empty((await FindAsync(query)).Danger.Signs);
    }

    [Theory]
    [InlineData("chest pain", "your chest hurts")]
    [InlineData("sucidal", ">Please talk to someone now</h1>")]
    public async Task Who_searches_too_often_still_gets_the_card(string query, string words)
    {
        using var site = new TestSite(settings: [("Limits:SearchesInAMinute", "1")]);
        using var visitor = site.Visit();
        await visitor.GetStringAsync(AddressOf("coffee"), Stop);

        using var refused = await visitor.GetAsync(AddressOf(query), Stop);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        await AssertIsCardAloneAsync(refused, words, "many searches from where you are");
    }

    [Theory]
    [InlineData("emergency", "call before you read on")]
    [InlineData("hospital", "do what the card says first")]
    [InlineData("urgent", "call before you read on")]
    [InlineData("routine", "do what the card says first")]
    public async Task Whoever_sees_a_card_is_asked_to_call_only_where_it_does(string level, string words)
    {
        using var content = new ContentCopy();
        content.Write("signs.yml", $"numb: {{level: {level}, says: \"your arm is numb [@F001]\"}}\n");
        content.Write("search-words.yml", "dangers:\n  - {sign: numb, typed: [dead arm]}\n");
        using var site = new TestSite(content.Folder);
        using var visitor = site.Visit();

        Assert.Contains(words, await visitor.GetStringAsync(AddressOf("dead arm"), Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_busy_search_still_shows_the_card()
    {
        using var site = new TestSite();
        using var visitor = site.Visit();
        var finder = site.Get<ArticleSearch>();
        await visitor.GetStringAsync(new Uri("/search", UriKind.Relative), Stop);

        var turn = await finder.EnterAsync(null, Stop);
        var waiting = Enumerable.Range(0, 8)
            .Select(network => finder.FindAsync("coffee", IPAddress.Parse($"192.0.{network}.1"), Stop)).ToList();
        using var refused = await visitor.GetAsync(AddressOf("chest pain"), Stop);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal(2, refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        await AssertIsCardAloneAsync(refused, "your chest hurts", "Search is busy");
        turn.Dispose();
        Assert.All(await Task.WhenAll(waiting), Assert.NotNull);
    }

    [Theory]
    [InlineData("hart attack")]
    [InlineData("slured speach")]
    [InlineData("having a seizeure")]
    [InlineData("paralised arm")]
    [InlineData("overdoze")]
    [InlineData("poisend")]
    [InlineData("cant brethe")]
    [InlineData("I can't swollow")]
    [InlineData("chest pian")]
    [InlineData("suiside")]
    public async Task Misspelt_words_of_danger_are_understood(string query) =>
        Assert.True((await FindAsync(query)).Danger.IsEmergency);

    private static async Task AssertIsCardAloneAsync(HttpResponseMessage refused, string words, string why)
    {
        var html = await refused.Content.ReadAsStringAsync(Stop);
        Assert.True(refused.Headers.CacheControl!.NoStore);
        Assert.Contains(words, html, StringComparison.Ordinal);
        Assert.Contains("href=\"tel:999\"", html, StringComparison.Ordinal);
        Assert.Contains(why, html, StringComparison.Ordinal);
        Assert.DoesNotContain("<ol class=\"links\">", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing here has these words", html, StringComparison.Ordinal);
    }
}
