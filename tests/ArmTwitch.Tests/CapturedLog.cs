using Microsoft.Extensions.Logging;

namespace ArmTwitch.Tests;

/// <summary>Keeps every line that the site logs.</summary>
[ProviderAlias("Test")]
public sealed class CapturedLog : ILoggerProvider, ILogger
{
    private readonly List<(LogLevel Level, string Text)> lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (lines)
                return lines.ConvertAll(line => line.Text);
        }
    }

    /// <summary>A setting by which this, and not the console, hears a part of the site.</summary>
    public static (string Key, string Value) Wanted(string category) => ($"Logging:Test:LogLevel:{category}", "Information");

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (lines)
            lines.Add((logLevel, formatter(state, exception)));
    }

    /// <returns>The first line that holds the words, with its level before it.</returns>
    public async Task<string> WaitForAsync(string words)
    {
        for (var tries = 0; tries < 400; tries++)
        {
            lock (lines)
            {
                if (lines.FindIndex(line => line.Text.Contains(words, StringComparison.Ordinal)) is >= 0 and var found)
                    return $"{lines[found].Level}: {lines[found].Text}";
            }

            await Task.Delay(25, Xunit.TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"It never logged \"{words}\".");
    }

    public void Dispose()
    {
    }
}
