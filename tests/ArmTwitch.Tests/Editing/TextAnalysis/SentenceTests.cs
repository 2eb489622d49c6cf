using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.MarkdownDialect;
using ArmTwitch.Articles.Parsing;
using ArmTwitch.Editing.TextAnalysis;
using Markdig.Syntax;

namespace ArmTwitch.Tests.Editing.TextAnalysis;

public sealed class SentenceTests
{
    [Theory]
    [InlineData("One. Two! Three?", "One.", "Two!", "Three?")]
    [InlineData("Take salts, e.g. calcium. Rest.", "Take salts, e.g. calcium.", "Rest.")]
    [InlineData("Some salts (e.g. Calcium) fall.", "Some salts (e.g. Calcium) fall.")]
    [InlineData("It is i.e. Not much. Rest.", "It is i.e. Not much.", "Rest.")]
    [InlineData("Dr. Mayo phoned. St. John's wort too.", "Dr. Mayo phoned.", "St. John's wort too.")]
    [InlineData("The mean was 0.5 twitches. That is few.", "The mean was 0.5 twitches.", "That is few.")]
    [InlineData("He said \"Stop.\" She went.", "He said \"Stop.\"", "She went.")]
    [InlineData("It stops (mostly.) Then rest.", "It stops (mostly.)", "Then rest.")]
    [InlineData("Wait… Then call.", "Wait…", "Then call.")]
    [InlineData("Is it harmless? 2 weeks is the mark.", "Is it harmless?", "2 weeks is the mark.")]
    [InlineData("your face droops, even if it passes", "your face droops, even if it passes")]
    [InlineData("At 9 a.m. The clinic opens. Go.", "At 9 a.m. The clinic opens.", "Go.")]
    [InlineData("  ")]
    [InlineData("")]
    public void A_text_is_split_at_the_ends_of_sentences(string text, params string[] sentences) =>
        Assert.Equal(sentences, Sentence.Split(text, []).Select(sentence => sentence.Text));

    [Theory]
    [InlineData("One [@F001]. Two [@F002].", "F001", "F002")]
    [InlineData("One. [@F001] Two. [@F002]", "F001", "F002")]
    [InlineData("One [@F001] [@F002]. Two.", "F001 F002", "")]
    [InlineData("One. Two.[@F001]", "", "F001")]
    [InlineData("[@F001] One. Two.", "F001", "")]
    [InlineData("**Bold [@F001].** Two\n[@F002].", "F001", "F002")]
    public void A_citation_belongs_to_the_sentence_before_it(string markdown, params string[] facts)
    {
        var span = new TextSpan((LeafBlock)ArticleMarkdownRenderer.Parse(markdown)[0], TextSpanKind.Paragraph, null, 0);

        Assert.Equal(facts, span.Sentences.Select(sentence => string.Join(' ', sentence.Facts)));
    }

    [Fact]
    public void Words_are_counted_as_a_reader_counts_them()
    {
        var sentence = Assert.Single(Sentence.Split("A well-known GP saw 100,000 people's C5 (0.5)!", []));

        Assert.Equal(
            ["A", "well-known", "GP", "saw", "100,000", "people's", "C5", "0.5"], sentence.Words.Select(word => sentence.Text[word]));
    }

    [Fact]
    public void A_place_in_the_text_leads_to_its_line_and_column_in_the_file()
    {
        var span = new TextSpan(
            ArticleMarkdownRenderer.Parse("- one **two**\n  three [@F001] four").Descendants<ParagraphBlock>().First(), TextSpanKind.Item,
            null, 0);

        Assert.Equal("one two three four", span.Text);
        Assert.Equal(new TextPosition(1, 9), span.Place(span.Text.IndexOf("two", StringComparison.Ordinal)));
        Assert.Equal(new TextPosition(2, 17), span.Place(span.Text.IndexOf("four", StringComparison.Ordinal)));
    }

    [Theory]
    // 12 words, 2 sentences, 14 syllables: 0.39 × 6 + 11.8 × 14 ÷ 12 − 15.59.
    [InlineData("Most arm twitches stop in days. Rest well and drink less coffee.", 0.52)]
    // 8 words, 1 sentence, 21 syllables: 0.39 × 8 + 11.8 × 21 ÷ 8 − 15.59.
    [InlineData("A neurological examination may identify weakness in muscles.", 18.505)]
    // The name does not count: 6 words, 1 sentence, 8 syllables: 0.39 × 6 + 11.8 × 8 ÷ 6 − 15.59.
    [InlineData("A fasciculation is a small muscle flicker.", 2.48)]
    public void The_grade_is_that_of_Flesch_and_Kincaid(string text, double grade) =>
        Assert.Equal(grade, ReadingGrade.Of(
            Sentence.Split(text, []),
            EditorialWordList.Read("names: [fasciculation]", new DiagnosticCollector("words.yml")))!.Value, tolerance: 0.01);

    [Fact]
    public void No_words_have_no_grade() => Assert.Null(ReadingGrade.Of(Sentence.Split("…", []), EditorialWordList.Empty));
}
