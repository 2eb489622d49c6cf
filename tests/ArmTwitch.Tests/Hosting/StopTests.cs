using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Tests.Hosting;

/// <summary>A stop is short, so that a restart is: what is under way ends side by side, and not for longer than systemd waits.</summary>
public sealed class StopTests
{
    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_that_runs_is_told_to_stop_at_the_same_time()
    {
        var (one, two) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var site = new TestSite().With(services => services
            .AddSingleton<IHostedService>(new StopsAfter(one, two.Task)).AddSingleton<IHostedService>(new StopsAfter(two, one.Task)));
        using var visitor = site.Visit();

        await site.Get<IHost>().StopAsync(Stop);

        Assert.True(one.Task.IsCompleted && two.Task.IsCompleted);
    }

    [Fact]
    public void The_program_ends_by_itself_before_systemd_ends_it()
    {
        using var site = new TestSite();
        var unit = File.ReadLines(Path.Combine(RepositoryPaths.Root, "packaging", "systemd", "armtwitch.service"));
        var systemd = int.Parse(
            unit.Single(line => line.StartsWith("TimeoutStopSec=", StringComparison.Ordinal)).Split('=')[1], CultureInfo.InvariantCulture);

        var patience = site.Get<IOptions<HostOptions>>().Value.ShutdownTimeout;

        Assert.InRange(patience.TotalSeconds, 1, systemd / 2.0);
    }

    /// <summary>Stops only when the other one has been told to.</summary>
    private sealed class StopsAfter(TaskCompletionSource told, Task otherIsTold) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            told.TrySetResult();
            return otherIsTold.WaitAsync(cancellationToken);
        }
    }
}
