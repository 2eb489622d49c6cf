namespace ArmTwitch.Commands;

/// <summary>How a command ends.</summary>
internal static class ExitCode
{
    public const int Done = 0, FoundFaults = 1, WrongUsage = 2;
}
