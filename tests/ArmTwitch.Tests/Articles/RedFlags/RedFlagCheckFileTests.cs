using System.Net;
using ArmTwitch.Articles;
using ArmTwitch.Articles.RedFlags;

namespace ArmTwitch.Tests.Articles.RedFlags;

/// <summary>What is wrong in <c>check.yml</c> is told with its line, and never leads a reader astray.</summary>
public sealed class RedFlagCheckFileTests : IDisposable
{
    private const string Sound = """
        start: now
        questions:
          now:
            ask: Is it sudden?
            signs: [sudden]
            yes: call
            no: later
          later:
            ask: Does it last?
            signs: [lasting]
            yes: visit
            no: home
        outcomes:
          call: {urgency: emergency, title: Call, article: one, advice: [{says: Call., facts: [F001]}]}
          visit: {urgency: routine, title: Visit, article: one, advice: [{says: Go., facts: [F001]}]}
          home: {urgency: self-care, title: Home, article: one, signs: [short], advice: [{says: Rest., facts: [F002]}]}
        """;

    private const string Signs = """
        sudden: {level: emergency, says: "it is sudden [@F001]"}
        lasting: {level: routine, says: "it lasts [@F001] [@F002]"}
        short: {level: self-care, says: "it is short [@F002]"}
        """;

    private readonly ContentCopy content = new();

    public RedFlagCheckFileTests() => content.Write("signs.yml", Signs);

    public void Dispose() => content.Dispose();

    [Fact]
    public void A_sound_file_has_no_fault()
    {
        content.Write("check.yml", Sound);

        Assert.Empty(content.Faults());
    }

    [Theory]
    [InlineData("no: later", "no: latr", "7:9", "unknown-step", "Did you mean \"later\"?")]
    [InlineData("start: now", "start: home", "1:8", "unknown-step", "There is no question \"home\"")]
    [InlineData("no: home", "no: now", "12:9", "loop", "round and round")]
    [InlineData("signs: [lasting]\n    yes: visit", "signs: [short]\n    yes: home", "15:", "unreached-step", "No answers lead to \"visit\"")]
    [InlineData("facts: [F002]", "facts: [F009]", "16:", "unknown-fact", "There is no fact \"F009\"")]
    [InlineData("signs: [lasting]", "signs: [lastin]", "10:13", "unknown-sign", "Did you mean \"lasting\"?")]
    [InlineData("signs: [sudden]", "signs: [lasting]", "5:13", "sign-level", "signs.yml has it for routine, and this ends with emergency.")]
    [InlineData("signs: [short]", "signs: [sudden]", "16:", "sign-level", "The sign \"sudden\" leads to the wrong card.")]
    [InlineData("signs: [sudden]", "signs: []", "5:", "missing", "\"signs\" is empty.")]
    [InlineData("title: Call, article: one", "title: Call, article: two", "14:", "dead-link", "There is no article \"two\"")]
    [InlineData("urgency: emergency", "urgency: alarm", "14:", "unknown-word", "\"alarm\"")]
    [InlineData("  home: {urg", "  now: {urg", "16:", "taken-step", "is a question already")]
    [InlineData("signs: [sudden]\n    yes: call", "signs: [short]\n    yes: home", "6:10", "not-urgent-first", "Ask the most urgent questions first.")]
    public void A_fault_is_reported_where_it_stands(string sound, string broken, string at, string rule, string told)
    {
        content.Write("check.yml", Sound.Replace(sound, broken, StringComparison.Ordinal));

        Assert.Contains(content.Faults(), diagnostic =>
            diagnostic.Rule == rule && $"{diagnostic.Line}:{diagnostic.Column}".StartsWith(at, StringComparison.Ordinal)
            && diagnostic.ToString().Contains(told, StringComparison.Ordinal));
    }

    [Fact]
    public void A_question_has_the_words_that_the_sign_has_now()
    {
        content.Write("check.yml", Sound);
        using var site = new TestSite(content.Folder);
        var before = site.Get<ArticleLibrary>().Current.Check!.Walk("n")!.Now;

        content.Write("signs.yml", Signs.Replace("it lasts", "it goes on for weeks", StringComparison.Ordinal));
        site.Get<ArticleLibrary>().Reload();

        var sign = Assert.Single(Assert.IsType<CheckQuestion>(before).Signs);
        Assert.Equal("it lasts", sign.Says);
        Assert.Equal(["F001", "F002"], sign.Facts.Select(fact => fact.Id));
        Assert.Equal(
            "it goes on for weeks",
            Assert.Single(Assert.IsType<CheckQuestion>(site.Get<ArticleLibrary>().Current.Check!.Walk("n")!.Now).Signs).Says);
    }

    [Fact]
    public void An_outcome_behind_a_no_shows_none_of_the_signs_that_do_not_fit()
    {
        content.Write("check.yml", Sound.Replace("signs: [short], ", "", StringComparison.Ordinal));
        using var site = new TestSite(content.Folder);
        var check = site.Get<ArticleLibrary>().Current.Check!;

        Assert.Equal("it is sudden", Assert.Single(check.Walk("y")!.Signs).Says);
        Assert.Empty(check.Walk("nn")!.Signs);
    }

    [Theory]
    [InlineData("", 2)]
    [InlineData("n", 2)]
    [InlineData("nn", 2)]
    [InlineData("y", 1)]
    public void The_longest_way_is_known_at_every_step(string answers, int questions)
    {
        content.Write("check.yml", Sound);
        using var site = new TestSite(content.Folder);

        Assert.Equal(questions, site.Get<ArticleLibrary>().Current.Check!.Walk(answers)!.MostQuestions);
    }

    [Fact]
    public async Task A_changed_file_is_used_at_once_and_a_broken_one_is_not()
    {
        content.Write("check.yml", Sound);
        using var site = new TestSite(content.Folder);
        using var visitor = site.Visit();
        Assert.Contains("Is it sudden?", await ReadAsync(visitor), StringComparison.Ordinal);

        content.Write("check.yml", Sound.Replace("Is it sudden?", "Did it come suddenly?", StringComparison.Ordinal));
        site.Get<ArticleLibrary>().Reload();
        Assert.Contains("Did it come suddenly?", await ReadAsync(visitor), StringComparison.Ordinal);

        content.Write("check.yml", "start: nowhere at all\n");
        site.Get<ArticleLibrary>().Reload();
        Assert.Contains("Did it come suddenly?", await ReadAsync(visitor), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_file_there_are_no_questions_and_no_link_to_them()
    {
        using var site = new TestSite(content.Folder);
        using var visitor = site.Visit();

        using var answer = await visitor.GetAsync(new Uri("/check", UriKind.Relative), Xunit.TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain(
            "\"/check\"", await answer.Content.ReadAsStringAsync(Xunit.TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static Task<string> ReadAsync(HttpClient visitor) =>
        visitor.GetStringAsync(new Uri("/check", UriKind.Relative), Xunit.TestContext.Current.CancellationToken);
}
