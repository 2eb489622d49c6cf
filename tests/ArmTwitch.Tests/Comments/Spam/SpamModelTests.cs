using ArmTwitch.Comments;
using ArmTwitch.Comments.Spam;

namespace ArmTwitch.Tests.Comments.Spam;

public sealed class SpamModelTests
{
    /// <summary>From this score on the queue says that a comment looks like advertising.</summary>
    private const double SpamLike = Comment.SpamLike;

    private static readonly SpamModel Learned = SpamModel.Train(LabelledComments.Learned);

    [Fact]
    public void On_the_first_day_it_is_as_good_as_the_documentation_says()
    {
        var quality = LabelledComments.Measure(SpamModel.Initial, SpamLike);

        Assert.True(quality is { Precision: >= .98, Recall: >= .95, Area: >= .99 }, $"{quality}");
    }

    [Fact]
    public void After_a_few_decisions_it_is_as_good_as_the_documentation_says()
    {
        var quality = LabelledComments.Measure(Learned, SpamLike);

        Assert.True(quality is { Precision: >= .98, Recall: >= .94, Area: >= .995 }, $"{quality}");
    }

    [Fact]
    public void As_many_comments_are_held_out_as_the_documentation_says()
    {
        Assert.Equal((73, 68), (LabelledComments.HeldOut.Count(one => !one.IsSpam), LabelledComments.HeldOut.Count(one => one.IsSpam)));
        Assert.Empty(LabelledComments.HeldOut.Select(one => one.Text)
            .Intersect(LabelledComments.Learned.Concat(SpamSeedExamples.All).Select(one => one.Text)));
    }

    [Fact]
    public void A_text_of_unknown_words_scores_a_half() =>
        Assert.Equal(.5, SpamModel.Initial.Score("", "Xyzzy plugh"), precision: 10);

    [Fact]
    public void A_score_is_explained_by_the_words_that_weigh_most()
    {
        const string text = "Buy our herbal drops at https://drops.example, free shipping! My arm twitched.";

        var words = Learned.Explain("", text);

        Assert.Equal(words.OrderByDescending(word => Math.Abs(word.Weight)), words);
        Assert.Contains(words, word => word is { Word: SpamFeatureExtractor.Link, Weight: > 1 });
        Assert.Contains(words, word => word is { Word: "shipping", Weight: > 1 });
        Assert.Contains(words, word => word is { Word: "arm", Weight: < -.5 });
        Assert.Equal(Learned.Score("", text), 1 / (1 + Math.Exp(-words.Sum(word => word.Weight))), precision: 10);
    }

    [Fact]
    public void One_decision_alone_moves_the_score_a_little()
    {
        var model = SpamModel.Train([new("", "Zebra", true)]);

        Assert.InRange(model.Score("", "Zebra"), .6, .7);
    }

    [Theory]
    [InlineData("", "See www.example.org", SpamFeatureExtractor.Link)]
    [InlineData("", "HTTP://a.example and https://b.example", SpamFeatureExtractor.Links)]
    [InlineData("www.shop.example", "Hello", SpamFeatureExtractor.LinkInName)]
    [InlineData("", "Only 5 €", SpamFeatureExtractor.Price)]
    [InlineData("", "20% off", SpamFeatureExtractor.Percent)]
    [InlineData("", "BEST PRICES TODAY", SpamFeatureExtractor.Capitals)]
    [InlineData("", "Wow!!!", SpamFeatureExtractor.Exclaiming)]
    [InlineData("", "Call 0123 456 789", SpamFeatureExtractor.Digits)]
    [InlineData("", "Купить дешево", SpamFeatureExtractor.OtherScript)]
    public void Shape_is_seen_too(string author, string text, string feature) =>
        Assert.Contains(feature, SpamFeatureExtractor.Extract(author, text));

    [Theory]
    [InlineData("MY ARM TWITCHED AT 4 AM", SpamFeatureExtractor.Price)]
    [InlineData("I had an EMG and an MRI at A&E", SpamFeatureExtractor.Capitals)]
    [InlineData("Three weeks! Really!", SpamFeatureExtractor.Exclaiming)]
    [InlineData("It began in 2026", SpamFeatureExtractor.Digits)]
    [InlineData("Ça commence à l'épaule", SpamFeatureExtractor.OtherScript)]
    public void Shape_is_not_seen_where_it_is_not(string text, string feature) =>
        Assert.DoesNotContain(feature, SpamFeatureExtractor.Extract("", text));

    [Fact]
    public void Numbers_are_no_words() =>
        Assert.Equal(["ring", "ada", "b12", SpamFeatureExtractor.Digits], SpamFeatureExtractor.Extract("", "Ring Ada: 07700 900123, B12"));

    [Fact]
    public void A_long_text_takes_little_time()
    {
        var text = string.Join(' ', Enumerable.Range(0, 600).Select(number => $"w{number}"));
        Learned.Score("Ada", text);
        var time = System.Diagnostics.Stopwatch.StartNew();

        for (var round = 0; round < 10; round++)
            Learned.Score("Ada", text);

        Assert.InRange(time.Elapsed, TimeSpan.Zero, TimeSpan.FromMilliseconds(500));
    }
}
