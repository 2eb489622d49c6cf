namespace ArmTwitch.Moderators.Layout;

/// <summary>What a page of the moderation has to say about a failure. The layout shows it above the page.</summary>
public sealed class ScreenError
{
    public event Action? Changed;

    /// <summary>Null when there is nothing to say.</summary>
    public string? Message { get; private set; }

    public void Show(string? words)
    {
        if (Message == words)
            return;
        Message = words;
        Changed?.Invoke();
    }
}
