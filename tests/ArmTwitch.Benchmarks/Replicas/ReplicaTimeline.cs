using System.Collections.Concurrent;
using System.Diagnostics;

namespace ArmTwitch.Benchmarks.Replicas;

/// <summary>What happened when, from the start of the run.</summary>
internal sealed class ReplicaTimeline
{
    private readonly long begin = Stopwatch.GetTimestamp();
    private readonly ConcurrentQueue<(TimeSpan At, double Milliseconds)> pages = new();
    private readonly ConcurrentQueue<TimeSpan> posts = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<TimeSpan>> screens = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(TimeSpan At, double Milliseconds)> fresh = new(), answers = new(), stale = new();
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

    /// <summary>A moderator was signed in and had a screen that was connected.</summary>
    public void Screen(string moderator) => screens.GetOrAdd(moderator, _ => new()).Enqueue(Now);

    /// <summary>A replica showed a change.</summary>
    /// <param name="changed">When the change was committed.</param>
    /// <param name="asked">When it was asked, for the first time that it showed the change.</param>
    public void Fresh(TimeSpan changed, TimeSpan asked)
    {
        fresh.Enqueue((changed, (Now - changed).TotalMilliseconds));
        answers.Enqueue((changed, (Now - asked).TotalMilliseconds));
    }

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
            [.. Between(answers, phase.From, next.From)],
            Between(stale, phase.From, next.From).DefaultIfEmpty(0).Max(),
            LongestPause(posts, phase.From, next.From),
            posts.Count(at => at >= phase.From && at < next.From),
            screens.Values.Select(seen => LongestPause(seen, phase.From, next.From)).DefaultIfEmpty(next.From - phase.From).Max())),
    ];

    private static IEnumerable<double> Between(
        IEnumerable<(TimeSpan At, double Milliseconds)> seen, TimeSpan from, TimeSpan to) =>
        seen.Where(one => one.At >= from && one.At < to).Select(one => one.Milliseconds).Order();

    private static TimeSpan LongestPause(IEnumerable<TimeSpan> times, TimeSpan from, TimeSpan to)
    {
        TimeSpan[] within = [from, .. times.Where(at => at >= from && at < to).Order(), to];
        return within.Zip(within.Skip(1), (one, next) => next - one).Max();
    }
}

/// <summary>One part of the run; times in milliseconds, sorted.</summary>
/// <param name="Pages">How long readers waited.</param>
/// <param name="Fresh">From a commit until a replica showed it.</param>
/// <param name="Answers">Of that, from the request to its answer: the page is made anew meanwhile.</param>
/// <param name="StalestPage">The longest time after a commit at which the page of before was still given out.</param>
/// <param name="LongestPause">The longest time in which no comment was answered with 303.</param>
/// <param name="LongestAway">The longest time in which a moderator had no connected screen.</param>
internal sealed record ReplicaPhase(
    string Name, TimeSpan Length, IReadOnlyList<double> Pages, IReadOnlyList<double> Fresh, IReadOnlyList<double> Answers,
    double StalestPage, TimeSpan LongestPause, int Posts, TimeSpan LongestAway)
{
    /// <returns>The value below which that share lies; 0 when there is none.</returns>
    public static double Quantile(IReadOnlyList<double> sorted, double share) =>
        sorted.Count is 0 ? 0 : sorted[(int)Math.Min(sorted.Count - 1, Math.Ceiling(sorted.Count * share) - 1)];
}
