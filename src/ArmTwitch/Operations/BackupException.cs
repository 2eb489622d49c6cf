namespace ArmTwitch.Operations;

/// <summary>A backup cannot be written or restored; the message is for the operator. Nothing was changed.</summary>
/// <param name="isWrongFile">Whether the file that was named is at fault, so that trying again is in vain.</param>
public sealed class BackupException(string message, bool isWrongFile = false) : Exception(message)
{
    public bool IsWrongFile => isWrongFile;
}
