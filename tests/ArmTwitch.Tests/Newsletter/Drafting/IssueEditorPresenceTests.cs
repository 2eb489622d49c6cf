using ArmTwitch.Articles;
using ArmTwitch.Newsletter.Drafting;
using ArmTwitch.Newsletter.Drafting.Parts;

namespace ArmTwitch.Tests.Newsletter.Drafting;

public sealed class IssueEditorPresenceTests
{
    private static readonly Guid Ada = Guid.NewGuid(), Grace = Guid.NewGuid();

    [Fact]
    public void Each_editor_knows_of_the_others_at_the_same_issue_while_they_are_there()
    {
        var presence = new IssueEditorPresence();
        var (issue, told) = (Slug.Parse("one"), 0);
        presence.Changed += _ => told++;
        using var ada = presence.Enter(issue, Ada, "Ada");
        using var elsewhere = presence.Enter(Slug.Parse("two"), Guid.NewGuid(), "Joan");
        var grace = presence.Enter(issue, Grace, "Grace");

        Assert.Equal(("Grace", "Ada"), (Assert.Single(presence.OthersAt(issue, Ada)), Assert.Single(presence.OthersAt(issue, Grace))));
        grace.Dispose();
        grace.Dispose();
        Assert.Empty(presence.OthersAt(issue, Ada));
        Assert.Equal(4, told);
    }

    [Fact]
    public void An_editor_is_told_of_a_second_tab()
    {
        var presence = new IssueEditorPresence();
        using var first = presence.Enter(Slug.Parse("one"), Ada, "Ada");
        Assert.False(presence.IsElsewhere(Slug.Parse("one"), Ada));
        using var second = presence.Enter(Slug.Parse("one"), Ada, "Ada");

        Assert.True(presence.IsElsewhere(Slug.Parse("one"), Ada));
        Assert.Empty(presence.OthersAt(Slug.Parse("one"), Ada));
    }

    [Fact]
    public async Task A_page_that_has_lost_its_connection_is_no_second_tab()
    {
        var (presence, connection, told) = (new IssueEditorPresence(), new EditorConnection(), 0);
        using var lost = presence.Enter(Slug.Parse("one"), Ada, "Ada", connection);
        using var anew = presence.Enter(Slug.Parse("one"), Ada, "Ada", new EditorConnection());
        presence.Changed += _ => told++;

        await connection.SetAsync(false);
        Assert.False(presence.IsElsewhere(Slug.Parse("one"), Ada));
        await connection.SetAsync(true);

        Assert.True(presence.IsElsewhere(Slug.Parse("one"), Ada));
        Assert.Equal(2, told);
    }
}
