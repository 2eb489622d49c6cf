namespace ArmTwitch.Moderators.Layout;

/// <summary>The error of a moderation page. The layout shows it above the page.</summary>
public sealed class ScreenError
{
    public event Action? Changed;

    /// <summary>Null when there is no error.</summary>
    public string? Message { get; private set; }

    /// <summary>Counts the pages that were shown. A page that was left has an older number, and its errors are not shown.</summary>
    public int Page { get; private set; }

    /// <summary>Another page begins; what failed in the one before is over.</summary>
    public void BeginPage()
    {
        Page++;
        Show(null);
    }

    public void Show(string? message)
    {
        if (Message == message)
            return;
        Message = message;
        Changed?.Invoke();
    }
}
