using System.Diagnostics;
using System.Net;

namespace ArmTwitch.Benchmarks.Measurement;

/// <summary>The page in every coding the site serves it in.</summary>
/// <param name="NotModified">The answer to somebody who has the page.</param>
internal sealed record RecordedPage(
    string Address, RecordedResponse Identity, RecordedResponse Gzip, RecordedResponse Brotli, RecordedResponse NotModified)
{
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(15),
        Limit = TimeSpan.FromMinutes(1),
        Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Takes the page once its bytes stay the same: the site packs it tighter ten seconds after it first served it.</summary>
    /// <exception cref="BenchmarkException">They do not stay the same, or an answer is not what was asked for.</exception>
    public static async Task<RecordedPage> TakeAsync(Uri site, string address, HttpClient client, CancellationToken cancellationToken)
    {
        var (copy, patience, unchanged) = (await TakeOnceAsync(), Stopwatch.StartNew(), Stopwatch.StartNew());
        while (unchanged.Elapsed < Settled)
        {
            if (patience.Elapsed > Limit)
                throw new BenchmarkException($"{address} did not stay the same for {Settled.TotalSeconds} s");
            await Task.Delay(Pause, cancellationToken);
            var next = await TakeOnceAsync();
            if (next != copy)
                unchanged.Restart();
            copy = next;
        }

        return copy;

        async Task<RecordedPage> TakeOnceAsync()
        {
            var brotli = await TakeAsync(RequestVariant.In("br"), HttpStatusCode.OK, "br");
            return new RecordedPage(
                address,
                await TakeAsync(RequestVariant.In("identity"), HttpStatusCode.OK, ""),
                await TakeAsync(RequestVariant.In("gzip"), HttpStatusCode.OK, "gzip"),
                brotli,
                await TakeAsync(RequestVariant.Again(brotli.Tag), HttpStatusCode.NotModified, ""));
        }

        async Task<RecordedResponse> TakeAsync(RequestVariant asked, HttpStatusCode status, string coding)
        {
            var answer = await RecordedResponse.ToAsync(asked, new Uri(site, address), client, cancellationToken);
            return answer.Status == status && answer.Coding == coding
                ? answer
                : throw new BenchmarkException($"{address} was to be {(int)status} {coding} but is {answer}");
        }
    }
}
