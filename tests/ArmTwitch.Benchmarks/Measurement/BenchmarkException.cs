namespace ArmTwitch.Benchmarks.Measurement;

/// <summary>Why nothing could be measured, in words for the one who asked.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);
