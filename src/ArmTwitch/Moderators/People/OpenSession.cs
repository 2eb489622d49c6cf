namespace ArmTwitch.Moderators.People;

/// <summary>A session that goes on. Nothing is kept about the browser or the network that it is in.</summary>
/// <param name="Id">The hash of its secret, in hexadecimal: it ends a session, and signs nobody in.</param>
public sealed record OpenSession(string Id, DateTimeOffset BegunAt, DateTimeOffset LastSeenAt);
