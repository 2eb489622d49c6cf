namespace ArmTwitch.Hosting.Telemetry;

/// <summary>How the log is written to standard output.</summary>
internal static class ConsoleLog
{
    /// <summary>
    /// One line an event with its time in UTC. <c>Logging:Console:FormatterName</c> chooses another format of .NET, such as <c>json</c>.
    /// </summary>
    public static ILoggingBuilder AddConsoleFormat(this ILoggingBuilder logging, IConfiguration configuration) =>
        configuration["Logging:Console:FormatterName"] is { Length: > 0 }
            ? logging.AddConsole()
            : logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            });
}
