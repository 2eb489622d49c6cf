using System.Runtime.CompilerServices;
using Bunit;

namespace ArmTwitch.Tests;

/// <summary>A screen that is drawn on a busy machine may take longer than the second that bUnit waits for it.</summary>
internal static class PatientWaits
{
    [ModuleInitializer]
    internal static void Begin() => BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(20);
}
