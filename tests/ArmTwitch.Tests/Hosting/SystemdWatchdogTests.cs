using System.Net.Sockets;
using System.Text;
using ArmTwitch.Hosting;

namespace ArmTwitch.Tests.Hosting;

/// <summary>What the program tells systemd, which here is a socket of the test.</summary>
public sealed class SystemdWatchdogTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("armtwitch-systemd-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => home.Delete(recursive: true);

    [Fact]
    public async Task A_unit_of_type_notify_hears_that_the_program_is_ready_and_that_it_lives()
    {
        var path = Path.Combine(home.FullName, "notify");
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(path));
        using var program = new BuiltProgram(
            [],
            [
                ("NOTIFY_SOCKET", path), ("WATCHDOG_USEC", "400000"), ("ASPNETCORE_URLS", $"http://127.0.0.1:{BuiltProgram.FreePort()}"),
                ("Data__Directory", Path.Combine(home.FullName, "data")),
            ]);

        var said = new HashSet<string>();
        while (!said.IsSupersetOf(["READY=1", "WATCHDOG=1"]))
        {
            var bytes = new byte[256];
            said.Add(Encoding.ASCII.GetString(bytes, 0, await systemd.ReceiveAsync(bytes, Stop).AsTask().WaitAsync(Patience, Stop)));
        }

        Assert.DoesNotContain("STOPPING=1", said);
    }

    [Theory]
    [InlineData("60000000", null, 60)]
    [InlineData("60000000", "1", null)]
    [InlineData("0", null, null)]
    [InlineData(null, null, null)]
    [InlineData("soon", null, null)]
    public void The_period_is_that_of_the_unit_if_it_is_for_this_process(string? microseconds, string? process, int? seconds) =>
        Assert.Equal(seconds, SystemdWatchdog.ReadPeriod(microseconds, process)?.TotalSeconds);
}
