namespace ArmTwitch.Data.Retention;

/// <summary>
/// A rule about when something is deleted. <see cref="RetentionService"/> applies it, and <c>docs/privacy-inventory.md</c> lists it.
/// </summary>
/// <param name="Name">As in the inventory.</param>
/// <param name="Until">Until when something is kept, as in the inventory.</param>
/// <param name="ApplyAsync">Deletes what is due, and returns how many rows or files that were.</param>
public sealed record RetentionRule(string Name, string Until, Func<RetentionContext, CancellationToken, Task<int>> ApplyAsync);
