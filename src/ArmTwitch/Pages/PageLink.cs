namespace ArmTwitch.Pages;

/// <param name="Note">A few words on what waits there; null when the title says it all.</param>
public sealed record PageLink(string Address, string Title, string? Note = null);
