namespace ArmTwitch.Benchmarks.Processes;

/// <summary>A folder that goes when the benchmark ends.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string FullPath { get; } = Directory.CreateTempSubdirectory("armtwitch-benchmark-").FullName;

    public string PathOf(string name) => Path.Combine(FullPath, name);

    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
