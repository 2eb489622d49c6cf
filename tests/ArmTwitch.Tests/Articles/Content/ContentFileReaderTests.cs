namespace ArmTwitch.Tests.Articles.Content;

/// <summary>Files that are not as they should be, and what is said of them.</summary>
public sealed class ContentFileReaderTests : IDisposable
{
    private readonly ContentCopy content = new();

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => content.Dispose();

    [Fact]
    public void A_huge_file_is_reported_without_being_read()
    {
        using (var sparse = File.Create(content.PathOf("articles/two.md")))
            sparse.SetLength(1_500_000_000);
        var before = GC.GetTotalAllocatedBytes();

        var diagnostic = Assert.Single(content.Faults());

        Assert.Equal("articles/two.md:1:1: error too-big: The file has 1500000000 bytes. Write at most 262144.", diagnostic.ToString());
        Assert.True(GC.GetTotalAllocatedBytes() - before < 500_000_000);
    }

    [Theory]
    [InlineData("articles/TWO.MD")]
    [InlineData("articles/nerves/two.md")]
    [InlineData("pages/two.Md")]
    [InlineData("authors/a/b/two.md")]
    public void A_file_that_is_not_read_is_reported(string name)
    {
        content.Write(name, ContentCopy.Article("Some words [@F001]."));

        Assert.Equal(
            $"{name}:1:1: error not-read: The file is not read. Put it into {name.Split('/')[0]}/ itself, with a name that ends in .md.",
            Assert.Single(content.Faults()).ToString());
    }

    [Theory]
    [InlineData("articles/._one.md")]
    [InlineData("articles/.#one.md")]
    [InlineData("articles/.trash/one.md")]
    [InlineData("articles/notes.txt")]
    public void Files_that_editors_and_macOS_leave_behind_are_ignored(string name)
    {
        content.Write(name, "\0\u0005\u0016\u0007");

        Assert.Empty(content.Faults());
    }

    [Fact]
    public void A_file_that_is_not_utf_8_is_left_out()
    {
        File.WriteAllBytes(content.PathOf("articles/two.md"), [0x2d, 0xff, 0xfe, 0x41]);

        Assert.Equal(
            "articles/two.md:1:1: error not-utf-8: The file is not UTF-8. Save it as UTF-8.", Assert.Single(content.Faults()).ToString());
    }

    [Theory]
    [InlineData("pages/about.md")]
    [InlineData("newsletters/first.md")]
    [InlineData("articles/Two Twitches.md")]
    public void Of_a_file_that_is_not_utf_8_nothing_else_is_reported(string name)
    {
        content.Write(name, "");
        File.WriteAllBytes(content.PathOf(name), [0x2d, 0xff, 0xfe, 0x41]);

        Assert.Equal("not-utf-8", Assert.Single(content.Faults()).Rule);
    }

    [Theory]
    [InlineData("articles/two.md", "1:1: error no-front-matter")]
    [InlineData("pages/two.md", "1:1: error no-front-matter")]
    [InlineData("topics.yml", "1:1: error yaml")]
    public async Task A_pipe_is_left_out_and_blocks_nothing(string name, string fault)
    {
        content.Delete(name);
        using (var made = System.Diagnostics.Process.Start("mkfifo", [content.PathOf(name)]))
            await made.WaitForExitAsync(Stop);

        var faults = await Task.Run(content.Faults, Stop).WaitAsync(TimeSpan.FromSeconds(10), Stop);

        Assert.Contains(faults, found => found.Blocks && found.ToString().StartsWith($"{name}:{fault}", StringComparison.Ordinal));
    }

    [Fact]
    public void A_byte_order_mark_and_other_line_ends_change_nothing()
    {
        File.WriteAllText(
            content.PathOf("articles/two.md"), ContentCopy.Article("Words [@F001].").Replace("\n", "\r\n", StringComparison.Ordinal),
            new System.Text.UTF8Encoding(true));

        Assert.Empty(content.Faults());
    }
}
