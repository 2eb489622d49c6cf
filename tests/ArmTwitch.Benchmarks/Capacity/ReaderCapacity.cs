namespace ArmTwitch.Benchmarks.Capacity;

/// <summary>What so many reads a day need at their peak, without a CDN. docs/scaling.md says where each figure is from.</summary>
internal sealed record ReaderCapacity(double ReadsADay)
{
    /// <summary>Assumed: the busiest second has ten times the reads of the mean one.</summary>
    private const double PeakFactor = 10;

    /// <summary>Assumed: one page, and for every third reader a font or a picture that the browser does not have.</summary>
    private const double RequestsARead = 1.3;

    /// <summary>Measured: an article in Brotli, in bytes.</summary>
    private const double PageBytes = 24_012;

    /// <summary>Measured, in µs: nginx over TLS. That handing on costs as much again is assumed.</summary>
    private const double ProxySeconds = 2 * 17.4e-6;

    /// <summary>Above this share of busy cores waits grow quickly.</summary>
    private const double MostBusy = 0.6;

    private const double SearchShare = 0.01, PageShare = 0.69, SearchSeconds = 2.65e-3;

    /// <summary>Measured, but for the shares, which are assumed: pages and 304 on HTTP/1.1, as the proxy asks, and a search.</summary>
    public static readonly ServiceMix Requests =
        new(new ServiceKind(PageShare, 9.7e-6), new ServiceKind(0.3, 7.8e-6), new ServiceKind(SearchShare, SearchSeconds));

    public double RequestsASecond => ReadsADay / 86_400 * PeakFactor * RequestsARead;

    /// <summary>Cores of the program, at most 60 % busy.</summary>
    public double ProgramCores => RequestsASecond * Requests.Mean / MostBusy;

    public double ProxyCores => RequestsASecond * ProxySeconds / MostBusy;

    public double SearchesASecond => RequestsASecond * SearchShare;

    /// <summary>A program answers one search at a time.</summary>
    public double ProgramsForSearch => SearchesASecond * SearchSeconds / MostBusy;

    public double GigabitsASecond => RequestsASecond * PageShare * PageBytes * 8 / 1e9;
}
