using System.Globalization;
using ArmTwitch.Benchmarks.Measurement;
using ArmTwitch.Moderation.Deciding;

namespace ArmTwitch.Benchmarks.Replicas;

/// <summary>Publishes a comment and takes it down, again and again, and looks each time when the replicas show that.</summary>
internal sealed class FreshnessModerator(
    ModerationProgram program, CommentPoster writer, string article, IReadOnlyList<SiteReplica> replicas, SelfSignedCertificate certificate,
    ReplicaTimeline timeline)
{
    private const string WithoutComments = "Comments cannot be shown right now.";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(3), Rest = TimeSpan.FromMilliseconds(50),
        Limit = TimeSpan.FromSeconds(30);

    private int written;

    /// <summary>How many times a decision was told to have failed.</summary>
    public int Failures { get; private set; }

    public async Task DecideAsync(CancellationToken stop)
    {
        using var client = LoopbackPorts.NewClient(certificate);
        while (!stop.IsCancellationRequested)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"This is seen for a moment only, the {++written}. one.");
            await writer.InsistAsync(client, text);
            foreach (var comment in await program.FindAsync(text))
            {
                await DecideAndLookAsync(client, comment.Id, Decision.Approve, text, isShown: true);
                await DecideAndLookAsync(client, comment.Id, Decision.Remove, text, isShown: false);
            }

            await Task.Delay(Rest, CancellationToken.None);
        }
    }

    private async Task DecideAndLookAsync(HttpClient client, Guid comment, Decision decision, string text, bool isShown)
    {
        Failures += await program.DecideAsync(comment, decision);
        var changed = timeline.Now;
        await Task.WhenAll(replicas.Select(replica => LookAsync(client, replica, changed, text, isShown)));
    }

    private async Task LookAsync(HttpClient client, SiteReplica replica, TimeSpan changed, string text, bool isShown)
    {
        while (true)
        {
            var asked = timeline.Now;
            if (asked - changed > Limit)
                throw new BenchmarkException($"{replica.Address} still gave out the page of before {Limit.TotalSeconds} s after a change");
            try
            {
                var page = await client.GetStringAsync(new Uri(replica.Address, article), CancellationToken.None);
                if (page.Contains(text, StringComparison.Ordinal) == isShown && !page.Contains(WithoutComments, StringComparison.Ordinal))
                {
                    timeline.Fresh(changed, asked);
                    return;
                }

                if (!page.Contains(WithoutComments, StringComparison.Ordinal))
                    timeline.Stale(changed, asked);
            }
            catch (HttpRequestException)
            {
                // It is being restarted.
            }

            await Task.Delay(Pause, CancellationToken.None);
        }
    }
}
