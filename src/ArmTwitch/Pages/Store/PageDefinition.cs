namespace ArmTwitch.Pages.Store;

/// <summary>Which page, what it depends on and how it is made.</summary>
/// <param name="Address">The one spelling of the page's address, with its query if it has one.</param>
/// <param name="DependsOn">Names of what the page shows, as given to <see cref="PageStore.Drop"/>.</param>
/// <param name="MakeAsync">Makes the page; called at most once.</param>
/// <param name="FreshUntil">When the page stops being true by the clock alone.</param>
public sealed record PageDefinition(
    string Address, IReadOnlyCollection<string> DependsOn, Func<Task<StoredPage>> MakeAsync, DateTimeOffset? FreshUntil = null);
