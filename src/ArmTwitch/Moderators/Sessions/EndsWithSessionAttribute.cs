namespace ArmTwitch.Moderators.Sessions;

/// <summary>Marks an endpoint whose answer takes long and must end with the session, although it is no GET.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EndsWithSessionAttribute : Attribute;
