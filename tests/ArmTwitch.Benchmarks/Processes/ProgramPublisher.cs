using System.Runtime.InteropServices;
using ArmTwitch.Benchmarks.Measurement;
using ArmTwitch.Tests;

namespace ArmTwitch.Benchmarks.Processes;

/// <summary>Publishes a program the way the operator does.</summary>
internal static class ProgramPublisher
{
    /// <summary>Names a program that is published already, to measure that one.</summary>
    private const string Published = "ARMTWITCH_PUBLISHED";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    private static string Platform => RuntimeInformation.ProcessArchitecture is Architecture.Arm64 ? "linux-arm64" : "linux-x64";

    /// <returns>The program's path.</returns>
    public static async Task<string> SiteAsync(TemporaryFolder folder, CancellationToken cancellationToken) =>
        Environment.GetEnvironmentVariable(Published) ?? await PublishAsync(Path.Combine(RepositoryPaths.Root, "src", "ArmTwitch"), "ArmTwitch", folder, cancellationToken);

    /// <summary>The smallest program of ASP.NET Core that answers an address: what no site on it can start faster than.</summary>
    /// <returns>The program's path.</returns>
    public static async Task<string> EmptyProgramAsync(string address, TemporaryFolder folder, CancellationToken cancellationToken)
    {
        var source = Directory.CreateDirectory(folder.PathOf("empty")).FullName;
        await File.WriteAllTextAsync(Path.Combine(source, "Empty.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <InvariantGlobalization>true</InvariantGlobalization>
              </PropertyGroup>
            </Project>
            """, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(source, "Program.cs"), $"""
            var app = WebApplication.Create(args);
            app.MapGet("{address}", () => "Hello");
            app.Run();
            """, cancellationToken);
        return await PublishAsync(source, "Empty", folder, cancellationToken);
    }

    private static async Task<string> PublishAsync(string project, string name, TemporaryFolder folder, CancellationToken cancellationToken)
    {
        BenchmarkReport.Progress($"Publishing {name}");
        var target = folder.PathOf($"{name}-published");
        await ChildProcess.RunAsync(
            "dotnet",
            [
                "publish", project, "-c", "Release", "-r", Platform, "--no-self-contained", "-p:PublishReadyToRun=true", "-o", target,
                // Leaves the obj folder of the repository as it is, and no compiler waiting in the background.
                "--artifacts-path", folder.PathOf("artifacts"), "--disable-build-servers", "--nologo", "-v", "quiet",
            ],
            Limit,
            cancellationToken);
        return Path.Combine(target, name);
    }
}
