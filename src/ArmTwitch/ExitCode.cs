namespace ArmTwitch;

/// <summary>The exit codes of commands and of a start that fails. Wrong usage includes wrong settings.</summary>
internal static class ExitCode
{
    public const int Done = 0, FoundFaults = 1, WrongUsage = 2;

    /// <summary>As shells name what Ctrl-C has ended: 128 and the number of SIGINT.</summary>
    public const int Stopped = 130;
}
