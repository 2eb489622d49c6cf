namespace ArmTwitch.Tests.Moderators;

/// <param name="Browser">The browser in which the moderator is signed in.</param>
public sealed record TestModerator(TestBrowser Browser, string Email, string Key, IReadOnlyList<string> RecoveryCodes);
