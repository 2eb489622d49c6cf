namespace ArmTwitch.Operations;

/// <summary>A backup cannot be written or restored; the message is for the operator. Nothing was changed.</summary>
public sealed class BackupException(string message) : Exception(message);
