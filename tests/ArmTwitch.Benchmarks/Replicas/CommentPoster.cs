using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using ArmTwitch.Benchmarks.Measurement;

namespace ArmTwitch.Benchmarks.Replicas;

/// <summary>
/// Somebody who writes comments, each with another text, and sends each again until it is answered with 303, as a person does who reads
/// that it could not be stored.
/// </summary>
internal sealed class CommentPoster(string name, Uri site, SelfSignedCertificate certificate, string article, ReplicaTimeline timeline)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private int sent;

    /// <summary>The texts that were answered with 303.</summary>
    public ConcurrentQueue<string> Answered { get; } = new();

    /// <summary>How many times a text had to be sent again.</summary>
    public int Repeats { get; private set; }

    public async Task WriteAsync(CancellationToken stop)
    {
        using var client = LoopbackPorts.NewClient(certificate);
        while (!stop.IsCancellationRequested)
        {
            var text = string.Create(
                CultureInfo.InvariantCulture, $"My arm twitched again, says {name} for the {++sent}. time. It began after little sleep.");
            while (!await PostAsync(client, text))
            {
                Repeats++;
                await Task.Delay(Pause, CancellationToken.None);
            }

            timeline.Post();
            Answered.Enqueue(text);
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    /// <returns>Whether it was answered with 303.</returns>
    /// <exception cref="BenchmarkException">The answer is neither that, nor that it should be tried again.</exception>
    public async Task<bool> PostAsync(HttpClient client, string text)
    {
        try
        {
            // With an address a comment that is sent again is recognised.
            using var form = new FormUrlEncodedContent(
                [KeyValuePair.Create("name", name), KeyValuePair.Create("email", $"{name}@example.org"), KeyValuePair.Create("body", text)]);
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(site, $"{article}/comments"))
            {
                Version = HttpVersion.Version20,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                Content = form,
            };
            using var answer = await client.SendAsync(request, CancellationToken.None);
            return answer.StatusCode switch
            {
                HttpStatusCode.SeeOther => true,
                HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => false,
                _ => throw new BenchmarkException(
                    $"A post was answered with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(CancellationToken.None)}"),
            };
        }
        catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}
