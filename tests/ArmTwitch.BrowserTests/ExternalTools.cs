using System.ComponentModel;
using System.Diagnostics;

namespace ArmTwitch.BrowserTests;

/// <summary>Programs of the machine that the tests call.</summary>
internal static class ExternalTools
{
    /// <summary>Where the machine's Chromium is.</summary>
    public static string Chromium =>
        Find("chromium") ?? Find("chromium-browser")
        ?? throw new FileNotFoundException("The browser tests need Chromium on the PATH. Run tests/run, which installs it.");

    /// <returns>What the program wrote, whatever its exit code.</returns>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        try
        {
            using var process = Process.Start(start)!;
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return output;
        }
        catch (Win32Exception missing)
        {
            throw new FileNotFoundException($"The browser tests need {program} on the PATH. Run tests/run, which installs it.", missing);
        }
    }

    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
