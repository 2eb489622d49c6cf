namespace ArmTwitch.Newsletter.SubscriberScreens;

/// <summary>
/// What an open list shows, for as long as the tab is open: an editor who comes back from one subscriber finds it again. It is kept here
/// because an address must not stand in the address bar.
/// </summary>
public sealed class SubscriberListState
{
    public SubscriberState State { get; set; } = SubscriberState.Confirmed;

    /// <summary>What stands in the search field.</summary>
    public string Typed { get; set; } = "";

    /// <summary>What is searched for; null while the list is shown by state.</summary>
    public string? Searched { get; set; }

    /// <summary>The last one of each page before this one.</summary>
    public Stack<Subscriber> Before { get; } = new();
}
