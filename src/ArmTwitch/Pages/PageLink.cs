namespace ArmTwitch.Pages;

/// <param name="Note">A short description of the page; null when the title is enough.</param>
public sealed record PageLink(string Address, string Title, string? Note = null);

/// <summary>Links that belong together, under a heading.</summary>
public sealed record PageLinkGroup(string Title, IReadOnlyList<PageLink> Links);
