namespace ArmTwitch.Operations;

/// <summary>Why a backup cannot be written or restored, in words for the operator. Nothing was changed.</summary>
public sealed class BackupException(string message) : Exception(message);
