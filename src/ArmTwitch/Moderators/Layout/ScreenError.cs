namespace ArmTwitch.Moderators.Layout;

/// <summary>The error of a moderation page. The layout shows it above the page.</summary>
public sealed class ScreenError
{
    public event Action? Changed;

    /// <summary>Null when there is no error.</summary>
    public string? Message { get; private set; }

    public void Show(string? message)
    {
        if (Message == message)
            return;
        Message = message;
        Changed?.Invoke();
    }
}
