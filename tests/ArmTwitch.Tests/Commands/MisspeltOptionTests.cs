namespace ArmTwitch.Tests.Commands;

/// <summary>An option that no command knows is never the name of a file, or the value of another option.</summary>
public sealed class MisspeltOptionTests : IDisposable
{
    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("armtwitch-misspelt-");

    public void Dispose() => home.Delete(recursive: true);

    [Theory]
    [InlineData("comments export --jsno", "\"--jsno\" is no option of 'export'. --help lists those that there are.")]
    [InlineData("newsletter export --csv", "\"--csv\" is no option of 'export'. --help lists those that there are.")]
    [InlineData("newsletter import --aply", "\"--aply\" is no option of 'import'. Do you mean --apply?")]
    [InlineData("backup --kepp=3", "\"--kepp=3\" is no option of 'backup'. Do you mean --keep?")]
    [InlineData("backup --keep3", "\"--keep3\" is no option of 'backup'. Do you mean --keep?")]
    [InlineData("backup x.backup --kepp=3", "\"--kepp=3\" is no option of 'backup'. Do you mean --keep?")]
    [InlineData("restore --forse", "\"--forse\" is no option of 'restore'. --help lists those that there are.")]
    [InlineData("database move -f", "\"-f\" is no option of 'move'. --help lists those that there are.")]
    [InlineData("erase --al", "\"--al\" is no option of 'erase'. --help lists those that there are.")]
    [InlineData("comments list --status --jsno", "\"--jsno\" is no option of 'list'. Do you mean --json?")]
    [InlineData("sample --into --coments", "\"--coments\" is no option of 'sample'. Do you mean --comments?")]
    public async Task It_is_refused_with_the_nearest_option(string arguments, string words)
    {
        var (exit, lines) = await CommandInProcess.RunAsync(arguments.Split(' '), ("Data:Directory", home.FullName));

        Assert.Equal(2, exit);
        Assert.Equal([$"{words} If it is no option, put -- before it."], lines);
        Assert.Empty(home.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task Behind_two_hyphens_it_is_what_it_is()
    {
        var (exit, lines) = await CommandInProcess.RunAsync(
            ["restore", "--Data:Directory", home.FullName, "--Content:CheckRules=false", "--", "--forse"]);

        Assert.Equal(2, exit);
        Assert.StartsWith("There is no file --forse ", Assert.Single(lines), StringComparison.Ordinal);
    }
}
