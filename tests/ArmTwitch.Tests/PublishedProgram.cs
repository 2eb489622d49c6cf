using System.Diagnostics;

namespace ArmTwitch.Tests;

/// <summary>The program as an operator gets it: published into a folder of its own, once for all tests.</summary>
public static class PublishedProgram
{
    private static readonly Lazy<string> Made = new(Publish);

    /// <summary>The folder. It is shared: a test that changes something takes a <see cref="CopyTo"/>.</summary>
    public static string Folder => Made.Value;

    /// <summary>The program itself.</summary>
    public static string Path => System.IO.Path.Combine(Folder, "ArmTwitch");

    /// <returns>The program in the copy.</returns>
    public static string CopyTo(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
        {
            var copy = System.IO.Path.Combine(folder, System.IO.Path.GetRelativePath(Folder, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return System.IO.Path.Combine(folder, "ArmTwitch");
    }

    private static string Publish()
    {
        var folder = Directory.CreateTempSubdirectory("armtwitch-published-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        // What is built already, and in the same way as these tests.
        var configuration = AppContext.BaseDirectory.Split(System.IO.Path.DirectorySeparatorChar).Contains("Release") ? "Release" : "Debug";
        var project = System.IO.Path.Combine(RepositoryPaths.Root, "src", "ArmTwitch");
        using var publish = Process.Start(new ProcessStartInfo(
            "dotnet", ["publish", project, "-c", configuration, "--no-build", "-o", folder, "-v", "q", "-nologo"])
        {
            RedirectStandardOutput = true
        })!;
        var said = publish.StandardOutput.ReadToEnd();
        publish.WaitForExit();
        return publish.ExitCode is 0 ? folder : throw new InvalidOperationException($"It cannot be published: {said}");
    }
}
