namespace ArmTwitch.Mail.Sending;

/// <summary>Limits a rate. At most the tokens of one second can be taken at once.</summary>
/// <param name="perSecond">0 for no limit.</param>
internal sealed class TokenBucket(double perSecond, TimeProvider clock)
{
    private readonly double most = Math.Max(1, perSecond);
    private double tokens = Math.Max(1, perSecond);
    private long filledAt = clock.GetTimestamp();

    /// <summary>How long until a token is there.</summary>
    public TimeSpan Wait
    {
        get
        {
            Refill();
            return perSecond is 0 || tokens >= 1 ? TimeSpan.Zero : TimeSpan.FromSeconds((1 - tokens) / perSecond);
        }
    }

    /// <returns>How many tokens were taken.</returns>
    public int Take(int wanted)
    {
        if (perSecond is 0 || wanted <= 0)
            return Math.Max(0, wanted);
        Refill();
        var taken = Math.Min(wanted, (int)tokens);
        tokens -= taken;
        return taken;
    }

    /// <summary>Gives back tokens that were not used.</summary>
    public void Return(int unused) => tokens = Math.Min(most, tokens + unused);

    private void Refill()
    {
        var now = clock.GetTimestamp();
        tokens = Math.Min(most, tokens + (clock.GetElapsedTime(filledAt, now).TotalSeconds * perSecond));
        filledAt = now;
    }
}
