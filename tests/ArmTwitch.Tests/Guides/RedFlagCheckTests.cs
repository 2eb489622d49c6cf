using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Emergency;
using ArmTwitch.Articles.RedFlags;

namespace ArmTwitch.Tests.Guides;

/// <summary>The red-flag questions, walked as readers walk them: by the links on the pages.</summary>
public sealed class RedFlagCheckTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    private ContentSnapshot Content => shared.Site.Get<ArticleLibrary>().Current;

    private RedFlagCheck Check => Content.Check!;

    [Fact]
    public async Task Every_path_ends_with_whom_to_contact_and_every_step_is_met()
    {
        var met = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<string>(["/check"]);
        var pages = 0;

        while (waiting.TryDequeue(out var address))
        {
            var page = await SeeAsync(address);
            pages++;
            var answers = address.Contains('=', StringComparison.Ordinal) ? address.Split('=')[1] : "";
            var walk = Check.Walk(answers)!;
            met.Add(walk.Now.Id);
            var links = page.QuerySelectorAll(".answers a").Select(link => link.GetAttribute("href")!).ToList();
            Assert.Equal("noindex", page.QuerySelector("meta[name=robots]")?.GetAttribute("content"));
            Assert.Contains(
                "not a diagnosis", address is "/check" || walk.Now is CheckOutcome ? page.Body!.TextContent : "not a diagnosis",
                StringComparison.OrdinalIgnoreCase);
            if (answers.Length > 0)
                Assert.NotNull(page.QuerySelector($".back-on a[href='{(answers.Length is 1 ? "/check" : $"/check?a={answers[..^1]}")}']"));
            Assert.NotNull(page.QuerySelector("main :is(.small, .lead, .calls) a[href='tel:999']"));
            if (walk.Now is CheckOutcome outcome)
            {
                Assert.Empty(links);
                Assert.Single(page.QuerySelectorAll($".card.{KebabCase.Of(outcome.Urgency)}"));
                Assert.NotNull(page.QuerySelector($"a[href='/articles/{outcome.Article}']"));
                Assert.Equal(outcome.Urgency is Urgency.SelfCare, page.QuerySelector(".stop") is not null);
                Assert.Equal(outcome.Urgency is not Urgency.SelfCare, page.QuerySelector("table.numbers") is not null);
                continue;
            }

            Assert.Equal([$"/check?a={answers}y", $"/check?a={answers}n"], links);
            links.ForEach(waiting.Enqueue);
        }

        Assert.Equal(Check.Steps.Select(step => step.Id).Order(StringComparer.Ordinal), met.Order(StringComparer.Ordinal));
        Assert.InRange(pages, 10, 60);
    }

    [Theory]
    [InlineData("n", 13, new[] { Urgency.Emergency, Urgency.Hospital, Urgency.Urgent, Urgency.Routine }, Urgency.SelfCare)]
    [InlineData("y", 6, new[] { Urgency.Emergency, Urgency.Hospital, Urgency.Urgent }, Urgency.Routine)]
    public void There_are_few_questions_and_the_urgent_ones_come_first(string begun, int most, Urgency[] urgencies, Urgency last)
    {
        var answers = begun;
        var met = new List<Urgency>();
        while (Check.Walk(answers)!.Now is CheckQuestion)
        {
            met.Add(EndsBehind(answers + 'y').Min(end => OutcomeOf(end).Urgency));
            answers += 'n';
        }

        Assert.InRange(answers.Length, most - 2, most);
        Assert.Equal(last, OutcomeOf(answers).Urgency);
        Assert.Equal(met.Order(), met);
        Assert.Equal(urgencies, met.Distinct());
        Assert.InRange(Check.Walk(begun)!.MostQuestions, answers.Length, most);
    }

    [Fact]
    public void Every_warning_sign_is_asked_about_and_whoever_has_it_gets_at_least_its_help()
    {
        var levels = Content.Tables.Signs.Values.ToDictionary(sign => sign.Says.Words, sign => sign.Level, StringComparer.Ordinal);
        var asked = new HashSet<string>(StringComparer.Ordinal);
        foreach (var answers in EndsBehind("").SelectMany(end => Enumerable.Range(1, end.Length), (end, length) => end[..length])
            .Where(answers => answers.EndsWith('y')).Distinct())
        {
            var signs = Check.Walk(answers[..^1])!.Signs.Select(sign => sign.Says).ToList();
            asked.UnionWith(signs);
            var least = EndsBehind(answers).Max(end => OutcomeOf(end).Urgency);
            Assert.All(signs, sign => Assert.InRange(least, Urgency.Emergency, levels[sign]));
        }

        Assert.Equal(levels.Where(sign => sign.Value is not Urgency.SelfCare).Select(sign => sign.Key).Order(), asked.Order());
    }

    [Theory]
    [InlineData("y")]
    [InlineData("n")]
    public void Nobody_is_sent_to_less_before_every_sign_of_an_emergency_was_asked_about(string whether)
    {
        var signs = Content.Tables.Signs.Values.ToDictionary(sign => sign.Says.Words, StringComparer.Ordinal);
        var ends = EndsBehind(whether).Select(end => (End: end, Asked: AskedOn(end))).ToList();
        var emergencies = ends.SelectMany(one => one.Asked).Distinct().Where(says => signs[says].Level is Urgency.Emergency).ToList();

        Assert.NotEmpty(emergencies);
        foreach (var (end, asked) in ends.Where(one => OutcomeOf(one.End).Urgency is not Urgency.Emergency))
        {
            // Whoever does not have a sign does not have it worse either.
            var worse = asked.SelectMany(says => signs[says].WorseSigns).Select(id => Content.Tables.Signs[id].Says.Words);
            Assert.True(!emergencies.Except(asked).Except(worse).Any(), $"{end}: {string.Join("; ", emergencies.Except(asked).Except(worse))}");
        }

        IReadOnlyList<string> AskedOn(string end) =>
            [.. Enumerable.Range(0, end.Length).SelectMany(length => Check.Walk(end[..length])!.Signs).Select(sign => sign.Says)];
    }

    [Fact]
    public void No_path_asks_about_a_sign_twice_and_each_ends_with_signs_of_its_own_card()
    {
        var levels = Content.Tables.Signs.Values.ToDictionary(sign => sign.Says.Words, sign => sign.Level, StringComparer.Ordinal);
        Assert.All(EndsBehind(""), end =>
        {
            var asked = Enumerable.Range(0, end.Length).SelectMany(length => Check.Walk(end[..length])!.Signs).Select(sign => sign.Says);
            Assert.Equal(asked.Distinct(), asked);
            Assert.NotEmpty(Check.Walk(end)!.Signs);
            Assert.All(Check.Walk(end)!.Signs, sign => Assert.Equal(OutcomeOf(end).Urgency, levels[sign.Says]));
        });
    }

    [Theory]
    [InlineData("yyy")]
    [InlineData("x")]
    [InlineData("X")]
    [InlineData("n n")]
    [InlineData("nnnnnnnnnnnnnnnnnnnnnnnn")]
    [InlineData("y&a=n")]
    public async Task Answers_that_do_not_fit_the_questions_are_not_found(string answers)
    {
        using var answer = await shared.Visitor.GetAsync(new Uri($"/check?a={answers}", UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task No_answer_at_all_is_the_first_page()
    {
        using var answer = await shared.Visitor.GetAsync(new Uri("/check?a=", UriKind.Relative), Stop);

        Assert.Equal((HttpStatusCode.MovedPermanently, "/check"), (answer.StatusCode, answer.Headers.Location!.ToString()));
    }

    [Fact]
    public async Task An_outcome_keeps_its_answers_when_the_country_changes()
    {
        var page = await SeeAsync("/check?a=ny");
        Assert.Equal("ny", page.QuerySelector(".country input[name=a]")!.GetAttribute("value"));

        var australia = await SeeAsync("/check?a=ny&country=AU");

        Assert.Contains("Call 000 now if:", australia.QuerySelector(".card.emergency h2")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(australia.QuerySelector(".back-on a[href='/check?country=AU']"));
        Assert.Equal(["tel:000"], australia.QuerySelectorAll(".calls a").Select(call => call.GetAttribute("href")));
    }

    [Fact]
    public async Task A_first_step_stands_above_the_number_to_call()
    {
        var answers = EndsBehind("").First(end => OutcomeOf(end) is { AdviceFirst: true, Urgency: Urgency.Urgent });

        var page = await SeeAsync($"/check?a={answers}&country=GB");

        Assert.Equal("UL", page.QuerySelector("h1 + *")!.TagName);
        Assert.Contains("15 g of fast sugar", page.QuerySelector("h1 + ul")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(1, page.Body!.TextContent.Split("15 g of fast sugar, such as a small glass").Length - 1);
        Assert.Equal("tel:111", page.QuerySelector(".calls a")!.GetAttribute("href"));
    }

    [Theory]
    [InlineData("/check")]
    [InlineData("/check?a=ny")]
    public async Task Its_numbers_lead_to_the_references_and_back_as_those_of_an_article_do(string address)
    {
        var page = await SeeAsync(address);

        var uses = page.QuerySelectorAll(".sources a");

        Assert.NotEmpty(uses);
        Assert.All(uses, use => Assert.Equal(
            ("-1", $"#ref-{use.TextContent}", $"Reference {use.TextContent}"),
            (use.GetAttribute("tabindex"), use.GetAttribute("href"), use.GetAttribute("aria-label"))));
        Assert.Equal(
            uses.Select(use => $"#{use.Id}").Order(StringComparer.Ordinal),
            page.QuerySelectorAll(".references .back").Select(back => back.GetAttribute("href")!).Order(StringComparer.Ordinal));
    }

    private CheckOutcome OutcomeOf(string answers) => Assert.IsType<CheckOutcome>(Check.Walk(answers)!.Now);

    /// <summary>Every way to answer all questions that goes on from these answers.</summary>
    private IEnumerable<string> EndsBehind(string answers) =>
        Check.Walk(answers)!.Now is CheckOutcome ? [answers] : EndsBehind(answers + 'y').Concat(EndsBehind(answers + 'n'));

    private async Task<IHtmlDocument> SeeAsync(string address)
    {
        using var answer = await shared.Visitor.GetAsync(new Uri(address, UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Stop));
    }
}
