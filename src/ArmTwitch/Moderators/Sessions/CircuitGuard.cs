using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace ArmTwitch.Moderators.Sessions;

/// <summary>Checks the session before every action in a circuit, and stops the action if the session has ended.</summary>
internal sealed class CircuitGuard(AuthenticationStateProvider session) : CircuitHandler
{
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(
        Func<CircuitInboundActivityContext, Task> next) => async context =>
        {
            if (session is not CircuitSessionValidator circuit || await circuit.IsValidAsync())
                await next(context);
        };
}
