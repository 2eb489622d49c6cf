namespace ArmTwitch.Data.Files;

/// <summary>Words for somebody whose file or folder the program cannot read or write.</summary>
public static class FileFailure
{
    /// <returns>Sentences that name the file and what to do; null when the exception is not about a file.</returns>
    public static string? Describe(Exception failed) => failed switch
    {
        UnauthorizedAccessException => $"{Sentence(failed)} The user {Environment.UserName} may not do that: give the file, or the folder "
            + "that it is in, to that user, or name another.",
        FileNotFoundException => $"{Sentence(failed)} Name a file that is there.",
        DirectoryNotFoundException => $"{Sentence(failed)} Name a folder that is there, or make it first.",
        PathTooLongException => $"{Sentence(failed)} Name a shorter one.",
        // Of the network.
        IOException { InnerException: System.Net.Sockets.SocketException } => null,
        IOException => Sentence(failed),
        _ => null,
    };

    /// <summary>.NET's own words begin or end with the full path.</summary>
    private static string Sentence(Exception failed) => $"{failed.Message.TrimEnd('.')}.";
}
