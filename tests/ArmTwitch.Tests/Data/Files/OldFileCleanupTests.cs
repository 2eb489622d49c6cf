using ArmTwitch.Data.Files;

namespace ArmTwitch.Tests.Data.Files;

public sealed class OldFileCleanupTests
{
    /// <summary>A broken link stands for a file that is moved between listing and reading.</summary>
    [Fact]
    public async Task A_file_that_is_gone_when_its_turn_comes_is_passed_over()
    {
        var folder = Directory.CreateTempSubdirectory("armtwitch-old-");
        File.CreateSymbolicLink(Path.Combine(folder.FullName, "a.eml"), Path.Combine(folder.FullName, "nowhere"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "b.eml"), "To: ADA@example.org", TestContext.Current.CancellationToken);

        Assert.Equal(
            1, await OldFileCleanup.DeleteNamingAsync(folder.FullName, ["ada@example.org"], TestContext.Current.CancellationToken));

        Assert.False(File.Exists(Path.Combine(folder.FullName, "b.eml")));
        folder.Delete(recursive: true);
    }
}
