namespace ArmTwitch.Benchmarks.Capacity;

/// <summary>
/// Kinds of requests, each with its share and its mean time on a core. Within a kind the time is exponential, which is the careful guess.
/// </summary>
/// <param name="kinds">The shares add up to 1.</param>
internal sealed class ServiceMix(params IReadOnlyList<ServiceKind> kinds)
{
    /// <summary>In seconds.</summary>
    public double Mean { get; } = kinds.Sum(kind => kind.Share * kind.Seconds);

    /// <summary>The variance by the square of the mean: 1 for exponential times, more when a few requests cost much.</summary>
    public double SquaredVariation => (kinds.Sum(kind => kind.Share * 2 * kind.Seconds * kind.Seconds) / (Mean * Mean)) - 1;

    public double Draw(Random random)
    {
        var at = random.NextDouble();
        foreach (var kind in kinds)
        {
            if (at < kind.Share)
                return Exponential(random, kind.Seconds);
            at -= kind.Share;
        }

        return Exponential(random, kinds[^1].Seconds);
    }

    public static double Exponential(Random random, double mean) => -mean * Math.Log(1 - random.NextDouble());
}

/// <summary>One kind of request.</summary>
internal sealed record ServiceKind(double Share, double Seconds);
