using System.Globalization;
using Microsoft.Extensions.Logging;

namespace ArmTwitch.Tests;

/// <summary>Keeps what is logged.</summary>
[ProviderAlias("Test")]
public sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly List<string> lines = [];

    /// <summary>A setting by which this, and not the console, hears a part of the site.</summary>
    public static (string Key, string Value) Wanted(string category) => ($"Logging:Test:LogLevel:{category}", "Information");

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (lines)
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{logLevel}: {formatter(state, exception)}"));
    }

    public async Task<string> WaitForAsync(string words)
    {
        for (var tries = 0; tries < 400; tries++)
        {
            lock (lines)
            {
                if (lines.FirstOrDefault(line => line.Contains(words, StringComparison.Ordinal)) is { } line)
                    return line;
            }

            await Task.Delay(25, Xunit.TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"It never logged \"{words}\".");
    }

    public void Dispose()
    {
    }
}
