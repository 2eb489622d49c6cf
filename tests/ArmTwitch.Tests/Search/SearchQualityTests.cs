using System.Globalization;
using ArmTwitch.Search;
using ArmTwitch.Search.Queries;

namespace ArmTwitch.Tests.Search;

/// <summary>
/// Holds search to the 160 questions of <c>search-queries.tsv</c>. With <c>--output Detailed</c> each test prints its table, which
/// docs/quality.md quotes, and every question that falls short.
/// </summary>
public sealed class SearchQualityTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private const double FirstGoal = 0.9, AmongThreeGoal = 0.97;

    private static readonly List<SearchQuestion> Questions = [.. SearchQuestion.All];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_right_article_comes_first(bool isHeld)
    {
        var half = Questions.Where(question => question.IsHeld == isHeld).ToList();
        var places = new List<(SearchQuestion Question, int Place)>();
        foreach (var question in half)
            places.Add((question, await PlaceAsync(question)));

        foreach (var kind in places.GroupBy(one => one.Question.Kind).Append(places.GroupBy(_ => "all").Single()))
            Print($"| {kind.Key} | {kind.Count()} | {Share(kind, 1)} | {Share(kind, 3)} |");
        foreach (var (question, place) in places.Where(one => one.Place is not 1))
            Print($"{question.Query}: {place} ({string.Join(", ", await SlugsAsync(question, 3))})");

        Assert.Equal(80, half.Count);
        Assert.InRange(places.Count(one => one.Place is 1) / 80.0, FirstGoal, 1);
        Assert.InRange(places.Count(one => one.Place is >= 1 and <= 3) / 80.0, AmongThreeGoal, 1);
    }

    [Fact]
    public async Task Every_question_of_danger_shows_its_card()
    {
        var missed = new List<string>();
        Assert.Equal(52, Questions.Count(question => question.HasCard));
        foreach (var question in Questions.Where(question => question.HasCard))
        {
            var danger = (await FindAsync(question)).Danger;
            if (!(question.Card is ["crisis"] ? danger.IsCrisis : danger.Signs.Any(sign => question.Card.Contains(sign.Id))))
                missed.Add($"{question.Query}: {Shown(danger)}");
        }

        Assert.Empty(missed);
    }

    [Fact]
    public async Task No_ordinary_question_shows_a_red_card()
    {
        var shown = new List<string>();
        Assert.Equal(108, Questions.Count(question => !question.HasCard));
        foreach (var question in Questions.Where(question => !question.HasCard))
        {
            var danger = (await FindAsync(question)).Danger;
            if (danger.IsEmergency)
                shown.Add($"{question.Query}: {Shown(danger)}");
        }

        Assert.Empty(shown);
    }

    private async Task<int> PlaceAsync(SearchQuestion question) =>
        1 + (await SlugsAsync(question, int.MaxValue)).FindIndex(question.First.Contains) is var place and > 0 ? place : 99;

    private async Task<List<string>> SlugsAsync(SearchQuestion question, int most) =>
        [.. (await FindAsync(question)).Hits.Take(most).Select(hit => hit.Article.Slug.ToString())];

    private async Task<SearchResults> FindAsync(SearchQuestion question) =>
        (await shared.Site.Get<ArticleSearch>().FindAsync(question.Query, null, Xunit.TestContext.Current.CancellationToken))!;

    private static string Share(IEnumerable<(SearchQuestion Question, int Place)> places, int most)
    {
        var all = places.ToList();
        return (all.Count(one => one.Place <= most) / (double)all.Count).ToString("0.0 %", CultureInfo.InvariantCulture);
    }

    private static string Shown(QueryDanger danger) =>
        string.Join(", ", danger.Signs.Select(sign => sign.Id).Prepend(danger.IsCrisis ? "crisis" : "no crisis"));

    private static void Print(string line) => Xunit.TestContext.Current.TestOutputHelper!.WriteLine(line);
}
