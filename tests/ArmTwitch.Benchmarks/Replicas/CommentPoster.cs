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
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200), Limit = TimeSpan.FromMinutes(1);

    private int sent;
    private string lastAnswer = "none yet";

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
            await InsistAsync(client, text);
            timeline.Post();
            Answered.Enqueue(text);
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    /// <summary>Sends a text until it is answered with 303.</summary>
    /// <exception cref="BenchmarkException">It never was, or an answer does not ask to try it again.</exception>
    public async Task InsistAsync(HttpClient client, string text)
    {
        for (var begun = timeline.Now; !await PostAsync(client, text); await Task.Delay(Pause, CancellationToken.None))
        {
            Repeats++;
            if (timeline.Now - begun > Limit)
                throw new BenchmarkException(
                    $"No comment of {name} was taken for {Limit.TotalSeconds} s; the last answer was {lastAnswer}");
        }
    }

    /// <returns>Whether it was answered with 303.</returns>
    private async Task<bool> PostAsync(HttpClient client, string text)
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
            lastAnswer = $"{(int)answer.StatusCode}";
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
            lastAnswer = gone.GetBaseException().Message;
            return false;
        }
    }
}
