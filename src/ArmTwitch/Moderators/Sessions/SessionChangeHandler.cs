using ArmTwitch.Data.Changes;

namespace ArmTwitch.Moderators.Sessions;

/// <summary>Hears that a session has ended, or that an account was removed or has another role, so that open screens look at once.</summary>
internal sealed class SessionChangeHandler : IDatabaseChangeHandler
{
    /// <summary>Raised with the moderator's id; null when it may be any. A listener must not block.</summary>
    public event Action<Guid?>? Changed;

    public string Topic => "session";

    public void Handle(string detail) => Changed?.Invoke(Guid.TryParse(detail, out var moderator) ? moderator : null);

    public void HandleMissed() => Changed?.Invoke(null);
}
