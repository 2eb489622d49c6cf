namespace ArmTwitch.Pages.Store;

/// <summary>A page of the store: its address, what it depends on and how it is made.</summary>
/// <param name="Address">The canonical address, with its query if it has one.</param>
/// <param name="DependsOn">The dependencies after whose change <see cref="PageStore.Drop"/> removes the page.</param>
/// <param name="MakeAsync">Makes the page; called at most once.</param>
/// <param name="FreshUntil">When the page goes stale without a change; null when never.</param>
public sealed record PageDefinition(
    string Address, IReadOnlyCollection<string> DependsOn, Func<Task<StoredPage>> MakeAsync, DateTimeOffset? FreshUntil = null);
