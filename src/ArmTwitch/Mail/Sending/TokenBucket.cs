namespace ArmTwitch.Mail.Sending;

/// <summary>Lets so many pass in a second, and at most a second's worth at once.</summary>
/// <param name="perSecond">0 lets all pass.</param>
internal sealed class TokenBucket(double perSecond, TimeProvider clock)
{
    private readonly double most = Math.Max(1, perSecond);
    private double tokens = Math.Max(1, perSecond);
    private long filledAt = clock.GetTimestamp();

    /// <summary>How long it takes until one may pass.</summary>
    public TimeSpan Wait
    {
        get
        {
            Refill();
            return perSecond is 0 || tokens >= 1 ? TimeSpan.Zero : TimeSpan.FromSeconds((1 - tokens) / perSecond);
        }
    }

    /// <returns>How many of those that are wanted may pass now.</returns>
    public int Take(int wanted)
    {
        if (perSecond is 0 || wanted <= 0)
            return Math.Max(0, wanted);
        Refill();
        var taken = Math.Min(wanted, (int)tokens);
        tokens -= taken;
        return taken;
    }

    /// <summary>Gives back what was not used.</summary>
    public void Return(int unused) => tokens = Math.Min(most, tokens + unused);

    private void Refill()
    {
        var now = clock.GetTimestamp();
        tokens = Math.Min(most, tokens + (clock.GetElapsedTime(filledAt, now).TotalSeconds * perSecond));
        filledAt = now;
    }
}
