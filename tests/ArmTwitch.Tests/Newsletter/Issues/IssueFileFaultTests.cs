using ArmTwitch.Articles;

namespace ArmTwitch.Tests.Newsletter.Issues;

public sealed class IssueFileFaultTests : IDisposable
{
    private readonly ContentCopy content = new();
    private readonly TestSite site;

    public IssueFileFaultTests() => site = new TestSite(settings: ("Content:Path", content.Folder));

    public void Dispose()
    {
        site.Dispose();
        content.Dispose();
    }

    [Theory]
    [InlineData("subject: A", "4:1", "missing")]
    [InlineData("subject: A\npreheader: B\narticles: [onne]", "4:12", "Did you mean \"one\"?")]
    [InlineData("subject: A\npreheader: B\nnew: yes", "4:6", "Write true or false.")]
    [InlineData("subject: A\npreheader: B\nsubjct: C", "4:1", "Did you mean \"subject\"?")]
    [InlineData("subject: Winter **tips**\npreheader: B", "2:10", "Take it out: there is plain text only.")]
    [InlineData("subject: A\npreheader: Old <b>words</b>", "3:12", "Take it out: there is plain text only.")]
    [InlineData("subject: Invoice \u202Efdp.exe\npreheader: B", "2:10", "The invisible character U+202E turns the direction of the words")]
    [InlineData("subject: A\npreheader: \"B \\u2067C\"", "3:12", "Take it out, or type the words anew.")]
    public void A_fault_in_a_file_is_reported_with_its_place_and_what_would_be_right(string front, string place, string right)
    {
        content.Write("newsletters/broken.md", $"---\n{front}\n---\n\nHello.\n");
        site.Get<ArticleLibrary>().Reload();

        var diagnostic = Assert.Single(
            site.Get<ArticleLibrary>().Current.Faults, diagnostic => diagnostic.File is "newsletters/broken.md");

        Assert.Null(site.Get<ArticleLibrary>().Current.FindIssueFile(Slug.Parse("broken")));
        Assert.Contains(right, diagnostic.ToString(), StringComparison.Ordinal);
        if (right is not "missing")
            Assert.Contains($":{place}:", diagnostic.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_behind_an_escaped_character_is_reported_with_its_place()
    {
        content.Write("newsletters/broken.md", "---\nsubject: A\npreheader: B\n---\n\nOne.\n\nA \\*star <b>x</b>\n");
        site.Get<ArticleLibrary>().Reload();

        var diagnostic = Assert.Single(
            site.Get<ArticleLibrary>().Current.Faults, diagnostic => diagnostic.File is "newsletters/broken.md");

        Assert.Equal(("html", 8, 10), (diagnostic.Rule, diagnostic.Line, diagnostic.Column));
    }
}
