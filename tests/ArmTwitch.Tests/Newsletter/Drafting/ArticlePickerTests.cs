using ArmTwitch.Articles;
using ArmTwitch.Data;
using ArmTwitch.Newsletter.Drafting;
using ArmTwitch.Tests.Newsletter.Issues;
using Bunit;
using Microsoft.AspNetCore.Components;

namespace ArmTwitch.Tests.Newsletter.Drafting;

public sealed class ArticlePickerTests() : IssueTestBase(DatabaseKind.Sqlite)
{
    [Fact]
    public async Task What_readers_do_not_see_yet_is_found_with_its_state_and_picked_only_when_it_appears_by_itself()
    {
        Content.WriteArticle("later", title: "Calm arms later", published: "2026-12-08");
        Content.WriteArticle("begun", title: "Calm arms begun", frontMatter: "draft: true");
        Reload();
        await using var bunit = new BunitContext();
        var draft = IssueDraft.Empty;
        var picker = bunit.Render<ArticlePicker>(parameters => parameters
            .Add(one => one.Draft, draft).Add(one => one.Library, Newsletter.Site.Get<ArticleLibrary>())
            .Add(one => one.Fresh, new Dictionary<Slug, string>())
            .Add(one => one.Changed, EventCallback.Factory.Create<Func<IssueDraft, IssueDraft>>(this, change => draft = change(draft))));

        await picker.Find("#find-article").InputAsync(new ChangeEventArgs { Value = "calm arms" });

        Assert.Equal("Calm arms later appears 8 Dec 2026", string.Join(' ', Assert.Single(picker.FindAll(".choices button")).Children.Select(part => part.TextContent)));
        Assert.Equal("Calm arms begun is a draft", Assert.Single(picker.FindAll(".unready li")).TextContent);
        Assert.Equal("/moderation/articles/begun", picker.Find(".unready a").GetAttribute("href"));
        await picker.Find(".choices button").ClickAsync(new());
        Assert.Equal([new IssueArticleEntry("New", Slug.Parse("later"))], draft.Entries);
        await picker.Find("#find-article").InputAsync(new ChangeEventArgs { Value = "begun" });
        Assert.Equal("No article that readers see, or will see by itself, has all of these words.", picker.Find("[role=status]").TextContent);
    }
}
