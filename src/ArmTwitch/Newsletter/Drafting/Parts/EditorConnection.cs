using Microsoft.AspNetCore.Components.Server.Circuits;

namespace ArmTwitch.Newsletter.Drafting.Parts;

/// <summary>
/// Whether the browser of an editor is connected. A page that has lost its connection lives on for some minutes, in case it comes back.
/// </summary>
public sealed class EditorConnection : CircuitHandler
{
    public bool IsConnected { get; private set; } = true;

    /// <summary>Raised when the connection was lost or is back.</summary>
    public event Action? Changed;

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken) => SetAsync(true);

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken) => SetAsync(false);

    internal Task SetAsync(bool isConnected)
    {
        if (IsConnected == isConnected)
            return Task.CompletedTask;
        IsConnected = isConnected;
        Changed?.Invoke();
        return Task.CompletedTask;
    }
}
