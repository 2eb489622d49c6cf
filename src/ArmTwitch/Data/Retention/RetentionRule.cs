namespace ArmTwitch.Data.Retention;

/// <summary>
/// One promise about what is not kept for ever. <see cref="RetentionService"/> keeps it, and <c>docs/privacy-inventory.md</c> names it.
/// </summary>
/// <param name="Name">By which the inventory names it.</param>
/// <param name="Until">Until when something is kept, in the words of the inventory.</param>
/// <param name="ApplyAsync">Deletes what is over and answers how many rows or files that were.</param>
public sealed record RetentionRule(string Name, string Until, Func<RetentionContext, CancellationToken, Task<int>> ApplyAsync);
