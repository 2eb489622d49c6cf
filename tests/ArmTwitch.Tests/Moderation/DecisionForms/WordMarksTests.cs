using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.DecisionForms;

namespace ArmTwitch.Tests.Moderation.DecisionForms;

/// <summary>Words of a comment that are tapped to take them out.</summary>
public sealed class WordMarksTests
{
    private const string Text = "Ask (Dr Foo), at once: he's in.";

    private readonly List<Redaction> parts = [];

    [Fact]
    public void Words_stand_without_the_signs_around_them() =>
        Assert.Equal(["Ask", "Dr", "Foo", "at", "once", "he's", "in"], WordMarks.WordsOf(Text).Select(word => Text[word.Start..word.End]));

    [Theory]
    [InlineData(Text)]
    [InlineData("\n“Ada”, 4 pm –\n\n(Bath).\n")]
    [InlineData("?!")]
    public void The_words_to_tap_and_what_stands_between_them_are_the_whole_text(string text) =>
        Assert.Equal(text, string.Concat(WordMarks.Split(text).Select(
            one => one.Before + (one.Word is { } word ? text[word.Start..word.End] : ""))));

    [Theory]
    [InlineData("Foo", "Foo")]
    [InlineData("Dr Foo", "Dr Foo")]
    [InlineData("Foo Dr", "Dr Foo")]
    [InlineData("Dr at", "Dr|at")]
    [InlineData("Dr Dr", "")]
    [InlineData("at once he's once", "at|he's")]
    public void Each_tap_marks_or_unmarks_and_words_beside_each_other_are_one_place(string taps, string expected)
    {
        foreach (var tap in taps.Split(' '))
            WordMarks.Toggle(parts, Text, WordMarks.WordsOf(Text).First(word => Text[word.Start..word.End] == tap));

        Assert.Equal(expected, string.Join('|', parts.OrderBy(part => part.Start).Select(part => Text.Substring(part.Start, part.Length))));
    }

    [Fact]
    public void A_place_of_another_kind_is_not_joined()
    {
        parts.Add(new Redaction(Text.IndexOf("Dr", StringComparison.Ordinal), 2, RemovedKind.Name));

        WordMarks.Toggle(parts, Text, WordMarks.WordsOf(Text)[2]);

        Assert.Equal(2, parts.Count);
    }
}
