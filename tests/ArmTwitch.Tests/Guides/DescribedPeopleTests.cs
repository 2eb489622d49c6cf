using ArmTwitch.Articles;
using ArmTwitch.Articles.Emergency;
using ArmTwitch.Articles.RedFlags;

namespace ArmTwitch.Tests.Guides;

/// <summary>
/// 60 people answer the red-flag questions. What they must get was written from the facts before the questions were read.
/// </summary>
public sealed class DescribedPeopleTests(SharedSite shared) : IClassFixture<SharedSite>
{
    /// <summary>The one question that is not answered by signs.</summary>
    private const string AgeQuestion = "for-a-child";

    private static readonly IReadOnlyList<DescribedPerson> People = DescribedPerson.ReadAll();

    public static TheoryData<int> Numbers => [.. People.Select(person => person.Number)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Nobody_gets_less_help_than_they_must(int number)
    {
        var person = People.Single(person => person.Number == number);

        Assert.True(HelpFor(person) <= person.Help[^1], $"{person.Says} gets {HelpFor(person)}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public void Hardly_anybody_in_either_half_is_sent_further_than_they_must(int half)
    {
        var sentFurther = People.Where(person => person.Number % 2 == half && HelpFor(person) < person.Help[0]).ToList();

        Assert.InRange(sentFurther.Count, 0, 1);
    }

    [Fact]
    public void Every_sign_that_fits_somebody_is_a_sign_of_the_site()
    {
        var signs = shared.Site.Get<ArticleLibrary>().Current.Tables.Signs.Keys;

        Assert.Equal(61, People.Count);
        Assert.Empty(People.SelectMany(person => person.Signs).Except(signs));
    }

    private Urgency HelpFor(DescribedPerson person)
    {
        var content = shared.Site.Get<ArticleLibrary>().Current;
        var fits = person.Signs.Select(id => content.Tables.Signs[id].Says.Words).ToHashSet(StringComparer.Ordinal);
        var answers = "";
        while (true)
        {
            switch (content.Check!.Walk(answers)!.Now)
            {
                case CheckOutcome outcome:
                    return outcome.Urgency;
                case CheckQuestion { Id: AgeQuestion }:
                    answers += person.IsChild ? RedFlagCheck.Yes : RedFlagCheck.No;
                    break;
                case CheckQuestion question:
                    answers += question.Signs.Any(sign => fits.Contains(sign.Says)) ? RedFlagCheck.Yes : RedFlagCheck.No;
                    break;
            }
        }
    }
}
