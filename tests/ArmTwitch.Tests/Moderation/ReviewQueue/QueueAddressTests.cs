using ArmTwitch.Comments;
using ArmTwitch.Moderation.ReviewQueue;

namespace ArmTwitch.Tests.Moderation.ReviewQueue;

public sealed class QueueAddressTests
{
    [Theory]
    [InlineData("/moderation/queue")]
    [InlineData("/moderation/queue?tab=red-flags")]
    [InlineData("/moderation/queue?q=50%25%20off%20%26%20more")]
    [InlineData("/moderation/queue?state=approved-redacted&comment=0198d5a0-0000-7000-8000-000000000001")]
    [InlineData("/moderation/queue?article=arm-muscle-twitching&rule=dosage")]
    [InlineData("/moderation/queue?related=0198d5a0-0000-7000-8000-000000000001")]
    public void An_address_is_written_as_it_was_read(string address) =>
        Assert.Equal(address, QueueAddress.Parse($"https://armtwitch.test{address}#main").ToString());

    [Fact]
    public void An_address_says_what_to_list_and_which_comment_to_open()
    {
        var one = Guid.Parse("0198d5a0-0000-7000-8000-000000000001");

        var read = QueueAddress.Parse($"/moderation/queue?tab=appeals&state=spam&article=arm-muscle-twitching&rule=r&q=a+b&comment={one}");

        Assert.Equal(
            new QueueAddress(new QueueFilter(QueueTab.Appeals, ModerationTestSite.Article, "r", CommentStatus.Spam, "a b"), one), read);
    }

    [Theory]
    [InlineData("?tab=nonsense&state=pending&article=No/Slug&related=x")]
    [InlineData("?q=%00%20&rule=%00")]
    [InlineData("?tab&q=&&=&comment=")]
    public void What_an_address_says_wrongly_is_left_out(string query) =>
        Assert.Equal(new QueueAddress(QueueFilter.Everything), QueueAddress.Parse($"/moderation/queue{query}"));

    [Fact]
    public void A_mangled_comment_leads_to_none_and_a_long_search_is_cut()
    {
        Assert.Equal(Guid.Empty, QueueAddress.Parse("/moderation/queue?comment=0198d5a0-00").Comment);
        Assert.Equal(200, QueueAddress.Parse($"/moderation/queue?q={new string('x', 5000)}").Filter.Words!.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void A_search_that_was_emptied_narrows_nothing(string typed)
    {
        Assert.Equal(QueueFilter.Everything, new QueueFilter(Words: typed, Rule: typed));
        Assert.Equal(QueueFilter.Everything, new QueueFilter(Words: "arm") with { Words = typed });
    }
}
