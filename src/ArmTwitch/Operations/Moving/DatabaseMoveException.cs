namespace ArmTwitch.Operations.Moving;

/// <summary>A database cannot be moved, or not now; the message is for the operator and holds nothing that people wrote.</summary>
public sealed class DatabaseMoveException(string message) : Exception(message);
