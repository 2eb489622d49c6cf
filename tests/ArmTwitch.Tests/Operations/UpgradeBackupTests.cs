using System.Diagnostics;

namespace ArmTwitch.Tests.Operations;

/// <summary>What the package does before it replaces the program: <c>packaging/debian/preinst</c>, with folders of the test's own.</summary>
public sealed class UpgradeBackupTests : IDisposable
{
    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("armtwitch-preinst-");

    public UpgradeBackupTests()
    {
        var script = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "packaging", "debian", "preinst"));
        foreach (var path in new[] { "/usr/bin/armtwitch", "/etc/armtwitch", "/var/lib/armtwitch", "/var/backups/armtwitch" })
        {
            script = script.Replace(path, home.FullName + path, StringComparison.Ordinal);
            Directory.CreateDirectory(Path.GetDirectoryName($"{home.FullName}{path}/file")!);
        }

        File.WriteAllText(Named("preinst"), script);
        Directory.Delete(Named("usr/bin/armtwitch"));
        // Its backup always fails.
        File.CreateSymbolicLink(Named("usr/bin/armtwitch"), "/bin/false");
    }

    public void Dispose() => home.Delete(recursive: true);

    [Theory]
    [InlineData("Data__Provider = 'Postgres'", true, "because the database is on PostgreSQL. The way back is a dump of your own")]
    [InlineData("Data__Directory=/srv/data", false, "If the database is elsewhere (Data__Directory), the way back is a backup of your own.")]
    public void An_upgrade_without_a_backup_says_so(string setting, bool hasFile, string words)
    {
        Put(setting, hasFile);

        var (exit, said) = Upgrade();

        Assert.Equal(0, exit);
        Assert.Contains(words, said, StringComparison.Ordinal);
    }

    [Fact]
    public void An_upgrade_whose_backup_fails_says_how_to_do_without_past_sudo()
    {
        Put("", hasFile: true);

        var (exit, said) = Upgrade();
        var (exitWithout, saidWithout) = Upgrade(("ARMTWITCH_SKIP_BACKUP", "1"));

        Assert.Equal((1, 0), (exit, exitWithout));
        Assert.Contains("sudo ARMTWITCH_SKIP_BACKUP=1 apt install", said, StringComparison.Ordinal);
        Assert.Contains("no backup before this upgrade", saidWithout, StringComparison.Ordinal);
    }

    private string Named(string path) => Path.Combine(home.FullName, path);

    private void Put(string setting, bool hasFile)
    {
        File.WriteAllText(Named("etc/armtwitch/armtwitch.env"), setting + "\n");
        if (hasFile)
            File.WriteAllText(Named("var/lib/armtwitch/armtwitch.db"), "");
    }

    private (int Exit, string Said) Upgrade(params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("sh", ["-c", "sh \"$1\" upgrade 1.0.0 2>&1", "sh", Named("preinst")])
        {
            RedirectStandardOutput = true
        };
        start.Environment["PATH"] = $"{Named("usr/bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said);
    }
}
