using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ArmTwitch.Tests;

/// <summary>The built program as its own process, for what only a whole process shows: its exit code and what it prints.</summary>
public sealed class BuiltProgram : IDisposable
{
    /// <summary>Long, because a whole suite may be running beside it: it says that something hangs, not that it is slow.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly List<string> lines = [];

    /// <param name="arguments">The command line.</param>
    /// <param name="settings">Environment variables; <c>null</c> takes one away.</param>
    /// <param name="folder">The working directory; the repository's root when none is given.</param>
    /// <param name="before">What a shell does before it becomes the program, such as to set a trap.</param>
    /// <param name="published">A published program to run instead of the one beside the tests.</param>
    public BuiltProgram(
        IEnumerable<string> arguments, IEnumerable<(string Name, string? Value)>? settings = null, string? folder = null,
        string? before = null, string? published = null)
    {
        string[] program = published is null
            ? ["dotnet", Path.Combine(AppContext.BaseDirectory, "ArmTwitch.dll"), .. arguments]
            : [published, .. arguments];
        if (before is not null)
            program = ["sh", "-c", $"{before}; exec \"$@\"", "sh", .. program];
        var start = new ProcessStartInfo(program[0], program[1..])
        {
            WorkingDirectory = folder ?? RepositoryPaths.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Data__Directory"] = Path.Combine(Path.GetTempPath(), "armtwitch-program-data");
        // The small articles of a test's own folder keep few rules of writing.
        start.Environment["Content__CheckRules"] = "false";
        foreach (var (name, value) in settings ?? [])
            start.Environment[name] = value;
        process = Process.Start(start)!;
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (lines)
                return [.. lines];
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static async Task<(int Exit, IReadOnlyList<string> Lines)> RunAsync(params string[] arguments)
    {
        using var program = new BuiltProgram(arguments);
        var exit = await program.EndAsync();
        return (exit, program.Lines);
    }

    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync()
    {
        await process.WaitForExitAsync(Xunit.TestContext.Current.CancellationToken).WaitAsync(Patience);
        return process.ExitCode;
    }

    /// <summary>Waits for a line that holds these words.</summary>
    public async Task<string> SaysAsync(string words)
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            if (Lines.FirstOrDefault(line => line.Contains(words, StringComparison.Ordinal)) is { } line)
                return line;
            Assert.True(patience.Elapsed < Patience, $"It never said \"{words}\" but:\n{string.Join('\n', Lines)}");
            await Task.Delay(25, Xunit.TestContext.Current.CancellationToken);
        }
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs output)
    {
        if (output.Data is null)
            return;
        lock (lines)
            lines.Add(output.Data);
    }
}
