namespace ArmTwitch;

/// <summary>The exit codes of commands.</summary>
internal static class ExitCode
{
    public const int Done = 0, FoundFaults = 1, WrongUsage = 2;
}
