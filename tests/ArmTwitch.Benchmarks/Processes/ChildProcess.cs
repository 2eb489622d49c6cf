using System.Diagnostics;
using System.Text;
using ArmTwitch.Benchmarks.Measurement;
using ArmTwitch.Tests;

namespace ArmTwitch.Benchmarks.Processes;

/// <summary>A program started here, which ends at the latest when this is disposed, with every process it started.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process process;
    private readonly string name;
    private readonly StringBuilder output = new();

    private ChildProcess(string program, IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> settings)
    {
        name = Path.GetFileName(program);
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = RepositoryPaths.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (setting, value) in settings)
            start.Environment[setting] = value;
        process = Process.Start(start)!;
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    /// <summary>What it has written so far.</summary>
    public string Output
    {
        get
        {
            lock (output)
                return output.ToString();
        }
    }

    /// <summary>Starts a program that runs on.</summary>
    public static ChildProcess Start(
        string program, IEnumerable<string> arguments, params IEnumerable<(string Name, string Value)> settings) =>
        new(program, arguments, settings);

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it wrote.</returns>
    /// <param name="mayEndWith">An exit code, beside 0, that is no failure.</param>
    /// <exception cref="BenchmarkException">It failed or took longer than the limit.</exception>
    public static async Task<string> RunAsync(
        string program, IEnumerable<string> arguments, TimeSpan limit, CancellationToken cancellationToken, int mayEndWith = 0,
        params IEnumerable<(string Name, string Value)> settings)
    {
        using var child = Start(program, arguments, settings);
        try
        {
            await child.process.WaitForExitAsync(cancellationToken).WaitAsync(limit, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new BenchmarkException($"{child.name} had not ended after {limit.TotalSeconds} s:\n{child.Output}");
        }

        return child.process.ExitCode is 0 || child.process.ExitCode == mayEndWith
            ? child.Output
            : throw new BenchmarkException($"{child.name} ended with {child.process.ExitCode}:\n{child.Output}");
    }

    /// <exception cref="BenchmarkException">It has ended by itself.</exception>
    public void MustRun()
    {
        if (process.HasExited)
            throw new BenchmarkException($"{name} ended with {process.ExitCode}:\n{Output}");
    }

    public void WaitAtMost(TimeSpan limit) => process.WaitForExit(limit);

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (output)
            output.AppendLine(line.Data);
    }
}
