using ArmTwitch.Moderation.Deciding;

namespace ArmTwitch.Benchmarks.Replicas;

/// <summary>Approves what the posters wrote, one after the other.</summary>
internal sealed class QueueModerator(ModerationProgram program, IReadOnlyList<CommentPoster> posters)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly int[] read = new int[posters.Count];

    /// <summary>The comments that were approved.</summary>
    public List<Guid> Approved { get; } = [];

    /// <summary>How many times a decision was told to have failed.</summary>
    public int Failures { get; private set; }

    public async Task DecideAsync(CancellationToken stop)
    {
        for (var turn = 0; !stop.IsCancellationRequested; turn++)
        {
            var who = turn % posters.Count;
            if (posters[who].Answered.ElementAtOrDefault(read[who]) is { } text)
            {
                read[who]++;
                foreach (var comment in await program.FindAsync(text))
                {
                    Failures += await program.DecideAsync(comment.Id, Decision.Approve);
                    Approved.Add(comment.Id);
                }
            }

            await Task.Delay(Pause, CancellationToken.None);
        }
    }
}
