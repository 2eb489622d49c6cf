using System.Collections.Concurrent;
using System.Diagnostics;

namespace ArmTwitch.Benchmarks.Replicas;

/// <summary>What happened when, from the start of the run.</summary>
internal sealed class ReplicaTimeline
{
    private readonly long begin = Stopwatch.GetTimestamp();
    private readonly ConcurrentQueue<(TimeSpan At, double Milliseconds)> pages = new();
    private readonly ConcurrentQueue<TimeSpan> posts = new();
    private readonly ConcurrentQueue<(TimeSpan At, double Milliseconds)> fresh = new(), stale = new();
    private readonly ConcurrentQueue<string> failures = new();
    private readonly List<(string Name, TimeSpan From)> phases = [];

    public TimeSpan Now => Stopwatch.GetElapsedTime(begin);

    /// <summary>Requests of readers that got no page, one line each.</summary>
    public IReadOnlyCollection<string> Failures => failures;

    public int Pages => pages.Count;

    /// <summary>How many times a replica showed a change.</summary>
    public int FreshPages => fresh.Count;

    /// <summary>Begins a part of the run, which ends where the next one begins.</summary>
    public void Begin(string phase) => phases.Add((phase, Now));

    public void Page(TimeSpan asked) => pages.Enqueue((asked, (Now - asked).TotalMilliseconds));

    public void NoPage(string why) => failures.Enqueue($"{phases[^1].Name}, {Now.TotalSeconds:0.0} s: {why}");

    public void Post() => posts.Enqueue(Now);

    /// <summary>A replica showed a change.</summary>
    /// <param name="changed">When the change was committed.</param>
    public void Fresh(TimeSpan changed) => fresh.Enqueue((changed, (Now - changed).TotalMilliseconds));

    /// <summary>A replica that was asked after a change answered with the page of before.</summary>
    public void Stale(TimeSpan changed, TimeSpan asked) => stale.Enqueue((asked, (asked - changed).TotalMilliseconds));

    /// <summary>The parts of the run, in turn. The last one that was begun is no part: it only ends the one before.</summary>
    public IReadOnlyList<ReplicaPhase> Phases() =>
    [
        .. phases.Zip(phases.Skip(1), (phase, next) => new ReplicaPhase(
            phase.Name,
            next.From - phase.From,
            [.. Between(pages, phase.From, next.From)],
            [.. Between(fresh, phase.From, next.From)],
            Between(stale, phase.From, next.From).DefaultIfEmpty(0).Max(),
            LongestPause(phase.From, next.From),
            posts.Count(at => at >= phase.From && at < next.From))),
    ];

    private static IEnumerable<double> Between(
        IEnumerable<(TimeSpan At, double Milliseconds)> seen, TimeSpan from, TimeSpan to) =>
        seen.Where(one => one.At >= from && one.At < to).Select(one => one.Milliseconds).Order();

    private TimeSpan LongestPause(TimeSpan from, TimeSpan to)
    {
        TimeSpan[] within = [from, .. posts.Where(at => at >= from && at < to).Order(), to];
        return within.Zip(within.Skip(1), (one, next) => next - one).Max();
    }
}

/// <summary>One part of the run; times in milliseconds, sorted.</summary>
/// <param name="Pages">How long readers waited.</param>
/// <param name="Fresh">From a commit until a replica showed it.</param>
/// <param name="StalestPage">The longest time after a commit at which the page of before was still given out.</param>
/// <param name="LongestPause">The longest time in which no comment was answered with 303.</param>
internal sealed record ReplicaPhase(
    string Name, TimeSpan Length, IReadOnlyList<double> Pages, IReadOnlyList<double> Fresh, double StalestPage, TimeSpan LongestPause,
    int Posts)
{
    /// <returns>The value below which that share lies; 0 when there is none.</returns>
    public static double Quantile(IReadOnlyList<double> sorted, double share) =>
        sorted.Count is 0 ? 0 : sorted[(int)Math.Min(sorted.Count - 1, Math.Ceiling(sorted.Count * share) - 1)];
}
