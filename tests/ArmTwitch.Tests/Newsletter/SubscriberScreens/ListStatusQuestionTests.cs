using ArmTwitch.Moderators.Auditing;
using ArmTwitch.Newsletter;
using Bunit;

namespace ArmTwitch.Tests.Newsletter.SubscriberScreens;

/// <summary>Who the people of a list are: what tells it, and what is asked.</summary>
public sealed class ListStatusQuestionTests : SubscriberImportScreenTestBase
{
    [Fact]
    public async Task Who_left_there_and_is_a_reader_here_is_named_before_it_ends()
    {
        var reader = await Site.JoinAsync("here@example.org");
        var page = Choose("email,state\nhere@example.org,complained\n");

        Assert.Equal("1 person of here left, bounced or complained there", page.Find(".box h3").TextContent);
        Assert.Equal("End 1 subscription", page.Find(".confirm button").TextContent);
        await page.Find(".confirm button").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Equal("1 row: 0 imported, 1 ended here.", page.Find(".import-sum").TextContent), Patience);
        Assert.Equal(SubscriberState.Complained, await Site.StateAsync(reader.Id));
    }

    [Fact]
    public async Task A_list_of_which_nothing_tells_who_is_in_it_is_imported_only_after_the_editor_has_said_it()
    {
        await Site.JoinAsync("here@example.org");
        var page = Choose(
            "Email Address,OPTIN_TIME,LEID\nada@example.org,2024-03-01 10:00:00,1\nhere@example.org,2024-03-01 10:00:00,2\n", until: ".who");

        Assert.Equal("Who are these people?", page.Find(".who h3").TextContent);
        Assert.Empty(page.FindAll(".confirm button, .import-sum, tbody, .proof"));
        await Press("They have left it");
        page.WaitForElement("tbody", Patience);
        Assert.Equal(["Left", "Here already"], page.FindAll("tbody .badge").Select(badge => badge.TextContent));
        await Press("That is wrong");
        await Press("They get the newsletter there");
        page.WaitForAssertion(() => Assert.Equal(["Pending", "Here already"], page.FindAll("tbody .badge").Select(badge => badge.TextContent)), Patience);
        await Press("That is wrong");
        await Press("They have left it");
        page.WaitForAssertion(() => Assert.Equal("Left", page.Find("tbody .badge").TextContent), Patience);
        await page.Find(".confirm button").ClickAsync(new());

        page.WaitForElement("a.button[href='/moderation/subscribers']", Patience);
        Assert.Equal(SubscriberState.Unsubscribed, (await Site.FindAsync("ada@example.org")).State);
        Assert.Equal(SubscriberState.Confirmed, (await Site.FindAsync("here@example.org")).State);
        Assert.Contains(
            ", said to be people who have left, SHA-256 ", (await Site.AllAsync<AuditEntry>()).MinBy(entry => entry.Id)!.Detail, StringComparison.Ordinal);

        Task Press(string name) => page.FindAll("button").Single(button => button.TextContent == name).ClickAsync(new());
    }

    [Fact]
    public async Task Who_objects_to_what_the_columns_tell_is_asked_with_the_focus_there_and_imports_nothing_before_an_answer()
    {
        var page = Choose("Email Address,LEID,UNSUB_TIME\nada@example.org,1,2024-05-01 10:00:00\n");
        Assert.StartsWith("By the column UNSUB_TIME, 1 of 1 row is of people who have left", page.Find(".aside").TextContent, StringComparison.Ordinal);

        var heading = Focused();
        await Press("That is wrong");
        var question = Focused();
        Assert.NotEqual(heading, question);
        Assert.Equal("-1", page.Find(".who h3").GetAttribute("tabindex"));
        Assert.Equal("true", page.Find(".confirm button").GetAttribute("aria-disabled"));
        await page.Find(".confirm button").ClickAsync(new());
        Assert.Empty(await Site.AllAsync<Subscriber>());
        await Press("Leave it as it was");
        Assert.Empty(page.FindAll(".who"));
        Assert.NotEqual(question, Focused());
        Assert.Null(page.Find(".confirm button").GetAttribute("aria-disabled"));

        await Press("That is wrong");
        await Press("They get the newsletter there");
        page.WaitForAssertion(() => Assert.Equal("Pending", page.Find("tbody .badge").TextContent), Patience);
        await Press("That is wrong");
        await Press("Go by the columns of the file");
        page.WaitForAssertion(() => Assert.Equal("Left", page.Find("tbody .badge").TextContent), Patience);
        await Press("That is wrong");
        await Press("They get the newsletter there");
        page.WaitForAssertion(() => Assert.Equal("Pending", page.Find("tbody .badge").TextContent), Patience);
        await page.Find(".confirm button").ClickAsync(new());

        page.WaitForElement("a.button[href='/moderation/subscribers']", Patience);
        Assert.Contains(
            ", said to be readers, whatever its columns tell, SHA-256 ", (await Site.AllAsync<AuditEntry>()).MinBy(entry => entry.Id)!.Detail, StringComparison.Ordinal);

        Task Press(string name) => page.FindAll("button").Single(button => button.TextContent == name).ClickAsync(new());
    }

    [Theory]
    [InlineData("unsubscribed_email_audience_export_a1b2.csv", "Email Address,OPTIN_TIME,LEID", "Left")]
    [InlineData("cleaned_email_audience_export_a1b2.csv", "Email Address,OPTIN_TIME,LEID", "Bounced")]
    [InlineData("Opt-outs 2026.csv", "email,name,more", "Left")]
    public void The_name_of_a_file_tells_who_is_in_it_where_the_rows_do_not(string name, string header, string badge)
    {
        var page = Choose($"{header}\nada@example.org,2024-03-01 10:00:00,1\n", name: name);

        Assert.Equal(badge, page.Find("tbody .badge").TextContent);
        Assert.StartsWith("By its name this is a list of ", page.Find(".aside").TextContent, StringComparison.Ordinal);
    }
}
