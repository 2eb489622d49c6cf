namespace ArmTwitch.Benchmarks.Capacity;

/// <summary>
/// One program that sends an issue as <c>MailSender</c> does: a transaction records results, marks mails as on their way and claims the
/// next ones; meanwhile the connections work off what is on its way. Some mails are refused for now and come again.
/// </summary>
internal sealed class OutboxSimulation(OutboxCost cost, Random random)
{
    /// <summary>How long it waits for more results after the first, in seconds; <c>MailSender.Linger</c>.</summary>
    private const double Linger = 0.01;

    private readonly PriorityQueue<bool, double> onTheWay = new(), comesAgain = new();
    private readonly PriorityQueue<bool, double> freeConnections =
        new(Enumerable.Repeat((false, 0.0), cost.Connections));
    private double now;
    private int queued, stock;

    /// <returns>How long the issue takes, in seconds, and how many mails a second were handed over until the last was tried once.</returns>
    public (double Seconds, double PerSecond) Run(int recipients)
    {
        (queued, var left, var tries, var triedOnce) = (recipients, recipients, 0, 0.0);
        while (left > 0)
        {
            var (settled, again) = TakeResults();
            left -= settled - again;
            tries += settled;
            ReturnDue();
            var ready = Math.Min(stock, cost.InFlight - onTheWay.Count);
            var claimed = Math.Min(queued, cost.InFlight - (stock - ready));
            if (settled + ready + claimed > 0)
                now += cost.Transaction(Math.Max(settled, Math.Max(ready, claimed)));
            Submit(ready);
            (queued, stock) = (queued - claimed, stock - ready + claimed);
            if (queued is 0 && triedOnce is 0)
                triedOnce = now;
            if (stock > 0 && onTheWay.Count < cost.InFlight)
                continue;
            if (onTheWay.Count > 0)
                WaitForResults();
            else if (left > 0 && comesAgain.TryPeek(out _, out var due))
                now = Math.Max(now, due);
        }

        return (now, recipients / triedOnce);
    }

    private (int Settled, int Again) TakeResults()
    {
        var (settled, again) = (0, 0);
        while (onTheWay.TryPeek(out var isDeferred, out var at) && at <= now)
        {
            onTheWay.Dequeue();
            settled++;
            if (!isDeferred)
                continue;
            again++;
            comesAgain.Enqueue(true, now + cost.RetrySeconds);
        }

        return (settled, again);
    }

    private void ReturnDue()
    {
        while (comesAgain.TryPeek(out _, out var due) && due <= now)
        {
            comesAgain.Dequeue();
            queued++;
        }
    }

    private void Submit(int mails)
    {
        for (var mail = 0; mail < mails; mail++)
        {
            freeConnections.TryDequeue(out _, out var free);
            var done = Math.Max(now, free) + ServiceMix.Exponential(random, cost.SmtpSeconds);
            freeConnections.Enqueue(false, done);
            onTheWay.Enqueue(random.NextDouble() < cost.DeferredShare, done);
        }
    }

    /// <summary>Waits for half of what may be on its way, but not much longer than for the first.</summary>
    private void WaitForResults()
    {
        var ends = onTheWay.UnorderedItems.Select(mail => mail.Priority).Order().ToList();
        var enough = ends[Math.Min(cost.InFlight / 2, ends.Count) - 1];
        now = Math.Max(now, Math.Min(enough, Math.Max(now, ends[0]) + Linger));
    }
}

/// <summary>What sending costs.</summary>
/// <param name="SmtpSeconds">How long the mail server takes for one mail on one connection.</param>
/// <param name="WriteSeconds">What a transaction costs for each mail that it writes about.</param>
/// <param name="DeferredShare">The share that the server refuses for now.</param>
/// <param name="RetrySeconds">When those come again.</param>
internal sealed record OutboxCost(
    int Connections, double SmtpSeconds, double WriteSeconds, double DeferredShare = 0.05, double RetrySeconds = 60)
{
    private const int InFlightForEachConnection = 16;

    /// <summary>The program never has more than this on its way.</summary>
    public int InFlight => Connections * InFlightForEachConnection;

    public double Transaction(double mails) => mails * WriteSeconds;
}
