using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ArmTwitch.Data.UnicodeForms;

/// <summary>
/// Cleans every text that a context sends to its database (<see cref="StorableText"/>), so that no screen or form has to think of it.
/// Statements that are filled without EF clean their parameters themselves.
/// </summary>
internal sealed class StorableTextInterceptor : DbCommandInterceptor
{
    public override DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result)
    {
        foreach (DbParameter parameter in result.Parameters)
            StorableText.Clean(parameter);
        return result;
    }
}
