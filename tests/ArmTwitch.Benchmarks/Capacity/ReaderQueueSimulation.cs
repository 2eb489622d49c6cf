namespace ArmTwitch.Benchmarks.Capacity;

/// <summary>
/// Readers that arrive at random (Poisson) and are served in the order of arrival by the first core that is free: M/G/c.
/// </summary>
internal static class ReaderQueueSimulation
{
    /// <summary>Not counted: the first ones find an empty queue.</summary>
    private const int WarmUp = 20_000;

    /// <returns>The wait of each request before a core takes it up, in seconds, sorted.</returns>
    public static double[] Run(int cores, double perSecond, ServiceMix service, int requests, Random random)
    {
        var freeAt = new PriorityQueue<int, double>(Enumerable.Range(0, cores).Select(core => (core, 0.0)));
        var (now, waits) = (0.0, new double[requests]);
        for (var request = -WarmUp; request < requests; request++)
        {
            now += ServiceMix.Exponential(random, 1 / perSecond);
            freeAt.TryDequeue(out var core, out var free);
            var begins = Math.Max(now, free);
            freeAt.Enqueue(core, begins + service.Draw(random));
            if (request >= 0)
                waits[request] = begins - now;
        }

        Array.Sort(waits);
        return waits;
    }
}
