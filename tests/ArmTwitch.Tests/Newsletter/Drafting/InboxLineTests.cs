using ArmTwitch.Newsletter.Drafting;
using Bunit;

namespace ArmTwitch.Tests.Newsletter.Drafting;

public sealed class InboxLineTests : IAsyncLifetime
{
    private readonly BunitContext bunit = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => bunit.DisposeAsync();

    [Theory]
    [InlineData(119, null)]
    [InlineData(120, "The 120 characters are full: what goes beyond is not taken. Look whether the end of what you pasted is missing.")]
    public void A_field_that_takes_no_more_says_so(int length, string? said) =>
        Assert.Equal(said, InboxLine.Full(new string('a', length), 120));

    [Theory]
    [InlineData(40, "40 characters; a phone shows all of it.")]
    [InlineData(41, "41 characters; a phone shows about the first 40.")]
    public void The_picture_of_a_phone_cuts_where_the_hint_says_that_a_phone_does(int length, string hint)
    {
        var words = new string('a', length);
        var line = bunit.Render<InboxLine>(parameters => parameters
            .Add(one => one.Sender, "ArmTwitch").Add(one => one.Subject, words).Add(one => one.Preheader, words));

        Assert.Equal(hint, InboxLine.Hint(words, 120));
        Assert.Equal(
            length > 40 ? $"{words[..40]}…" : words, line.Find(".inbox-phone .inbox-subject").TextContent);
        Assert.Equal(line.Find(".inbox-phone .inbox-subject").TextContent, line.Find(".inbox-phone .inbox-preheader").TextContent);
    }
}
