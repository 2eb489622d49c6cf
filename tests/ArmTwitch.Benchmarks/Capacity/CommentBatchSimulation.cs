namespace ArmTwitch.Benchmarks.Capacity;

/// <summary>
/// Comments that arrive at random and are written like <c>CommentBatchWriter</c> does on SQLite: whoever gets the lock takes all who wait.
/// </summary>
internal static class CommentBatchSimulation
{
    private const int WarmUp = 20_000;

    public static CommentBatchResult Run(double perSecond, CommentWriteCost cost, int comments, Random random)
    {
        var (arrival, free, transactions) = (0.0, 0.0, 0);
        var (waiting, times) = (new Queue<double>(), new List<double>(comments));
        for (var written = -WarmUp; written < comments;)
        {
            if (waiting.Count is 0)
                waiting.Enqueue(Next());
            free = Math.Max(free, waiting.Peek());
            while (arrival <= free)
                waiting.Enqueue(Next());
            // The last one drawn may come only after the transaction has begun.
            var size = Math.Min(cost.LargestBatch, waiting.Count(at => at <= free));
            free += cost.Of(size);
            transactions += written >= 0 ? 1 : 0;
            for (var comment = 0; comment < size; comment++, written++)
            {
                var time = free - waiting.Dequeue();
                if (written >= 0)
                    times.Add(time);
            }
        }

        times.Sort();
        return new CommentBatchResult((double)times.Count / transactions, times.Average(), times[times.Count * 99 / 100]);

        double Next() => arrival += ServiceMix.Exponential(random, 1 / perSecond);
    }
}

/// <summary>What a transaction of comments costs.</summary>
/// <param name="Sync">What all of them share, in seconds: above all the disk.</param>
/// <param name="Each">What each one adds, in seconds.</param>
internal sealed record CommentWriteCost(double Sync, double Each, int LargestBatch = 32)
{
    public double Of(double comments) => Sync + (Math.Min(comments, LargestBatch) * Each);
}

/// <param name="Size">The mean number of comments in a transaction.</param>
/// <param name="Mean">The mean time until a comment is on disk, in seconds.</param>
/// <param name="NinetyNinth">99 of 100 are on disk sooner, in seconds.</param>
internal sealed record CommentBatchResult(double Size, double Mean, double NinetyNinth);
