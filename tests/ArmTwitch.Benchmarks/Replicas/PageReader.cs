using System.Net;
using ArmTwitch.Benchmarks.Measurement;

namespace ArmTwitch.Benchmarks.Replicas;

/// <summary>A reader with a connection of its own (HTTP/2 over TLS), who asks for one page after the other.</summary>
internal sealed class PageReader(Uri site, SelfSignedCertificate certificate, IReadOnlyList<string> addresses, ReplicaTimeline timeline)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public async Task ReadAsync(CancellationToken stop)
    {
        using var client = LoopbackPorts.NewClient(certificate);
        while (!stop.IsCancellationRequested)
        {
            var (address, asked) = (addresses[Random.Shared.Next(addresses.Count)], timeline.Now);
            try
            {
                // Whatever was begun is awaited: a request that is given up is no failure of the site.
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(site, address))
                {
                    Version = HttpVersion.Version20,
                    VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                };
                using var answer = await client.SendAsync(request, CancellationToken.None);
                var page = await answer.Content.ReadAsByteArrayAsync(CancellationToken.None);
                if (answer.StatusCode is HttpStatusCode.OK && page.Length > 0)
                    timeline.Page(asked);
                else
                    timeline.NoPage($"{address} {(int)answer.StatusCode} after {(timeline.Now - asked).TotalSeconds:0.0} s");
            }
            catch (Exception failed) when (failed is HttpRequestException or OperationCanceledException)
            {
                timeline.NoPage($"{address} {failed.GetBaseException().Message}");
            }

            await Task.Delay(Pause, CancellationToken.None);
        }
    }
}
