using System.Diagnostics;

namespace ArmTwitch.Tests.Hosting;

/// <summary>
/// The package's command <c>armtwitch</c> reads the settings file as the unit's <c>EnvironmentFile=</c> does. What is expected here is what
/// systemd 252 makes of the same lines; <c>packaging/test-boot</c> compares the two.
/// </summary>
public sealed class PackagedSettingsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("A=plain", "plain")]
    [InlineData("A=two words and;a semicolon  ", "two words and;a semicolon")]
    [InlineData("A=Host=/var/run/postgresql;Password=$HOME`id`$(id)", "Host=/var/run/postgresql;Password=$HOME`id`$(id)")]
    [InlineData("A='single $HOME \"kept\" \\n'", "single $HOME \"kept\" \\n")]
    [InlineData("A=\"double \\$HOME \\\"kept\\\" \\n $HOME\"", "double $HOME \"kept\" \\n $HOME")]
    [InlineData("  A = spaces around ", "spaces around")]
    [InlineData("A=it's", "it's")]
    [InlineData("A=back\\\\slash\\ ", "back\\slash ")]
    [InlineData("A='a'b \"c\"", "ab \"c\"")]
    [InlineData("A='two\nlines'", "two\nlines")]
    [InlineData("A=one\\\nmore", "onemore")]
    [InlineData("A=", "")]
    [InlineData("A=first\nA=second", "second")]
    [InlineData("# it's a comment\n; A=another\nnot a name=1\nA=Grüße <hello@armtwitch.example>", "Grüße <hello@armtwitch.example>")]
    public async Task A_setting_is_read_as_systemd_reads_it_and_never_evaluated(string lines, string expected)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, lines, Cancel);
        var start = new ProcessStartInfo("sh", ["-c", "exports=$(\"$0\" \"$1\") && eval \"$exports\" && printf '[%s]' \"$A\"",
            Path.Combine(RepositoryPaths.Root, "packaging", "debian", "read-settings"), file])
        {
            RedirectStandardOutput = true,
        };
        start.Environment.Remove("A");

        using var shell = Process.Start(start)!;
        var said = await shell.StandardOutput.ReadToEndAsync(Cancel);
        await shell.WaitForExitAsync(Cancel);
        File.Delete(file);

        Assert.Equal($"[{expected}]", said);
    }
}
