namespace ArmTwitch.Benchmarks.Capacity;

/// <summary>The formulas that docs/scaling.md counts with. Times are in seconds, rates in events a second.</summary>
internal static class QueueFormulas
{
    /// <summary>The share of arrivals that have to wait in M/M/c (Erlang C).</summary>
    /// <param name="load">Arrivals a second times the mean service time: how many cores are busy on average.</param>
    public static double ShareThatWaits(int cores, double load)
    {
        var blocked = 1.0;
        for (var servers = 1; servers <= cores; servers++)
            blocked = load * blocked / (servers + (load * blocked));
        var use = load / cores;
        return blocked / (1 - use + (use * blocked));
    }

    /// <summary>The mean wait in M/G/c (Allen and Cunneen): that of M/M/c times (1 + CV²) / 2. Exact for one core.</summary>
    public static double MeanWait(int cores, double perSecond, ServiceMix service)
    {
        var load = perSecond * service.Mean;
        return ShareThatWaits(cores, load) * service.Mean / (cores - load) * (1 + service.SquaredVariation) / 2;
    }

    /// <summary>The mean number of comments that one transaction takes along, below <see cref="CommentsASecond"/>.</summary>
    /// <remarks>
    /// Solves n = λT + e^(−λT) with T = sync + n · each: those that came while the one before was written; or the next, when none came.
    /// </remarks>
    public static double CommentsInATransaction(double perSecond, CommentWriteCost cost)
    {
        var size = 1.0;
        for (var step = 0; step < 1000; step++)
        {
            var arrivals = perSecond * cost.Of(size);
            size = arrivals + Math.Exp(-arrivals);
        }

        return size;
    }

    /// <summary>The mean time from a comment's arrival until it is on disk.</summary>
    /// <remarks>
    /// Who comes while others are written waits for the rest of that transaction, and is taken along by the next with all who came since.
    /// Long transactions meet more arrivals than short ones, hence the variance.
    /// </remarks>
    public static double CommentTime(double perSecond, CommentWriteCost cost)
    {
        var time = cost.Of(CommentsInATransaction(perSecond, cost));
        var idle = Math.Exp(-perSecond * time) / perSecond;
        var busy = time / (time + idle);
        var use = perSecond * cost.Each;
        var variance = cost.Each * cost.Each * perSecond * time / (1 - (use * use));
        var met = time + (variance / time);
        return (busy * met / 2) + cost.Sync + cost.Each + (busy * use * met);
    }

    /// <summary>The most comments a second: full batches, one after the other.</summary>
    public static double CommentsASecond(CommentWriteCost cost) => cost.LargestBatch / cost.Of(cost.LargestBatch);

    /// <summary>
    /// Mails a second of one program: as fast as its connections are, or its transactions, each of which settles half of what may be on its
    /// way.
    /// </summary>
    public static double MailsASecond(OutboxCost cost) =>
        Math.Min(cost.Connections / cost.SmtpSeconds, cost.InFlight / 2 / cost.Transaction(cost.InFlight / 2));
}
