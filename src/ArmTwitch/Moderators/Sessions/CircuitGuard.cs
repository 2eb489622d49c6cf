using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace ArmTwitch.Moderators.Sessions;

/// <summary>Asks before every act of a screen, whatever it is, and lets none of a session through that is over.</summary>
internal sealed class CircuitGuard(AuthenticationStateProvider session) : CircuitHandler
{
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(
        Func<CircuitInboundActivityContext, Task> next) => async context =>
        {
            if (session is not CircuitSessionValidator circuit || await circuit.IsValidAsync())
                await next(context);
        };
}
