namespace ArmTwitch.BrowserTests;

/// <summary>One address of each kind of page that readers meet.</summary>
public static class PageAddresses
{
    public const string Home = "/";
    public const string Article = "/articles/arm-muscle-twitching";

    /// <summary>The article that has every card, and the table of numbers.</summary>
    public const string Help = "/articles/when-to-get-help";

    private static readonly Dictionary<string, int> ErrorPages = new(StringComparer.Ordinal)
    {
        ["/no-such-page"] = 404,
        ["/articles?page=x"] = 400,
    };

    public static IReadOnlyList<string> Addresses { get; } =
    [
        Home,
        Article,
        "/articles",
        Help,
        "/articles/salts-in-the-blood",
        "/topics",
        "/topics/causes",
        "/authors/senior-expert",
        "/about",
        "/corrections",
        "/articles/arm-muscle-twitching?view=short",
        "/editorial-policy/scorecard",
        "/search",
        "/search?q=coffee",
        "/search?q=zzzz",
        "/search?q=chest+pain",
        "/search?q=suicidal",
        "/check",
        "/check?a=ny",
        "/check?a=nnnnnnnnnnnnn",
        "/visit-sheet",
        "/articles/arm-muscle-twitching/thanks",
        "/newsletter",
        .. ErrorPages.Keys,
    ];

    public static TheoryData<string> All { get; } = new(Addresses);

    public static int StatusOf(string address) => ErrorPages.GetValueOrDefault(address, 200);
}
